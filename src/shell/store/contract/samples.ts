// Small messages, objects and units for the contract and for the tests of an engine.

import type {
  Committed,
  Put,
  Removal,
  SequencedEvent,
  StatusEvent,
  Store,
  Unit,
} from '../../../gateway/ports.ts'
import type { Attempt, Leg } from '../../../gateway/ledger.ts'

/** A fact about every store, by its title; the store it is given is empty. */
export type Cases = Readonly<Record<string, (store: Store) => Promise<void>>>

/** A message as it is kept, its MessageID made of `key`. */
export function sampleMessage(key: string, changes: Partial<Leg> = {}): Leg {
  return {
    id: `leg-${key}`,
    exchangeId: `exchange-${key}`,
    direction: 'in',
    party: 'north',
    messageID: `message-${key}`,
    correlationID: `correlation-${key}`,
    verb: 'create',
    noun: 'Things',
    flow: 'thing-form',
    state: 'ACKED',
    reason: '',
    bodyHash: 'a'.repeat(64),
    at: '2026-03-01T12:00:00Z',
    notAfter: '',
    orderKey: '',
    replayOf: '',
    answers: '',
    late: false,
    findings: '[]',
    traceparent: '',
    target: '',
    request: `<RequestMessage>${key} ü 𝄞\r\n</RequestMessage>`,
    contentType: 'application/xml',
    reply: `<ResponseMessage>${key}</ResponseMessage>`,
    replyMessageID: 'reply-of-sample',
    replyStatus: 200,
    replyContentType: 'application/xml',
    replyETag: '"1"',
    ...changes,
  }
}

/** The first try to send a leg. */
export function sampleAttempt(leg: string, answer: string): Attempt {
  const when = { n: 1, tries: 1, at: '2026-03-01T12:00:00.000Z', tookMs: 5 }
  return { leg, ...when, outcome: 'technical', status: 503, answer }
}

/** An object that does not exist yet, with one name of its own. */
export function samplePut(id: string, changes: Partial<Put> = {}): Put {
  const body = `{"mRID":"${id}"}`
  return {
    noun: 'Things',
    id,
    state: 'Active',
    names: [`name of ${id}`],
    body,
    owner: 'north',
    expect: 0,
    ...changes,
  }
}

/** The event of a put. */
export function sampleEvent({ noun, id, expect, state, owner }: Put): StatusEvent {
  return {
    noun,
    subject: id,
    verb: expect === 0 ? 'created' : 'changed',
    flow: 'thing-form',
    exchangeId: `exchange-${id}`,
    revision: expect + 1,
    at: '2026-03-01T12:00:01Z',
    state,
    previous: '',
    result: 'OK',
    code: '0.0',
    owner,
  }
}

/** What a message changes: these puts with one event each, and these removals. */
export function sampleUnit(
  key: string,
  puts: readonly Put[] = [samplePut(key)],
  removals: readonly Removal[] = [],
): Unit {
  return { message: sampleMessage(key), puts, removals, events: puts.map(sampleEvent) }
}

/** Commits and insists that it was kept. */
export async function keep(store: Store, unit: Unit): Promise<readonly SequencedEvent[]> {
  const committed = await store.commit(unit)
  if (committed.kind !== 'committed') throw new Error(`not kept: ${JSON.stringify(committed)}`)
  return committed.events
}

/** Numbers from `first` on. */
export function counted(count: number, first = 0): readonly number[] {
  return Array.from({ length: count }, (_, n) => first + n)
}

/** The answer to a unit that was based on an older state of this object. */
export function stale(id: string): Committed {
  return { kind: 'stale', noun: 'Things', id }
}

/** A removal of an object at this revision. */
export function removal(id: string, expect: number): Removal {
  return { noun: 'Things', id, expect }
}

/** An object of another noun. */
export function otherPut(id: string): Put {
  return samplePut(id, { noun: 'Others' })
}

/** The identity keys of objects that come in no particular order, sorted. */
export function idsOf(objects: readonly { readonly id: string }[]): readonly string[] {
  return objects.map(({ id }) => id).sort()
}
