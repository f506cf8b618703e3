// Messages that are to be sent, with all that the store keeps of them: legs, their places in the outbox, the values by
// which they are found. Nothing invalid gets a place.

import type { Finding } from '../../envelope/finding.ts'
import { member } from '../../schema/json-text.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import type { BusinessKey, Leg, LedgerUnit, Slot } from '../ledger.ts'
import type { Party, Way } from '../parties/party.ts'
import { orderKeyOf, unfit, visibleTo } from '../parties/index.ts'
import type { Topology } from '../parties/party.ts'
import { shifted } from '../delivery/outcome.ts'
import type { ResponderParts } from '../responder.ts'
import { text } from '../tasks.ts'
import { documentOf } from '../translate.ts'
import { businessKeysOf } from './business-keys.ts'
import { carriedBy } from './carriage.ts'
import type { Carried, WriteSoap } from './carriage.ts'
import { forwarded } from './forwarded.ts'

/** What sending needs from outside. */
export interface OutgoingParts extends Omit<ResponderParts, 'log'> {
  readonly topology: () => Topology
  readonly writeSoap: WriteSoap
}

/** What is to be sent, to whom, and on whose behalf. */
export interface Sending {
  /** valid, as CIM-JSON; in whatever form */
  readonly message: JsonObject
  readonly party: Party
  readonly way: Way
  readonly exchangeId: string
  readonly flow: string
  /** leg that it comes from */
  readonly answers: string
  readonly traceparent: string
  /** party whose objects it is about; empty = not known */
  readonly owner: string
  /** ISO 8601 with Z */
  readonly now: string
}

/** What the store is to keep; `refused` legs are PARKED, with the reason. */
export type Outgoing = Required<Pick<LedgerUnit, 'legs' | 'slots' | 'keys'>>

/** The message for one party. */
export async function outgoing(it: Sending, parts: OutgoingParts): Promise<Outgoing> {
  const { party, way, now } = it
  const id = parts.newId()
  const made = await written(it, parts)
  const bodies: readonly Carried[] = 'reason' in made ? [UNWRITTEN] : made.bodies
  const orderKey = orderKeyOf(it.message, way.order)
  const legs = bodies.map((body, at): Leg => {
    const leg = at === 0 ? id : parts.newId()
    return {
      ...blank(it, leg),
      ...body,
      messageID: at === 0 && 'messageID' in made ? made.messageID : leg,
      correlationID: at === 0 && 'messageID' in made ? made.messageID : leg,
      state: 'reason' in made ? 'PARKED' : 'QUEUED',
      reason: 'reason' in made ? made.reason : '',
      findings: 'reason' in made ? JSON.stringify(made.findings) : '[]',
      orderKey,
      notAfter: way.expiresMs === undefined ? '' : shifted(now, way.expiresMs),
    }
  })
  const slots = legs
    .filter((leg) => leg.state === 'QUEUED')
    .map(({ id: leg }): Slot => ({
      leg,
      lane: orderKey === '' ? `${party.id} ${leg}` : `${party.id} ${orderKey}`,
      priority: way.priority,
      dueAt: now,
    }))
  const keys = businessKeysOf(it.message)
  return {
    legs,
    slots,
    keys: legs.flatMap(({ id: leg }) =>
      keys.map(([name, value]): BusinessKey => ({ leg, name, value })),
    ),
  }
}

const UNWRITTEN: Carried = { request: '', contentType: '', target: '' }

/** Why a message cannot be sent as it is. */
interface Unwritten {
  readonly reason: string
  readonly findings: readonly Finding[]
}

async function written(
  { message, party, owner, now }: Sending,
  parts: OutgoingParts,
): Promise<{ readonly bodies: readonly Carried[]; readonly messageID: string } | Unwritten> {
  const { schemas, validate, newId, source } = parts
  const { binding } = party
  if (binding === undefined)
    return unwritten(`${party.id} has no binding, so nothing can be sent to it.`)
  const cannot = unfit(party, shapeOf(message))
  if (cannot !== undefined) return unwritten(cannot)
  const whose = owner === '' ? undefined : owner
  const seen = visibleTo(message, party, parts.topology(), whose)
  const messageID = newId()
  const next = forwarded(seen, { messageID, timestamp: now, source }, schemas)
  if ('refused' in next) return unwritten(`${next.refused.reason}.`)
  const xml = documentOf(next.message, schemas)
  const bytes = new TextEncoder().encode(xml)
  const judged =
    validate.judgeShipped(bytes, { own: true }) ?? (await validate.judge(bytes, { own: true }))
  if (judged.verdict !== 'valid')
    return { reason: `What would be sent to ${party.id} is not valid.`, findings: judged.findings }
  const bodies = carriedBy(binding, { message: next.message, xml }, parts.writeSoap)
  return 'reason' in bodies ? unwritten(bodies.reason) : { bodies, messageID }
}

/** What of a message its receiver has to be able to take. */
function shapeOf(message: JsonObject): Parameters<typeof unfit>[1] {
  const header = member(message, 'header')
  return {
    noun: text(member(header, 'Noun')) ?? '',
    verb: text(member(header, 'Verb')) ?? '',
    isOperationSet: member(member(message, 'payload'), 'OperationSet') !== undefined,
    objects: 0,
  }
}

function unwritten(reason: string): Unwritten {
  return { reason, findings: [] }
}

function blank(
  { message, party, exchangeId, flow, answers, traceparent, now }: Sending,
  id: string,
): Omit<
  Leg,
  | keyof Carried
  | 'messageID'
  | 'correlationID'
  | 'state'
  | 'reason'
  | 'findings'
  | 'orderKey'
  | 'notAfter'
> {
  const header = member(message, 'header')
  return {
    id,
    exchangeId,
    direction: 'out',
    party: party.id,
    verb: text(member(header, 'Verb')) ?? '',
    noun: text(member(header, 'Noun')) ?? '',
    flow,
    bodyHash: '',
    at: now,
    replayOf: '',
    answers,
    late: false,
    traceparent,
    reply: '',
    replyMessageID: '',
    replyStatus: 0,
    replyContentType: '',
  }
}
