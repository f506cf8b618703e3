// What a peer has carried out, as the report of it: our own record follows what has happened over there, and is not
// asked whether it may.

import { eventVerbOf } from '../../envelope/verbs.ts'
import { isObject, member } from '../../schema/json-text.ts'
import type { Json, JsonObject } from '../../schema/json-text.ts'
import type { ContentOf } from '../content.ts'
import { objectsIn, payloadOf, rootsOf } from '../content.ts'
import { idKey, identityOf, nameTexts } from '../identity.ts'
import { entriesOf, text } from '../tasks.ts'

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
  const noun = text(member(header, 'Noun')) ?? ''
  const payload = done(member(request, 'payload'), noun, refusedIn(reply), contentOf)
  const named =
    verb === 'create' ? withReturned(payload, member(reply, 'payload'), noun, contentOf) : payload
  return {
    message: 'EventMessage',
    header: { ...(isObject(header) ? header : {}), Verb: event },
    ...(named === undefined ? {} : { payload: named }),
  }
}

/** What the Errors of a reply name: their objects have stayed as they were. */
function refusedIn(reply: JsonObject): ReadonlySet<string> {
  const errors = member(member(reply, 'reply'), 'Error')
  const ids = (Array.isArray(errors) ? errors : []).map((it: Json) => {
    const id = member(it, 'ID')
    return text(id) ?? text(member(id, '$'))
  })
  return new Set(ids.flatMap((it) => (it === undefined ? [] : [idKey(it)])))
}

function done(
  payload: Json | undefined,
  noun: string,
  refused: ReadonlySet<string>,
  contentOf: ContentOf,
): Json | undefined {
  const content = contentOf(noun)
  if (refused.size === 0 || content === undefined) return payload
  const objects = entriesOf(payload).flatMap(([name, it]) =>
    name === noun ? objectsIn(it, content) : [],
  )
  const kept = objects.filter((it) => !isNamed(it, refused))
  return payloadOf([[noun, rootsOf(kept, content)]])
}

function isNamed(object: JsonObject, ids: ReadonlySet<string>): boolean {
  const { mRID } = identityOf(object)
  const names = nameTexts(object)
  return [...(mRID === undefined ? [] : [idKey(mRID)]), ...names].some((it) => ids.has(it))
}

/** Objects in the order of the request, each with the mRID that came back in its place. */
function withReturned(
  sent: Json | undefined,
  returned: Json | undefined,
  noun: string,
  contentOf: ContentOf,
): Json | undefined {
  const content = contentOf(noun)
  if (content === undefined || returned === undefined) return sent
  const objects = (payload: Json | undefined) =>
    entriesOf(payload).flatMap(([name, it]) => (name === noun ? objectsIn(it, content) : []))
  const [own, theirs] = [objects(sent), objects(returned)]
  if (own.length === 0 || theirs.length !== own.length) return sent
  const whole = own.map((it, at) => {
    const { mRID } = identityOf(theirs[at])
    return mRID === undefined || identityOf(it).mRID !== undefined ? it : { mRID, ...it }
  })
  return payloadOf([[noun, rootsOf(whole, content)]])
}
