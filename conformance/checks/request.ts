// What shows of a request that comes to the tester before anything of the message is read.

import { observed } from '../finding.ts'
import type { Check, Observation } from '../finding.ts'
import type { Arrived } from '../transport/arrived.ts'
import { MOST_BYTES } from '../transport/http.ts'

/** A request, and whether the statement of the product says that it compresses messages. */
export interface Request extends Arrived {
  readonly isCompressing: boolean
}
/** One of them. */
export type RequestCheck = Check<Request>

/** All, in the order in which they are printed. */
export const REQUEST_CHECKS: readonly RequestCheck[] = [
  { requirement: 'TRN-09', judge: otherMethod },
  { requirement: 'TRN-10', judge: otherCoding },
  { requirement: 'XML-02', judge: tooLong },
]

function otherMethod({ method, isProbe }: Request): readonly Observation[] {
  if (method === 'POST' || isProbe) return []
  const message = `The message is sent by ${method}.`
  return [observed('TRN-09', 'L0', { expected: 'POST', got: method, message })]
}

function otherCoding({ coding, unread, isCompressing }: Request): readonly Observation[] {
  if (coding === '' || (isCompressing && unread !== 'coding')) return []
  const expected = isCompressing ? 'gzip, or no Content-Encoding' : 'no Content-Encoding'
  const message =
    unread === 'coding'
      ? `The content of the message does not decode as its Content-Encoding says, ${coding}.`
      : `The message comes compressed, by ${coding}, and the statement has no compression.`
  return [observed('TRN-10', 'L0', { expected, got: coding, message })]
}

function tooLong({ unread }: Request): readonly Observation[] {
  if (unread !== 'too-long') return []
  const expected = `at most ${MOST_BYTES.toLocaleString('en')} octets`
  const message = 'The message is longer than a message may be, and was not read to its end.'
  return [observed('XML-02', 'L1', { expected, got: 'more', message })]
}
