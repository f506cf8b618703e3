// Where a gateway keeps what it keeps: in its folder, or on a server. Only what is used is loaded.

import { ALL_ROLES, NODE_ROLES, nodeRolesIn, shownRoles } from '../gateway/node-role.ts'
import type { NodeRoles } from '../gateway/node-role.ts'
import type { Log, Store } from '../gateway/ports.ts'
import { UsageError } from '../shell/terminal/terminal.ts'

/** The place, as the command line or the environment names it. */
export interface StorePlace {
  /** folder of the store */
  readonly data: string
  /** address of the server that has it instead; empty or absent = none */
  readonly database?: string
}

/**
 * What part of the work a node does.
 * @throws {UsageError} where there is no such part, or nobody who does the others
 */
export function rolesIn({
  database = '',
  role = ALL_ROLES,
}: Pick<StorePlace, 'database'> & { readonly role?: string }): NodeRoles {
  const roles = nodeRolesIn(role)
  const known = [...NODE_ROLES, ALL_ROLES].join(', ')
  if (roles === undefined)
    throw new UsageError(`--role ${role}: there are ${known}; write several with commas between.`)
  if (database === '' && shownRoles(roles) !== ALL_ROLES)
    throw new UsageError(
      `--role ${role}: a gateway with its store in a folder is alone, and does all of the work. Leave the role out, or share a server (--database).`,
    )
  return roles
}

/** @throws {StoreError} with what does not fit and how to mend it, and without a secret */
export async function openStoreOf({ data, database = '' }: StorePlace, log: Log): Promise<Store> {
  if (database === '') {
    const { openStore } = await import('../shell/store/index.ts')
    return openStore(data, log)
  }
  const { addressIn, openServerStore } = await import('../shell/store/server.ts')
  const address = addressIn(database, process.env)
  if (!address.isPrivate)
    log.warn(
      { database: address.shown },
      'What goes to the database can be read on its way: add ?sslmode=verify-full to its address.',
    )
  if (address.isOpen && process.argv.some((it) => it.includes(database)))
    log.warn(
      { database: address.shown },
      'The password of the database stands on the command line, where every user of this machine sees it: put it into CIMGATE_DATABASE_PASSWORD, or into a file that CIMGATE_DATABASE_PASSWORD_FILE names.',
    )
  // For tests alone: a minute is long.
  const silentMs = Number(process.env['CIMGATE_SILENT_MS'] ?? '') || undefined
  return openServerStore(address, log, silentMs === undefined ? {} : { silentMs })
}
