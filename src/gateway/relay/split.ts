// A message about several objects as messages about fewer, or one each, for whoever takes no more at once; and what is said of each,
// as one answer.

import type { IdObject } from '../../envelope/message-object.ts'
import type { ReplyError } from '../../envelope/reply.ts'
import { member } from '../../schema/json-text.ts'
import type { Json, JsonObject } from '../../schema/json-text.ts'
import { PART } from '../answer.ts'
import type { Said } from '../answer.ts'
import { objectsIn, payloadOf, rootsOf } from '../content.ts'
import type { ContentOf } from '../content.ts'
import { POSITION, idOfObject, positionOf } from '../outcome.ts'
import { entriesOf } from '../tasks.ts'
import { combined } from './relayed.ts'

/** A part of a message, for whoever takes no more of it at once. */
export interface Piece {
  readonly message: JsonObject
  /** what its objects are known by, their places where they have neither mRID nor Names; none where it is the whole message */
  readonly ids: readonly IdObject[]
}

/**
 * In the order of the message; the message itself where it fits, or is about nothing that could be told apart.
 * @param most objects of one piece
 */
export function piecesOf(
  message: JsonObject,
  contentOf: ContentOf,
  most: number,
): readonly Piece[] {
  const pieces = entriesOf(member(message, 'payload')).flatMap(([name, value]) =>
    name === 'ID' ? byID(message, value, most) : byObject(message, [name, value], contentOf, most),
  )
  return pieces.length > 1 ? pieces : [{ message, ids: [] }]
}

/** What each of its objects is known by, in the order of the message, however few there are. */
export function idsIn(message: JsonObject, contentOf: ContentOf): readonly IdObject[] {
  const all = entriesOf(member(message, 'payload')).flatMap(([name, value]) =>
    name === 'ID' ? byID(message, value, 1) : byObject(message, [name, value], contentOf, 1),
  )
  return all.flatMap(({ ids }) => ids)
}

function byID(message: JsonObject, value: Json, most: number): readonly Piece[] {
  const all: readonly Json[] = Array.isArray(value) ? value : [value]
  return inParts(all, most).map(({ part }) => ({
    message: { ...message, payload: { ID: part } },
    ids: part.map((it) => (typeof it === 'string' ? { $: it } : (it as unknown as IdObject))),
  }))
}

function byObject(
  message: JsonObject,
  [noun, root]: readonly [string, Json],
  contentOf: ContentOf,
  most: number,
): readonly Piece[] {
  const content = contentOf(noun)
  if (content === undefined) return []
  const type = content.element ?? noun
  return inParts(objectsIn(root, content), most).map(({ part, from }) => ({
    message: { ...message, payload: payloadOf([[noun, rootsOf(part, content)]]) },
    ids: part.map((it, at) => idOfObject(it, type) ?? positionOf(type, from + at)),
  }))
}

function inParts<T>(
  all: readonly T[],
  most: number,
): readonly { readonly part: readonly T[]; readonly from: number }[] {
  const size = Math.min(most, Math.max(all.length, 1))
  return Array.from({ length: Math.ceil(all.length / size) }, (_none, at) => ({
    part: all.slice(at * size, (at + 1) * size),
    from: at * size,
  }))
}

/** What is said of a piece. */
export interface SaidOfPiece {
  readonly said: Said
  /** of the objects in it; none where it is not known which they are */
  readonly ids: readonly IdObject[]
}

/**
 * One answer for all: each error has the ID of the object that it is about, and the objects that came back stand together.
 * @param all at least one, in the order of their pieces
 */
export function joinedSaid(all: readonly SaidOfPiece[], contentOf: ContentOf): Said {
  const named = all.map(({ said, ids }): Said => {
    const errors = (said.errors ?? []).filter((it) => !it.code.startsWith('0.') || isNote(it))
    return { ...said, errors: ids.length === 0 ? errors : namedIn(errors, ids, said) }
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

/** What is said of a piece as a whole is said of each of its objects; places in it are places in the message. */
function namedIn(
  errors: readonly ReplyError[],
  ids: readonly IdObject[],
  { result }: Said,
): readonly ReplyError[] {
  const told = errors.flatMap((it) => {
    if (it.id === undefined) return ids.map((id) => ({ ...it, id }))
    const own = it.id['@idType'] === POSITION ? ids[Number(it.id.$) - 1] : undefined
    return [own === undefined ? it : { ...it, id: own }]
  })
  const [first] = errors
  if (result !== 'FAILED' || first === undefined) return told
  // Of a piece that has failed nothing is done, whichever object is to blame; unless each has been told its own.
  const known = new Set(told.map(({ id }) => id?.$))
  const isEach = ids.length === 1 || known.size >= ids.length
  const others = isEach ? [] : ids.filter((id) => !known.has(id.$))
  return [...told, ...others.map((id) => ({ ...first, id }))]
}

/** Something that is said of one object beside that it is done: it is no more said of the others by being said once. */
function isNote({ level, reason }: ReplyError): boolean {
  return level === 'INFORM' && reason !== undefined
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
