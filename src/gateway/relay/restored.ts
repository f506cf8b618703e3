// A message that no process knows any more, from what was kept of it: judged as its sender is, and to be answered in its
// notation.

import type { ContentOf } from '../content.ts'
import { keptBy } from '../facade/answer.ts'
import type { Leg } from '../ledger.ts'
import { renderingJson } from '../in-json.ts'
import { keptBatch } from '../facade/kept-batch.ts'
import { KEYED, MESSAGE_TYPE, refusedPlaces, vendorPathIn } from '../message-record.ts'
import { agreedWith } from '../parties/agreed.ts'
import type { Topology } from '../parties/party.ts'
import type { Clock, Validate } from '../ports.ts'
import type { Received, Sender } from '../received.ts'
import type { Standings } from '../standing.ts'
import { isObject, member } from '../../schema/json-text.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import { nounIn, text } from '../tasks.ts'
import { octetsOf } from '../tracking/shown.ts'
import { unpacked } from '../unpack.ts'
import { acknowledgedAt } from '../vendor-kept.ts'
import { refusedIn, withRefused } from './refused-here.ts'
import type { Pending } from './waiting.ts'

/** What restoring needs from outside. */
export interface RestoreParts {
  readonly validate: Validate
  /** a party as a sender, with what is agreed with it now */
  readonly senderOf: (party: string) => Sender
  readonly contentOf: ContentOf
  readonly standings: Pick<Standings, 'seen'>
  readonly topology: () => Topology
  readonly clock: Clock
}

/** Undefined where it cannot be read any more. */
export async function restored(leg: Leg, parts: RestoreParts): Promise<Pending | undefined> {
  const { request, party, bodyHash, exchangeId, traceparent } = leg
  const { validate, senderOf } = parts
  const bytes = octetsOf(request)
  const sender = senderOf(party)
  const { tolerate, aliases } = sender
  const validated = await validate.judge(bytes, {
    json: true,
    own: true,
    ...(tolerate === undefined ? {} : { tolerate }),
    ...(aliases === undefined ? {} : { aliases }),
  })
  if (validated.json === undefined) return undefined
  const message = await unpacked(validated.json, validate)
  const form = formOf(leg, message, parts)
  const received = { bytes, sender, bodyHash, exchangeId, traceparent, ...form }
  const it = { received, validated, message }
  const refused = refusedIn(leg.findings)
  return refused.length === 0 ? it : withRefused(it, refused, parts.contentOf)
}

/** Whoever has asked for something about an object is answered with it, and who has sent CIM-JSON in that. */
function formOf(
  { contentType, messageID, party, verb }: Leg,
  message: JsonObject,
  { contentOf, standings, validate, topology, clock }: RestoreParts,
): Pick<Received, 'batch' | 'unseen' | 'render' | 'vendorPath'> {
  if (contentType === MESSAGE_TYPE) return { unseen: 'message', render: renderingJson(validate) }
  const content = /json/.test(contentType) ? contentOf(objectNounIn(message)) : undefined
  if (content === undefined) return {}
  const isKeyed = messageID.startsWith(KEYED)
  const vendorPath = vendorPathIn(contentType)
  const agreed = agreedWith(topology().parties.find(({ id }) => id === party))
  const asVendor = vendorPath && acknowledgedAt(vendorPath, verb, message, { agreed, clock })
  if (asVendor) return { unseen: 'object', vendorPath, render: asVendor }
  const places = refusedPlaces(contentType)
  if (places !== undefined)
    return { unseen: 'object', batch: places, render: keptBatch(message, places, content, isKeyed) }
  const render = keptBy(verb, {
    ...{ content, isKeyed },
    seen: ({ noun, object, owner }) => standings.seen(noun, object, owner, party),
  })
  return { unseen: 'object', render }
}

/** A change that takes something away goes as an OperationSet about the one object. */
function objectNounIn(message: JsonObject): string {
  const operations = member(member(member(message, 'payload'), 'OperationSet'), 'Operation')
  const [first] = Array.isArray(operations) ? operations : []
  const noun = isObject(first) ? text(first['noun']) : undefined
  return noun ?? nounIn(message) ?? ''
}
