// What has come of one file, and of single records in it: counted in full, listed as far as a report can be read.

import type { Shelf } from './ports.ts'

/** Something that was not taken as it came. */
export interface Item {
  /** where it stands, from 1 */
  readonly lines: readonly number[]
  /** FAILED: not taken · SKIPPED: nothing need be done about it · MISSING: expected, and not there */
  readonly outcome: 'FAILED' | 'SKIPPED' | 'MISSING'
  /** reply code */
  readonly code: string
  readonly rule: string
  readonly reason: string
}

/** How many records there were, and what became of them: these add up. */
export interface Counts {
  readonly records: number
  readonly taken: number
  /** wrong, contradicted, or refused by a rule */
  readonly rejected: number
  /** the same as another one of the file */
  readonly collapsed: number
  /** something newer was known */
  readonly outdated: number
}

export const NO_COUNTS: Counts = { records: 0, taken: 0, rejected: 0, collapsed: 0, outdated: 0 }

/** What has come of one file. */
export interface FileOutcome {
  /** mRID of its record; empty where there is none, because nothing could be read */
  readonly transfer: string
  readonly fileName: string
  readonly sha256: string
  readonly renamedTo: string
  /** `skipped` = its content was taken before; `underWay` = whoever it is for has not acknowledged all of it yet */
  readonly state: 'done' | 'failed' | 'skipped' | 'underWay'
  /** reply code: 0.0 all well, 0.2 some records were not taken, any other: why nothing was */
  readonly code: string
  /** one sentence; empty where all is well */
  readonly reason: string
  readonly counts: Counts
  readonly items: readonly Item[]
}

/** items of one file that a report lists; all of them are kept beside it */
export const MOST_ITEMS = 200
/** characters of the line numbers of one of them */
const MOST_LINES = 50

/** Items of one file as they are found. */
export interface Notes {
  readonly add: (item: Item) => Promise<void> | undefined
  /** the first of them */
  readonly items: () => readonly Item[]
  /** all are on disk */
  readonly close: () => Promise<void>
}

/** items that are written together */
const AT_ONCE = 500

/** @param name under which all of them are kept on the shelf */
export function notesOn(shelf: Pick<Shelf, 'note'>, name: string): Notes {
  const first: Item[] = []
  let waiting: string[] = []

  async function flush(): Promise<void> {
    const lines = waiting
    waiting = []
    if (lines.length > 0) await shelf.note(name, lines)
  }

  return {
    add: (item) => {
      if (first.length < MOST_ITEMS) first.push(short(item))
      waiting.push(JSON.stringify(item))
      return waiting.length < AT_ONCE ? undefined : flush()
    },
    items: () => first,
    close: flush,
  }
}

/** The items that were noted in an earlier life. */
export async function itemsIn(shelf: Pick<Shelf, 'noted'>, name: string): Promise<readonly Item[]> {
  const lines = await shelf.noted(name, MOST_ITEMS)
  return lines.map((it) => short(JSON.parse(it) as Item))
}

function short(item: Item): Item {
  return item.lines.length <= MOST_LINES
    ? item
    : { ...item, lines: item.lines.slice(0, MOST_LINES) }
}
