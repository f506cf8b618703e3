// What can go wrong with a store: one row per code. Every one of them is ours, never the sender's;
// a conflict between messages (`stale`, `duplicate`) is an answer and not a fault.

/**
 * What the caller may conclude about the unit that was to be kept. `unknown`: it is on disk as a whole or not at
 * all, and asking for it by party and MessageID, or sending it again, tells which.
 */
export type Written = 'no' | 'unknown'

interface FaultRow {
  readonly written: Written
  /** what it is, without the place where it happened */
  readonly text: string
}

/** Every fault of a store by its code; the codes are stable. */
export const STORE_FAULTS = {
  'store-folder': { written: 'no', text: 'The data folder is not one that this program may use.' },
  'store-in-use': { written: 'no', text: 'Another process has the data folder open.' },
  'store-damaged': { written: 'no', text: 'The database is damaged.' },
  'store-text-damaged': { written: 'no', text: 'A text in the store is damaged.' },
  'store-server': {
    written: 'no',
    text: 'The database server is not one that this program may use.',
  },
  'store-busy': { written: 'no', text: 'The database server is too busy.' },
  'store-full': { written: 'no', text: 'There is no space left to write.' },
  'store-refused': { written: 'no', text: 'The database cannot keep this unit.' },
  'store-io': { written: 'unknown', text: 'Reading or writing the database failed.' },
  'store-timeout': { written: 'unknown', text: 'The database gave no answer in time.' },
  'store-lost': { written: 'unknown', text: 'The database was lost before it answered.' },
  'store-unavailable': { written: 'no', text: 'The database is not available after a fault.' },
  'store-closed': { written: 'no', text: 'The store is closed.' },
} as const satisfies Record<string, FaultRow>

export type StoreFaultCode = keyof typeof STORE_FAULTS

/** A fault as data, able to cross from the database thread. */
export interface Fault {
  readonly code: StoreFaultCode
  readonly text: string
}

/** Why the store did not do what it was asked; see {@link STORE_FAULTS}. */
export class StoreError extends Error {
  override readonly name = 'StoreError'
  readonly whose = 'ours'
  readonly code: StoreFaultCode
  readonly written: Written

  /** @param detail place and remedy, one sentence or two */
  constructor(code: StoreFaultCode, detail = '', options: ErrorOptions = {}) {
    super(detail === '' ? STORE_FAULTS[code].text : `${STORE_FAULTS[code].text} ${detail}`, options)
    this.code = code
    this.written = STORE_FAULTS[code].written
  }
}

/** Makes a fault an error again, on the other side. */
export function errorOf(fault: Fault): StoreError {
  return new StoreError(fault.code, fault.text)
}

/** Makes whatever was thrown a fault: what the store threw keeps its code, all else is `store-io`. */
export function faultOf(error: unknown): Fault {
  const text = error instanceof Error ? error.message : String(error)
  if (!(error instanceof StoreError)) return { code: 'store-io', text }
  return { code: error.code, text: text.slice(STORE_FAULTS[error.code].text.length).trimStart() }
}
