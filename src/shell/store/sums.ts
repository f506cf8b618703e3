// Sums over what is not to change of a row, so that what a disk has damaged is never taken for what was written. They find
// faults, not forgers: CRC-32.

import { crc32 } from 'node:zlib'

/** of a row that was written before there were sums */
const UNSUMMED = -1

// What the sums that are kept were made over, in this order: a new column needs a sum of its own, not a place here.

/** Parts of a leg that are written once. */
const WRITTEN = [
  'id',
  'exchangeId',
  'direction',
  'party',
  'messageID',
  'correlationID',
  'verb',
  'noun',
  'flow',
  'bodyHash',
  'at',
  'notAfter',
  'orderKey',
  'replayOf',
  'answers',
  'findings',
  'traceparent',
  'target',
  'request',
  'contentType',
] as const
/** Parts of a leg that are known when it is answered. */
export const ANSWERED = ['reply', 'replyMessageID', 'replyStatus', 'replyContentType'] as const
const OBJECT = ['noun', 'id', 'revision', 'state', 'names', 'body', 'owner'] as const

type Values<K extends string> = Readonly<Record<K, string | number>>

/** The sum over a message as it was received or sent. */
export function sumOf(leg: Values<(typeof WRITTEN)[number]>): number {
  return over(WRITTEN.map((it) => leg[it]))
}

/** The sum over what was answered. */
export function answerSumOf(answer: Values<(typeof ANSWERED)[number]>): number {
  return over(ANSWERED.map((it) => answer[it]))
}

/** The sum over an object. */
export function objectSumOf(row: Values<(typeof OBJECT)[number]>): number {
  return over(OBJECT.map((it) => row[it]))
}

/** True when nothing says that it is not what was written. */
export function agrees(kept: number, found: number): boolean {
  return kept === UNSUMMED || kept === found
}

/** NUL stands in no text that is kept. */
function over(values: readonly (string | number)[]): number {
  return crc32(values.join('\0'))
}
