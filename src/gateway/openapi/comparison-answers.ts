// What requests to compare two sides are answered.

import type { Answer } from './answers.ts'

/** By their names. */
export const COMPARISON_ANSWERS = {
  compared: {
    status: 201,
    text: 'The report: what the target lacks, has otherwise, or has besides.',
    headers: ['Location'],
    content: () => ({ 'application/json': {} }),
  },
  comparing: {
    status: 202,
    text: 'The report is told when the sides that are asked have answered.',
    headers: ['Location'],
    content: () => ({ 'application/json': {} }),
  },
  sentMissing: {
    status: 200,
    text: 'How many objects are on their way now, are left out because the target has them or they are on their way already, and are not kept here.',
    content: () => ({ 'application/json': {} }),
  },
} as const satisfies Readonly<Record<string, Answer>>
