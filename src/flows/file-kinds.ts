// Every kind of file there is, one line each: a new one is a table of columns, and nothing else.

import type { FileKind } from './file-kind.ts'
import { LOCATION_FILE } from './location-file.ts'
import { OUTCOME_FILE } from './outcome-file.ts'
import { SCORE_FILE } from './score-file.ts'

/** In the order in which they are documented. */
export const FILE_KINDS: readonly FileKind[] = [SCORE_FILE, OUTCOME_FILE, LOCATION_FILE]

/** By its id. */
export function fileKind(id: string): FileKind | undefined {
  return FILE_KINDS.find((it) => it.id === id)
}
