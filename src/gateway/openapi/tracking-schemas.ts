// Schemas of what tracking answers: messages on their legs, tries, conversations.

import type { JsonObject } from '../../schema/json-text.ts'
import type { Attempt, LegFacts } from '../ledger.ts'
import type { FACTS } from '../tracking/shown.ts'
import type { AuditLine } from '../audit/chain.ts'
import type { Alarm } from '../tracking/alarms.ts'
import { STATES } from '../tracking/search.ts'
import { reference, shared } from './references.ts'

/** Makes the schema of an object; `?` behind a name = may be absent. */
type MakeObject = (properties: Readonly<Record<string, JsonObject>>, text: string) => JsonObject

const said = (description: string, more: JsonObject = { type: 'string' }): JsonObject => ({
  ...more,
  description,
})
const time = (description: string) => said(description, { type: 'string' })
const count = (description: string) => said(description, { type: 'integer', minimum: 0 })

const FACT_SCHEMAS: Readonly<Record<(typeof FACTS)[number] & keyof LegFacts, JsonObject>> = {
  id: said('Ours.'),
  exchangeId: said('One conversation, over all its legs.'),
  direction: said('Received from the party, or sent to it.', {
    type: 'string',
    enum: ['in', 'out'],
  }),
  party: said('The other side of the leg.'),
  verb: said('Of the Header.'),
  noun: said('Of the Header.'),
  state: said('State of SM-MSG.', { type: 'string', enum: STATES }),
  reason: said('Why it is in that state; empty where that goes without saying.'),
  messageID: said('Of the message on this leg, or what else a repeat is known by.'),
  correlationID: said('Of the message on this leg.'),
  flow: said('Empty where there is none.'),
  at: time('Received, or given to the outbox.'),
  notAfter: time('After which it is EXPIRED rather than late; empty = never.'),
  orderKey: said('What keeps its order among the messages to this party.'),
  answers: said('Leg that this one answers or comes from; empty = none.'),
  replayOf: said('Leg that a person has resent as this one; empty = none.'),
  late: said('A reply for which nobody waited any more.', { type: 'boolean' }),
  contentType: said('Of the message.'),
  target: said(
    'Method and path below the address of the party, or SOAPAction, or both; empty = POST; as: and a party = received by the gateway itself in the name of that party.',
  ),
  bodyHash: said('SHA-256, hex: tells a repeat from another message under the same id.'),
  replyMessageID: said('Of the reply.'),
  replyStatus: count('Status of HTTP; 0 until there is a reply.'),
  replyContentType: said('Of the reply.'),
  replyETag: said('Entity tag that it was answered with; empty = none.'),
  traceparent: said('W3C trace context.'),
}

const TRY_SCHEMAS: Readonly<Record<Exclude<keyof Attempt, 'leg'>, JsonObject>> = {
  n: count('From 1.'),
  tries: count('Which it is since the message was given its present turn, from 1.'),
  at: time('Begun.'),
  tookMs: count('Milliseconds.'),
  outcome: { type: 'string', enum: ['ok', 'technical', 'business', 'unknown'] },
  status: count('Status of HTTP; 0 = none.'),
  answer: said('What came back, or why nothing did.'),
}

const ALARM_SCHEMAS: Readonly<Record<keyof Alarm, JsonObject>> = {
  kind: said(
    'A message that has not come, an object in a state that a person has to lead it out of, a message that is parked, a party that is spared.',
    {
      type: 'string',
      enum: ['awaited', 'state', 'parked', 'circuit'],
    },
  ),
  since: time('Due, come into the state, received or given to the outbox, or begun to fail.'),
  party: said('The other side; empty where it is not known.'),
  noun: said('Of the message, or of the object; empty for a party.'),
  verb: said('Of the message; empty for a party.'),
  messageID: said('Of the message that is parked, or that something was to come after.'),
  exchangeId: said('The conversation; empty for a party.'),
  message: said('Its id here; empty = none.'),
  reason: said('What is wrong.'),
  mend: said('How it is mended.'),
}

