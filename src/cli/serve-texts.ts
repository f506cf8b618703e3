// Options of `serve` in words: where it listens, and the database that several gateways may share.

export const HOST_TEXT =
  'address to listen on; without authentication only a loopback address is wise'

export const DATABASE_TEXT =
  'keep the store on a PostgreSQL server (14 or later), postgres://user@host:5432/database, and not in --data; its password in CIMGATE_DATABASE_PASSWORD, or in the file that CIMGATE_DATABASE_PASSWORD_FILE names'

/** @param roles that there are */
export function roleText(roles: readonly string[]): string {
  return `what this node does, where several share a database: ${roles.join(', ')}; several with commas between`
}
