// What requests about lists are answered.

import type { Answer } from './answers.ts'
import { reference, shared } from './references.ts'

/** By their names. */
export const LIST_ANSWERS = {
  results: {
    status: 200,
    text: 'A page of records in the order of their list, each with what became of it.',
    content: () => ({ 'application/json': reference(shared('Results')) }),
  },
  batched: {
    status: 200,
    text: 'What became of each object, in the order of the request; Result says whether all of it is done, a part, or nothing.',
    headers: ['MessageID', 'CorrelationID', 'IdempotencyReplayed'],
    content: () => ({ 'application/json': reference(shared('Batched')) }),
  },
  listTaken: {
    status: 202,
    text: 'The list is on disk; its collections are carried out in its order, and Location is where the message stands.',
    headers: ['Location', 'MessageID', 'CorrelationID', 'IdempotencyReplayed'],
    content: () => ({ 'application/json': reference(shared('Acknowledgement')) }),
  },
  fileTaken: {
    status: 202,
    text: 'The file is on disk and is taken when its turn comes; Location is the record of what becomes of it, and a manifest has none.',
    headers: ['Location'],
    content: () => ({ 'application/json': reference(shared('FilePut')) }),
  },
  fileKnown: {
    status: 200,
    text: 'The file came before, under this name and with this content: nothing is done again.',
    headers: ['Location'],
    content: () => ({ 'application/json': reference(shared('FilePut')) }),
  },
} as const satisfies Readonly<Record<string, Answer>>
