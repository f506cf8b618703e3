// A message about several objects as messages about one each, for whoever takes them one by one; and what is said of each,
// as one answer.

import type { IdObject } from '../../envelope/message-object.ts'
import { member } from '../../schema/json-text.ts'
import type { Json, JsonObject } from '../../schema/json-text.ts'
import { PART } from '../answer.ts'
import type { Said } from '../answer.ts'
import { objectsIn, payloadOf, rootsOf } from '../content.ts'
import type { ContentOf } from '../content.ts'
import { idOfObject, positionOf } from '../outcome.ts'
import { entriesOf } from '../tasks.ts'
import { combined } from './relayed.ts'

/** One object of a message, alone. */
export interface Piece {
  readonly message: JsonObject
  /** what it is known by, its place where it has neither mRID nor Names; absent where it is the whole message */
  readonly id?: IdObject
}

/** In the order of the message; the message itself where it is about one object, or about none that could be told apart. */
export function piecesOf(message: JsonObject, contentOf: ContentOf): readonly Piece[] {
  const pieces = entriesOf(member(message, 'payload')).flatMap(([name, value]) =>
    name === 'ID' ? byID(message, value) : byObject(message, name, value, contentOf),
  )
  return pieces.length > 1 ? pieces : [{ message }]
}

function byID(message: JsonObject, value: Json): readonly Piece[] {
  const all: readonly Json[] = Array.isArray(value) ? value : [value]
  return all.map((it) => {
    const id = typeof it === 'string' ? { $: it } : (it as unknown as IdObject)
    return { message: { ...message, payload: { ID: [it] } }, id }
  })
}

function byObject(
  message: JsonObject,
  noun: string,
  root: Json,
  contentOf: ContentOf,
): readonly Piece[] {
  const content = contentOf(noun)
  if (content === undefined) return []
  const type = content.element ?? noun
  return objectsIn(root, content).map((object, at) => {
    const id = idOfObject(object, type) ?? positionOf(type, at)
    const payload = payloadOf([[noun, rootsOf([object], content)]])
    return { message: { ...message, payload }, id }
  })
}

/**
 * One answer for all: each error has the ID of the object that it is about, and the objects that came back stand together.
 * @param all at least one, in the order of their pieces
 */
export function joinedSaid(
  all: readonly { readonly said: Said; readonly id?: IdObject }[],
  contentOf: ContentOf,
): Said {
  const named = all.map(({ said, id }): Said => {
    const errors = (said.errors ?? []).filter(({ code }) => !code.startsWith('0.'))
    return { ...said, errors: id === undefined ? errors : errors.map((it) => ({ id, ...it })) }
  })
  const { payload: _first, operationId: _none, ...whole } = combined(named)
  const errors = whole.errors ?? []
  const payload = joinedPayload(
    all.flatMap(({ said }) => said.payload ?? []),
    contentOf,
  )
  return {
    ...whole,
    errors: whole.result === 'PARTIAL' ? [PART, ...errors] : errors,
    ...(payload === undefined ? {} : { payload }),
  }
}

function joinedPayload(payloads: readonly Json[], contentOf: ContentOf): Json | undefined {
  const objects = new Map<string, JsonObject[]>()
  for (const [noun, root] of payloads.flatMap(entriesOf)) {
    const content = contentOf(noun)
    if (content === undefined) continue
    objects.set(noun, [...(objects.get(noun) ?? []), ...objectsIn(root, content)])
  }
  const roots = [...objects].flatMap(([noun, own]) => {
    const content = contentOf(noun)
    return content === undefined ? [] : [[noun, rootsOf(own, content)] as const]
  })
  return roots.length === 0 ? undefined : payloadOf(roots)
}
