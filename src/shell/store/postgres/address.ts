// Where a PostgreSQL server is, and as whom it is asked. The password comes from the environment or a file as well, and
// stands in nothing that is shown.

import { readFileSync } from 'node:fs'
import { StoreError } from '../fault.ts'

/** A server, a database on it, a user. */
export interface Address {
  /** with everything but the password */
  readonly url: string
  readonly password?: string
  /** for logs and errors: without password and parameters */
  readonly shown: string
  /** nobody else can read what goes over the network */
  readonly isPrivate: boolean
  /** the password stood in it */
  readonly isOpen: boolean
}

/** Variables of the environment that hold a password or name a file with nothing else in it. */
const PASSWORD = 'CIMGATE_DATABASE_PASSWORD'
const PASSWORD_FILE = 'CIMGATE_DATABASE_PASSWORD_FILE'

type Environment = Readonly<Record<string, string | undefined>>

/**
 * Reads an address such as `postgres://user@host:5432/database`. Without a password in it, that of the environment is
 * taken; without one there, what libpq would take (PGPASSWORD, PGPASSFILE).
 * @throws {StoreError} `store-server`, without a word of what may be secret
 */
export function addressIn(text: string, environment: Environment): Address {
  const url = readUrl(text)
  const inside = decoded(url.password)
  const password = inside === '' ? passwordIn(environment) : inside
  url.password = ''
  const { username, hostname, port, pathname, searchParams } = url
  if (searchParams.has('password')) throw unusable('Its password stands among its parameters.')
  const host = searchParams.get('host') ?? hostname
  const shown = `postgres://${username === '' ? '' : `${username}@`}${host}${port === '' ? '' : `:${port}`}${pathname}`
  const isSecret = ['sslmode', 'ssl', 'sslnegotiation'].some((it) => searchParams.has(it))
  return {
    url: url.href,
    ...(password === undefined ? {} : { password }),
    shown,
    isOpen: inside !== '',
    isPrivate: isLocal(host) || (isSecret && searchParams.get('sslmode') !== 'disable'),
  }
}

function readUrl(text: string): URL {
  // A host that is left out is that of a socket, or of the environment; `URL` wants one when there is a user.
  const whole = text.replace(/^(postgres(?:ql)?:\/\/[^/@]*@)(?=[/?]|$)/, '$1localhost')
  if (!URL.canParse(whole)) throw unusable('It cannot be read.')
  const url = new URL(whole)
  if (!/^postgres(ql)?:$/.test(url.protocol)) throw unusable(`It begins with ${url.protocol}.`)
  return url
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw unusable('Its password has a % that stands for nothing: write %25.')
  }
}

function passwordIn(environment: Environment): string | undefined {
  const file = environment[PASSWORD_FILE]
  if (file === undefined || file === '') return environment[PASSWORD] || undefined
  try {
    return readFileSync(file, 'utf8').replace(/\r?\n$/, '')
  } catch (error) {
    const { code = 'no code' } = error as NodeJS.ErrnoException
    throw unusable(`${file}, the file of its password (${PASSWORD_FILE}), cannot be read: ${code}.`)
  }
}

/** Nothing leaves the machine. */
function isLocal(host: string): boolean {
  return host.startsWith('/') || /^(localhost|127\.\d+\.\d+\.\d+|\[?::1\]?|)$/.test(host)
}

function unusable(why: string): StoreError {
  const form = 'Write postgres://user@host:5432/database'
  return new StoreError(
    'store-server',
    `The address of the database is of no use: ${why} ${form}, and the password as ${PASSWORD}, or in a file that ${PASSWORD_FILE} names.`,
  )
}
