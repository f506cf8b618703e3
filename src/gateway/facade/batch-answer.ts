// The answer to a collection whose objects are taken one by one: one result for each, in the order in which they came, and one word
// for all of them.

import { errorRow } from '../../envelope/errors.ts'
import { hasErrors } from '../../envelope/finding.ts'
import type { Result } from '../../envelope/message-object.ts'
import { statusAt } from '../../envelope/reply-codes.ts'
import type { ReplyError } from '../../envelope/reply.ts'
import type { Flow } from '../../flows/flow.ts'
import { flowFor } from '../../flows/index.ts'
import { isObject, member } from '../../schema/json-text.ts'
import type { Json, JsonObject } from '../../schema/json-text.ts'
import { PART } from '../answer.ts'
import type { NounContent } from '../content.ts'
import { inTime, jsonBody, refusedBy } from './answer.ts'
import type { Render, RenderContext } from './answer.ts'
import { itemsSaid } from '../items-said.ts'
import type { ItemSaid } from '../items-said.ts'
import { idOf, idOfObject } from '../outcome.ts'
import { errorJson } from '../problem.ts'
import type { Rendered, Unrendered } from '../received.ts'

/** A collection, as far as it could be taken. */
export interface Batch {
  /** all of them, in their order */
  readonly objects: readonly Json[]
  /** by their places from 0: those that were refused before anything was sent */
  readonly refused: ReadonlyMap<number, readonly ReplyError[]>
  readonly objectType: string
  /** member by which an object is known besides its place */
  readonly by: string
}

/** What is known of the collections of a noun; undefined where they are not answered object by object. */
export function batchOf(noun: string): Pick<Batch, 'by' | 'objectType'> | undefined {
  const flow: Flow | undefined = flowFor(noun, 'create')
  return flow?.batch === undefined ? undefined : { ...flow.batch, objectType: flow.objectType }
}

/** An answer, or the acknowledgement before there is one. */
export function batchedBy(batch: Batch, how: Context, content?: NounContent): Render {
  return inTime((said) => batchAnswer(batch, said, how), content)
}

type Context = Pick<RenderContext, 'instance' | 'isKeyed' | 'tell'>

/**
 * 200 with a result for each object; a problem document where it is refused as a whole, which has the results where another try
 * may help.
 * @param said undefined where nothing could be sent
 */
export function batchAnswer(batch: Batch, said: Unrendered | undefined, how: Context): Rendered {
  const all = allSaid(batch, said)
  const results = all.map((it, index) => resultOf(index, it, batch))
  const failing = said === undefined ? undefined : failingOf(said)
  if (said !== undefined && failing !== undefined)
    return refusedBy(said, how, failing === 'technical' ? { results } : {})
  const Result = overall(all, said)
  const whole = (said?.errors ?? []).filter(({ id, code }) => id === undefined && isNote(code))
  const noted = Result === 'PARTIAL' && !whole.some(({ code }) => code === PART.code) ? [PART] : []
  const Error = [...noted, ...whole].map(errorJson)
  return jsonBody({ reply: { Result, Error }, results })
}

function isNote(code: string): boolean {
  return code.startsWith('0.')
}

/** Why nothing of it was decided on; undefined where something was. */
function failingOf({ failure, decision, validated }: Unrendered): 'technical' | 'ours' | undefined {
  if (failure === undefined)
    return decision === undefined && hasErrors(validated.findings) ? 'ours' : undefined
  return statusAt(errorRow(failure).http, 'body') >= 500 ? 'technical' : 'ours'
}

function allSaid(
  { objects, refused }: Batch,
  said: Unrendered | undefined,
): readonly (ItemSaid & { readonly object: Json })[] {
  const sent = objects.filter((_object, at) => !refused.has(at))
  const told = said === undefined ? [] : itemsSaid(said, sent)
  let next = 0
  return objects.map((object, at) => {
    const errors = refused.get(at)
    if (errors !== undefined) return { object, errors, notes: [], mRID: undefined }
    const own = told[next++] ?? { errors: [], notes: [], mRID: undefined }
    return { object, ...own }
  })
}

/** One for all. Who wants a half-failed one called FAILED has it so. */
function overall(all: readonly ItemSaid[], said: Unrendered | undefined): Result {
  const done = all.filter(({ errors }) => errors.length === 0).length
  if (done === 0) return 'FAILED'
  if (done === all.length) return said?.result ?? 'OK'
  return said?.result === 'FAILED' ? 'FAILED' : 'PARTIAL'
}

function resultOf(
  index: number,
  { object, errors, notes, mRID }: ItemSaid & { readonly object: Json },
  { by, objectType }: Batch,
): JsonObject {
  const known = isObject(object) ? member(object, by) : undefined
  const ID = mRID === undefined ? idOfObject(object, objectType) : idOf(objectType, mRID)
  const said = (errors.length > 0 ? errors : notes).map(errorJson)
  return {
    index,
    ...(typeof known === 'string' ? { [by]: known } : {}),
    ...(ID === undefined ? {} : { ID }),
    Result: errors.length > 0 ? 'FAILED' : 'OK',
    code: said[0]?.['code'] ?? '0.0',
    ...joined(said, 'reason'),
    ...joined(said, 'details'),
  }
}

/** What is said of one object in several errors, as one text. */
function joined(said: readonly JsonObject[], name: 'reason' | 'details'): JsonObject {
  const texts = said.flatMap((it) => (typeof it[name] === 'string' ? [it[name]] : []))
  return texts.length === 0 ? {} : { [name]: texts.join(' ') }
}
