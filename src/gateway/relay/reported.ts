// What a peer has carried out, as the report of it: our own record follows what has happened over there, and is not
// asked whether it may.

import { eventVerbOf } from '../../envelope/verbs.ts'
import { isObject, member } from '../../schema/json-text.ts'
import type { Json, JsonObject } from '../../schema/json-text.ts'
import type { ContentOf } from '../content.ts'
import { payloadOf, rootsOf } from '../content.ts'
import { identityOf } from '../identity.ts'
import { objectsFor, text } from '../tasks.ts'
import { acceptedOf } from './accepted.ts'

/**
 * The event that says what a request has led to. Objects that the peer has returned tell more than the request: the
 * mRIDs that it has assigned. Undefined for a query, of which nothing is to be kept.
 * @param request valid, as CIM-JSON
 * @param reply to it, as CIM-JSON
 */
export function reportedBy(
  request: JsonObject,
  reply: JsonObject,
  contentOf: ContentOf,
): JsonObject | undefined {
  const header = member(request, 'header')
  const verb = text(member(header, 'Verb')) ?? ''
  const event = eventVerbOf(verb)
  if (event === undefined) return undefined
  const done = doneOf(request, reply, contentOf)
  const payload = member(done, 'payload')
  return done === undefined
    ? undefined
    : {
        message: 'EventMessage',
        header: { ...(isObject(header) ? header : {}), Verb: event },
        ...(payload === undefined ? {} : { payload }),
      }
}

/**
 * What of a request has been done, with the mRIDs that the peer has assigned, so that everybody knows what has been made
 * by the same one; undefined where that is nothing.
 */
export function doneOf(
  request: JsonObject,
  reply: JsonObject,
  contentOf: ContentOf,
): JsonObject | undefined {
  const accepted = acceptedOf(request, reply, contentOf)
  const header = member(request, 'header')
  const sent = member(accepted, 'payload')
  if (accepted === undefined || sent === undefined || text(member(header, 'Verb')) !== 'create')
    return accepted
  const noun = text(member(header, 'Noun')) ?? ''
  return { ...accepted, payload: withReturned(sent, member(reply, 'payload'), noun, contentOf) }
}

/** Objects in the order of the request, each with the mRID that came back in its place. */
function withReturned(
  sent: Json,
  returned: Json | undefined,
  noun: string,
  contentOf: ContentOf,
): Json {
  const content = contentOf(noun)
  if (content === undefined || returned === undefined) return sent
  const [own, theirs] = [objectsFor(sent, content), objectsFor(returned, content)]
  if (own.length === 0 || theirs.length !== own.length) return sent
  const whole = own.map((it, at) => {
    const { mRID } = identityOf(theirs[at])
    return mRID === undefined || identityOf(it).mRID !== undefined ? it : { mRID, ...it }
  })
  const isAsSent = whole.every((it, at) => it === own[at])
  return isAsSent ? sent : payloadOf([[noun, rootsOf(whole, content)]])
}
