// Messages of our own that are received here, in the name of a party: written once, with all that the store keeps of them,
// so that every repetition is the same message.

import { verbRow } from '../../envelope/verbs.ts'
import type { Verb } from '../../envelope/verbs.ts'
import type { Flow } from '../../flows/flow.ts'
import { writeJson } from '../../schema/json-text.ts'
import type { Json, JsonObject } from '../../schema/json-text.ts'
import { payloadOf, rootsOf, shown } from '../content.ts'
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

/** What is to be received, or what is missing for it. */
export type Next = About & (Whole | Unfinished)

interface About {
  /** party in whose name */
  readonly from: string
  /** `execute`: the objects are what is to be taken out of them */
  readonly verb: Verb
  readonly noun: string
  /** states of the object that it follows from in which it is still due; absent = any */
  readonly dueIn?: readonly string[]
  /** what it is made from; kept while something is missing */
  readonly draft: JsonObject
}

interface Whole {
  /** of cancel, close and delete their mRIDs are enough */
  readonly objects: readonly JsonObject[]
}

interface Unfinished {
  /** one sentence: what is missing, and how it is given */
  readonly missing: string
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

function targetOf({ from, dueIn }: About): string {
  return dueIn === undefined ? asSender(from) : `${asSender(from)} while ${dueIn.join(',')}`
}

/** `target` of a leg that is received here in the name of a party. */
export function asSender(party: string): string {
  return `as:${party}`
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
    const message = 'objects' in next ? messageOf(next, next.objects) : headed(next)
    const made =
      'objects' in next
        ? await written(message, { messageID, timestamp: now, source: next.from })
        : { ...unwritten(next.missing), request: writeJson(next.draft) }
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

  function messageOf(next: About, objects: readonly JsonObject[]): JsonObject {
    const { verb, noun } = next
    const own = headed(next)
    if (verb === 'get') return { ...own, request: whole(noun, objects, false) }
    if (verb === 'execute') return { ...own, payload: { OperationSet: takingOut(noun, objects) } }
    const payload = BY_ID.includes(verb) ? idsOf(noun, verb, objects) : whole(noun, objects)
    return { ...own, payload }
  }

  /** All or nothing, so that what is refused can be sent again as it is. */
  function takingOut(noun: string, objects: readonly JsonObject[]): JsonObject {
    const content = contentOf(noun)
    const Operation = objects.map((object, at) => ({
      ...{ operationId: at + 1, noun, verb: 'delete', elementOperation: true },
      ...(content === undefined ? {} : { [noun]: shown([object], content) }),
    }))
    return { enforceMsgSequence: false, enforceTransactionalIntegrity: true, Operation }
  }

  function idsOf(noun: string, verb: string, objects: readonly JsonObject[]): JsonObject {
    const objectType = flowOf(noun, verb)?.objectType ?? noun
    return {
      ID: objects.flatMap((it) => idOfObject(it, objectType) ?? []).map((id) => ({ ...id })),
    }
  }

  /** What is made new has its mRID from now on. */
  function whole(noun: string, objects: readonly JsonObject[], isMade = true): Json {
    const content = contentOf(noun)
    if (content === undefined) return {}
    const isNew = (it: JsonObject) => isMade && content.hasId && identityOf(it).mRID === undefined
    const all = objects.map((it) => (isNew(it) ? withId(newId(), it) : it))
    return payloadOf([[noun, rootsOf(all, content)]])
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

/** The Noun of the Header of what follows. */
export function headNoun({ verb, noun }: Pick<About, 'verb' | 'noun'>): string {
  return verb === 'execute' ? 'OperationSet' : noun
}

/** Nothing but the header. */
function headed(next: About): JsonObject {
  const message = verbRow(next.verb)?.kind === 'event' ? 'EventMessage' : 'RequestMessage'
  return { message, header: { Verb: next.verb, Noun: headNoun(next) } }
}

function unwritten(reason: string, findings = '[]') {
  return { state: 'PARKED', reason, findings, request: '', contentType: '' } as const
}
