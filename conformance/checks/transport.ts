// What shows before anything of the message is read.

import { observed } from '../finding.ts'
import type { Check, Observation } from '../finding.ts'
import type { Answer } from '../transport/answer.ts'
import { envelopeOf } from '../transport/soap.ts'

/** One of them. */
export interface TransportCheck extends Check<Answer> {
  /** it binds whoever asks as much as whoever answers */
  readonly isOfRequests?: true
}

/** All, in the order in which they are printed. */
export const TRANSPORT_CHECKS: readonly TransportCheck[] = [
  { requirement: 'TRN-01', judge: noAnswer },
  { requirement: 'TRN-02', judge: noBody },
  { requirement: 'XML-02', judge: tooLong },
  { requirement: 'TRN-03', judge: otherType, isOfRequests: true },
  { requirement: 'TRN-04', judge: wrongStatus },
]

function noAnswer(it: Answer): readonly Observation[] {
  if (it.kind === 'answered' || it.kind === 'too-long') return []
  const got = absence(it)
  return [
    observed('TRN-01', 'L0', {
      expected: 'an answer',
      got,
      message:
        it.kind === 'cut-off' && it.status !== null
          ? `The answer is ${got}.`
          : `The request is not answered: ${got}.`,
    }),
  ]
}

/** So begins what is said of somebody who is there. */
export const IS_THERE = /^(none within|cut off)/

function absence(it: Exclude<Answer, { kind: 'answered' | 'too-long' }>): string {
  if (it.kind === 'late') return `none within ${it.waitedMs / 1000} s`
  if (it.kind === 'unreachable') return it.why
  const before =
    it.status === null
      ? 'before anything of it came'
      : `under HTTP ${it.status}, after ${it.bytes.length} octets`
  return `cut off ${before} (${it.why})`
}

function noBody(it: Answer): readonly Observation[] {
  if (it.kind !== 'answered' || it.bytes.length > 0) return []
  const got = `${statusOf(it)} without a body`
  return [
    observed('TRN-02', 'L0', {
      ...{ expected: 'a message', got, message: `The answer has no body: ${statusOf(it)}.` },
      ...(it.location === undefined ? {} : { mend: NOT_FOLLOWED }),
    }),
  ]
}

/** What POST has sent is not sent again elsewhere: who answers there was not asked for. */
const NOT_FOLLOWED =
  'Answer at the address itself; or, where the product is elsewhere, name that in --target. A redirect is not followed.'

function statusOf({ status, location }: Extract<Answer, { kind: 'answered' }>): string {
  return location === undefined ? `HTTP ${status}` : `HTTP ${status}, Location: ${location}`
}

/** It has not been read to its end: nothing more can be said of it. */
function tooLong(it: Answer): readonly Observation[] {
  if (it.kind !== 'too-long') return []
  const expected = `at most ${it.mostBytes.toLocaleString('en')} octets`
  const message = 'The answer is longer than a message may be, and was not read to its end.'
  return [observed('XML-02', 'L1', { expected, got: 'more', message })]
}

const XML_TYPE = /^(application|text)\/([\w.+-]*\+)?xml\b/i

/** That of an envelope of SOAP is another matter. */
function otherType(it: Answer): readonly Observation[] {
  if (it.kind !== 'answered' || it.bytes.length === 0 || XML_TYPE.test(it.contentType)) return []
  if (envelopeOf(it.bytes) !== undefined) return []
  const got = it.contentType === '' ? 'no Content-Type' : it.contentType
  return [
    observed('TRN-03', 'L0', {
      expected: 'application/xml',
      got,
      message: 'The Content-Type of the message is not that of XML.',
    }),
  ]
}

/** A ResponseMessage is an answer whatever it says, a FaultMessage has a status that says that it is one; faults of SOAP have their own. */
function wrongStatus(it: Answer): readonly Observation[] {
  if (it.kind !== 'answered' || it.bytes.length === 0) return []
  if (envelopeOf(it.bytes)?.fault !== undefined) return []
  const isFault = /<([\w.-]+:)?(\w*FaultMessage)[\s>]/.test(beginning(it.bytes))
  const isRight = isFault ? it.status >= 400 : it.status === 200
  if (isRight) return []
  const expected = isFault ? 'a status from 400 on' : 'HTTP 200'
  const message = isFault
    ? 'A fault comes as if all were well.'
    : 'A reply comes under another status than 200, under which clients may not read it.'
  return [
    observed('TRN-04', 'L0', {
      ...{ expected, got: statusOf(it), message },
      ...(it.location === undefined ? {} : { mend: NOT_FOLLOWED }),
    }),
  ]
}

/** Of any encoding: names of the standard are ASCII, and what stands between their letters in UTF-16 is no letter. */
function beginning(bytes: Uint8Array): string {
  return Buffer.from(bytes.subarray(0, 4096)).toString('latin1').replaceAll('\u0000', '')
}