const RESULT_SCHEMAS: Readonly<Record<string, JsonObject>> = {
  index: count('Place in the list, from 0.'),
  result: said('OPEN = still to come.', { type: 'string', enum: ['OK', 'FAILED', 'OPEN'] }),
  'code?': said('Reply code, of what has failed.'),
  'rule?': said('Rule that has decided.'),
  'reason?': said('Why.'),
  'details?': said('How it is mended.'),
}

const ANCHOR_SCHEMAS = {
  seq: count('Number of the line; 0 = none.'),
  hash: said('Its hash; empty where there is none.'),
}

const LINE_SCHEMAS: Readonly<Record<keyof AuditLine, JsonObject>> = {
  seq: count('From 1, without a gap.'),
  at: time('When it happened, in UTC.'),
  who: said('Party, or cimgate for what the gateway does by itself; empty = nobody knows.'),
  from: said('Address that it was asked from; empty = from nowhere but the gateway.'),
  what: said('Kind of event.', { type: 'string' }),
  subject: said('What it was done to.'),
  details: said('More of it; never a payload, never a secret.'),
  hash: said('SHA-256 over the hash before it and the line, hex.'),
}

/** By the names of their components. */
export function trackingSchemas(object: MakeObject): Readonly<Record<string, JsonObject>> {
  const list = (items: JsonObject): JsonObject => ({ type: 'array', items })
  const attempt = object(TRY_SCHEMAS, 'One try to send a message.')
  const links = object(
    { exchange: LINK, request: LINK, 'reply?': LINK, 'later?': LINK },
    'Where there is more.',
  )
  const more = { findings: list(reference(shared('Finding'))), attempts: list(attempt), links }
  const body = (what: string) =>
    said(`${what} as text; null where it is longer than 256 KiB or no text: see links.`, {
      type: ['string', 'null'],
    })
  const bodies = { request: body('The message'), reply: body('The reply') }
  const message = { ...FACT_SCHEMAS, ...more }
  return {
    MessageFacts: object(FACT_SCHEMAS, 'A message on one leg of its way.'),
    Messages: object(
      {
        messages: list(reference(shared('MessageFacts'))),
        next: said('Cursor of the next page.', { type: ['string', 'null'] }),
      },
      'A page of messages.',
    ),
    Message: object(message, 'A message on one leg of its way, with findings and attempts.'),
    Results: object(
      {
        total: count('Records of the list.'),
        collections: object(
          { total: count('Parts of the list.'), over: count('That have come to their end.') },
          'How far it has come.',
        ),
        results: list({
          ...object(RESULT_SCHEMAS, 'One record, with what it is known by to its sender.'),
          additionalProperties: { type: 'string' },
        }),
        next: said('Cursor of the next page.', { type: ['string', 'null'] }),
      },
      'A page of the records of a list.',
    ),
    Alarms: object(
      {
        alarms: list(object(ALARM_SCHEMAS, 'One thing that a person has to look at.')),
        more: said('There are more of one kind than were asked for.', { type: 'boolean' }),
      },
      'What has not come, is parked or is down, the oldest first.',
    ),
    AuditLines: object(
      {
        lines: list(object(LINE_SCHEMAS, 'One line.')),
        next: said('Number of the last line, where there are more: `after` of the next page.', {
          type: ['integer', 'null'],
        }),
        head: object(ANCHOR_SCHEMAS, 'The newest line of all.'),
        beginning: object(ANCHOR_SCHEMAS, 'The last line that was forgotten because of its age.'),
      },
      'A page of the audit log.',
    ),
    Exchange: object(
      {
        id: said('The exchangeId of its messages.'),
        messages: list(object({ ...message, ...bodies }, 'One hop.')),
      },
      'A whole conversation, hop by hop.',
    ),
  }
}

const LINK: JsonObject = { type: 'string', format: 'uri-reference' }
