// The parts of a sampled message around its payload: what the rules of the envelope ask of Header, Reply and Operations
// beyond what their schema asks.

import { REPLY_CODES } from '../../envelope/reply-codes.ts'
import type { Json, JsonObject } from '../json-text.ts'
import { randomOf } from '../random.ts'
import type { Filled, Random } from '../random.ts'
import type { Given } from './run.ts'

/** What one message is about, and how it is to be made. */
export interface Subject {
  readonly noun: string
  readonly verb: string
  /** 0 = tidy */
  readonly seed: number
}

const TIMESTAMPS: Filled<string> = [
  '2026-07-14T16:30:00Z',
  '2026-07-14T16:30:00-05:00',
  '2026-02-28T23:59:59.999+14:00',
  '2026-07-14T24:00:00Z',
  '2026-07-14T16:30:00.123456+00:00',
]

/** Header fields of a valid message; all others are left to the schema. */
export function headerFields({ noun, verb, seed }: Subject, header: string): Given {
  const ids = randomOf(seed, `ids ${noun} ${verb}`)
  const random = randomOf(seed, 'header')
  const messageID = ids.uuid()
  const asynchronous = seed !== 0 && random.chance(0.3)
  return new Map<string, Json | undefined>([
    ['Verb', verb],
    ['Noun', header],
    ['Timestamp', seed === 0 ? TIMESTAMPS[0] : random.pick(TIMESTAMPS)],
    ['Source', 'example-source'],
    ['MessageID', messageID],
    ['CorrelationID', verb === 'reply' ? ids.uuid() : messageID],
    // A flag without an address breaks COR-02.
    ['AsyncReplyFlag', asynchronous ? random.pick<Json>([true, '1', false]) : undefined],
    ['ReplyAddress', asynchronous ? 'https://example.org/replies?of=a&b' : undefined],
  ])
}

/** Result and Errors that fit together (RPL-01, RPL-02). */
export function replyFields({ seed }: Subject): Given {
  const random = randomOf(seed, 'reply')
  const result = seed === 0 ? 'OK' : random.pick(['OK', 'FAILED', 'PARTIAL'])
  const errors = result === 'OK' ? 0 : 1 + random.below(3)
  const list = Array.from({ length: errors }, () => errorObject(random))
  return new Map<string, Json | undefined>([
    ['Result', result],
    ['Error', list.length === 0 ? undefined : list],
    ...(seed === 0 ? ([['ID', undefined]] as const) : []),
  ])
}

const FAILURES = REPLY_CODES.filter((it) => !it.code.startsWith('0.'))

function errorObject(random: Random): JsonObject {
  const { code, text } = random.pick(FAILURES) ?? { code: '5.3', text: '' }
  const level = random.pick(['INFORM', 'WARNING', 'FATAL', 'CATASTROPHIC'])
  return { code, level, reason: `${text} <&>`, ID: { '@kind': 'uuid', $: random.uuid() } }
}

/** One Operation before it has its payload. */
export interface PlannedOperation {
  readonly fields: JsonObject
  /** chooses the variant of the payload schema */
  readonly variant: string
}

/** verb of a request, verb of an event, whether only a part of the object is meant */
const KINDS: Filled<readonly [string, string, boolean]> = [
  ['change', 'changed', false],
  ['delete', 'deleted', true],
  ['create', 'created', false],
  ['delete', 'deleted', false],
]

/** Tidy: one object is changed and a part of another is removed, in one transaction. */
export function operations({ noun, verb, seed }: Subject): readonly PlannedOperation[] {
  const random = randomOf(seed, 'operations')
  const kinds =
    seed === 0
      ? KINDS.slice(0, 2)
      : Array.from({ length: 1 + random.below(4) }, () => random.pick(KINDS))
  return kinds.map(([request, event, part], at) => {
    const own = verb === 'executed' ? event : request
    const fields = {
      operationId: at + 1,
      noun,
      verb: own,
      ...(part ? { elementOperation: true } : {}),
    }
    return { fields, variant: part ? 'change' : own }
  })
}
