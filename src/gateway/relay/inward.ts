// Messages of our own that are received here, in the name of a party: written once, with all that the store keeps of them,
// so that every repetition is the same message.

import { verbRow } from '../../envelope/verbs.ts'
import type { Verb } from '../../envelope/verbs.ts'
import type { Flow } from '../../flows/flow.ts'
import type { Json, JsonObject } from '../../schema/json-text.ts'
import { payloadOf, rootsOf } from '../content.ts'
import { slotOf } from '../delivery/lane.ts'
import { identityOf, withId } from '../identity.ts'
import type { Leg } from '../ledger.ts'
import { idOfObject } from '../outcome.ts'
import { keyAt } from '../parties/index.ts'
import { documentOf } from '../translate.ts'
import type { Origin } from './awaited.ts'
import { keysOf } from './business-keys.ts'
import { forwarded } from './forwarded.ts'
import { blank, invalid } from './outgoing.ts'
import type { Outgoing, OutgoingParts } from './outgoing.ts'

/** What writing them needs from outside. */
export interface InwardParts extends Omit<OutgoingParts, 'writeSoap' | 'topology'> {
  /** the flow of a noun and verb; undefined when the noun's flows have no such verb */
  readonly flow: (noun: string, verb: string) => Flow | undefined
}

/** What is to be received. */
export interface Next {
  /** party in whose name */
  readonly from: string
  readonly verb: Verb
  readonly noun: string
  /** of cancel, close and delete its mRID is enough */
  readonly object: JsonObject
  /** states of the object that it follows from in which it is still due; absent = any */
  readonly dueIn?: readonly string[]
}

/** Where it comes from. */
export interface Because {
  readonly origin: Origin
  /** flow that it belongs to */
  readonly flow: string
  /** noun and mRID of the object that has changed: what follows from one keeps its order */
  readonly about: readonly [noun: string, subject: string]
}

/** `target` of such a leg: the party in whose name it is, and the states of its cause in which it is still due */
const TARGET = /^as:(.*?)(?: while ([\w,]+))?$/u

function targetOf({ from, dueIn }: Next): string {
  return dueIn === undefined ? `as:${from}` : `as:${from} while ${dueIn.join(',')}`
}

/** The party in whose name a leg is received here; undefined for one that goes to a party. */
export function inNameOf({ target }: Pick<Leg, 'target'>): string | undefined {
  return TARGET.exec(target)?.[1]
}

/** The states of its cause in which a leg is still due; undefined = any. */
export function dueInOf({ target }: Pick<Leg, 'target'>): readonly string[] | undefined {
  return TARGET.exec(target)?.[2]?.split(',')
}

/** The object that it follows from. */
export function causeOf({ orderKey }: Pick<Leg, 'orderKey'>): {
  readonly noun: string
  readonly subject: string
} {
  const [noun = '', subject = ''] = orderKey.split(' ')
  return { noun, subject: decodeURIComponent(subject) }
}

/** Verbs that need no more of an object than its ID. */
const BY_ID: readonly string[] = ['cancel', 'close', 'delete', 'canceled', 'closed', 'deleted']

/** Writes one, and gives it its place in the outbox. */
export type Inward = (next: Next, because: Because) => Promise<Outgoing>

/** @param parts with the Source under which it is known which legs are our own */
export function inwardOn(parts: InwardParts): Inward {
  const { schemas, contentOf, flow: flowOf, newId, source } = parts

  return async (next, { origin, flow, about }) => {
    const { id: answers, exchangeId, at: now, traceparent } = origin
    const [id, messageID] = [newId(), newId()]
    const message = messageOf(next)
    const made = await written(message, { messageID, timestamp: now, source: next.from })
    const own = { message, exchangeId, flow, answers, traceparent, now, party: { id: source } }
    const [noun, subject] = about
    const leg: Leg = {
      ...blank(own, id),
      ...made,
      ...{ messageID, correlationID: messageID, target: targetOf(next), notAfter: '' },
      orderKey: keyAt(noun, [subject]),
    }
    const slots = leg.state === 'QUEUED' ? [slotOf(leg, 0, now)] : []
    return { legs: [leg], slots, keys: keysOf(leg, message) }
  }

  function messageOf({ verb, noun, object }: Next): JsonObject {
    const message = verbRow(verb)?.kind === 'event' ? 'EventMessage' : 'RequestMessage'
    const header = { Verb: verb, Noun: noun }
    if (verb === 'get') return { message, header, request: whole(noun, object, false) }
    const payload = BY_ID.includes(verb) ? idOf(noun, verb, object) : whole(noun, object)
    return { message, header, payload }
  }

  function idOf(noun: string, verb: string, object: JsonObject): JsonObject {
    const id = idOfObject(object, flowOf(noun, verb)?.objectType ?? noun)
    return { ID: id === undefined ? [] : [{ ...id }] }
  }

  /** What is made new has its mRID from now on. */
  function whole(noun: string, object: JsonObject, isMade = true): Json {
    const content = contentOf(noun)
    if (content === undefined) return {}
    const isNew = isMade && content.hasId && identityOf(object).mRID === undefined
    return payloadOf([[noun, rootsOf([isNew ? withId(newId(), object) : object], content)]])
  }

  async function written(
    message: JsonObject,
    stamp: Parameters<typeof forwarded>[1],
  ): Promise<Pick<Leg, 'state' | 'reason' | 'findings' | 'request' | 'contentType'>> {
    const made = forwarded(message, stamp, schemas)
    if ('refused' in made) return unwritten(`${made.refused.reason}.`)
    const request = documentOf(made.message, schemas)
    const findings = await invalid(request, parts.validate)
    if (findings !== undefined)
      return unwritten('What the gateway would send next is not valid.', JSON.stringify(findings))
    const contentType = 'application/xml'
    return { state: 'QUEUED', reason: '', findings: '[]', request, contentType }
  }
}

function unwritten(reason: string, findings = '[]') {
  return { state: 'PARKED', reason, findings, request: '', contentType: '' } as const
}
