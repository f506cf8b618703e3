// An acknowledgement of a vendor by the id of what it was sent: that of the last word about its object, or of an earlier one, which
// says nothing of how the object is now.

import type { BoundRoute } from '../dialects/index.ts'
import type { Problem } from '../dialects/dialect.ts'
import { keepingNames } from '../flows/reference.ts'
import { isObject, member, readJson, sameJson } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import type { Leg } from './ledger.ts'
import { text } from './tasks.ts'

/** What a party has been told of an object, the newest first. */
export type ToldOf = (party: string, noun: string, object: JsonObject) => Promise<readonly Leg[]>

/** An acknowledgement as far as it counts. */
export type Answers = { readonly object: JsonObject } | { readonly problem: Problem }

/** Of a route whose messages acknowledge nothing, and of an object that its sender was never told of, nothing can be said. */
export async function answersLast(
  { answers, noun }: BoundRoute,
  json: Json,
  object: JsonObject,
  party: string,
  told: ToldOf,
): Promise<Answers> {
  const id = answers === undefined ? undefined : text(member(json, answers.by))
  if (answers === undefined || id === undefined) return { object }
  const all = (await told(party, noun, object)).flatMap((leg) => bodyOf(leg, answers.to))
  const [last] = all
  if (last === undefined) return { object }
  // What is told again says the same under another id.
  const meant = all.find((it) => it.id === id)
  if (meant === undefined || !sameJson(meant.rest, last.rest))
    return { problem: stale(answers.by, id, last.id) }
  return { object: meant.isOurs ? withoutName(object, id) : object }
}

interface Body {
  readonly id: string
  /** no id of the sender's, but that of our message */
  readonly isOurs: boolean
  readonly rest: JsonObject
}

function bodyOf({ request, messageID }: Leg, to: string): readonly Body[] {
  const read = readJson(request)
  const json = 'value' in read ? read.value : null
  if (!isObject(json)) return []
  const { [to]: id, ...rest } = json
  return typeof id === 'string' ? [{ id, isOurs: id === messageID, rest }] : []
}

/** The id of our message is no name of the object. */
function withoutName(object: JsonObject, id: string): JsonObject {
  return keepingNames(object, (it) => member(it, 'name') !== id)
}

function stale(by: string, id: string, last: string): Problem {
  return {
    path: `/${by}`,
    code: '6.1',
    message: `rule=SUB-STALE: ${id} is not what was told last of it: that was ${last}.`,
    mend: `Acknowledge ${last}; what was told before it is not as it is any more.`,
  }
}
