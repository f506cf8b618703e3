// What PostgreSQL and the way to it say, in our words. The codes are those of SQLSTATE.

import { StoreError } from '../fault.ts'
import type { StoreFaultCode } from '../fault.ts'

/** By the code, or by its class; the first that fits. What is not listed is `store-io`. */
const CODES: readonly (readonly [begin: string, code: StoreFaultCode])[] = [
  ['53100', 'store-full'],
  // too many connections, out of memory
  ['53', 'store-busy'],
  // deadlock, serialization
  ['40', 'store-busy'],
  // a lock, or a statement, took too long: the transaction is undone
  ['55P03', 'store-busy'],
  ['57014', 'store-busy'],
  // data that no column can hold; constraints; what an index cannot hold
  ['22', 'store-refused'],
  ['23', 'store-refused'],
  ['54', 'store-refused'],
  ['XX001', 'store-damaged'],
  ['XX002', 'store-damaged'],
  // a standby; rights that were taken away
  ['25006', 'store-unavailable'],
  ['42501', 'store-unavailable'],
]

/** Where the server ends the connection, or takes none. */
const ENDED = /^(08|57P0|25P03)/

/** True where nothing came back, or nothing more will: what was asked may have been done. */
export function isLost(error: unknown): boolean {
  const { code, severity } = error as { readonly code?: string; readonly severity?: string }
  // What the driver and the system say has no severity.
  return severity === undefined || ENDED.test(code ?? '')
}

/** The fault of a statement that was answered. */
export function faultIn(error: unknown): StoreError {
  const { code = '', message } = error as { readonly code?: string; readonly message: string }
  const [, ours = 'store-io'] = CODES.find(([begin]) => code.startsWith(begin)) ?? []
  return new StoreError(ours, `${sentence(message)} (SQLSTATE ${code}).`, { cause: error })
}

/** Why no connection can be had, and what to do. */
export function unreachable(shown: string, error: unknown): StoreError {
  const { code = '', message } = error as { readonly code?: string; readonly message: string }
  const mend = REMEDIES.find(([begin]) => code.startsWith(begin))?.[1] ?? LOOK
  const said = sentence(message === '' ? code : message)
  const ours = code.startsWith('53') ? 'store-busy' : 'store-unavailable'
  return new StoreError(ours, `${shown}: ${said}. ${mend}`, { cause: error })
}

const LOOK = 'Look whether the server runs, and whether this machine may reach it.'
const REMEDIES: readonly (readonly [begin: string, remedy: string])[] = [
  ['28', 'Mend user or password, or the rule for this machine in pg_hba.conf.'],
  ['3D000', 'Make the database (create database … encoding UTF8), or name another one.'],
  ['42501', 'Give the user the right to connect to it (grant connect on database … to …).'],
  ['53300', 'Raise max_connections of the server: each node wants up to twelve.'],
  ['57P03', 'The server is starting or ending; it is tried again.'],
]

function sentence(text: string): string {
  return text.replace(/\.*$/, '')
}
