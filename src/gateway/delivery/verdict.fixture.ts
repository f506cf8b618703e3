// For tests only: answers of a peer as a judge hands them on, and what they come to.

import type { JsonObject } from '../../schema/json-text.ts'
import type { PeerAnswer } from '../peer.ts'
import type { Validated } from '../ports.ts'
import { outgoingLeg } from './dispatcher.fixture.ts'
import { verdictOn } from './verdict.ts'

/** What they answer. */
export const LEG = outgoingLeg('a')

/** The kind and the outcome, which the next state and the row of the try come from. */
export function meaning(answer: PeerAnswer, validated?: Validated): string {
  const { kind, outcome } = verdictOn(LEG, {
    answer,
    ...(validated === undefined ? {} : { validated }),
  })
  return `${kind} ${outcome}`
}

/** A valid message as the judge hands it on. */
export function judged(changes: Partial<Validated>): Validated {
  return {
    verdict: 'valid',
    findings: [],
    noun: 'Things',
    verb: 'reply',
    root: { name: 'ResponseMessage', ns: 'urn:m' },
    messageID: 'r-1',
    correlationID: LEG.correlationID,
    soap: null,
    ...changes,
  }
}

/** A reply as CIM-JSON. */
export function replyOf(Result: string, codes: readonly string[], details?: string): JsonObject {
  const Error = codes.map((code) => ({ code, ...(details === undefined ? {} : { details }) }))
  return { reply: { Result, Error } }
}
