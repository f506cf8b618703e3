// Replies of interoperability cases that are wrong in one thing, where the contrary of an expectation is also wrong in
// another: rows as in replies.ts.

import { text } from './edits.ts'
import type { Row } from './replies.ts'

/** All of them. */
export const INTEROP_REPLIES: readonly Row[] = [
  ['ERR-02', 'a refusal that only informs', 'IT-17/kind#2', text('level', 'INFORM')],
]
