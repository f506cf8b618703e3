// A PATCH body as a CIM message: what it sets is a change, what it sets to null is a removal.
// A null has no XML, so a body with nulls becomes an OperationSet.

import type { ReplyError } from '../../envelope/reply.ts'
import { isObject, member } from '../../schema/json-text.ts'
import type { Json, JsonObject } from '../../schema/json-text.ts'
import { BESIDE, objectsIn, shown } from '../content.ts'
import type { NounContent } from '../content.ts'
import { sameId } from '../../envelope/mrid.ts'
import type { Standing } from '../json-findings.ts'

/** A PATCH of one object. */
export interface Patch {
  readonly content: NounContent
  /** the object as it is; of what is not known here, its mRID alone */
  readonly before: JsonObject
  /** a party alone knows the object */
  readonly isUnknown?: boolean
  /** the object's members, or the noun's content with the one object in it */
  readonly patch: Json
  /** what stands beside the object, as far as the content does not say otherwise */
  readonly beside?: JsonObject | undefined
}

/** What the message is about. */
export interface PatchMessage {
  readonly verb: 'change' | 'execute'
  /** Noun of the Header */
  readonly noun: string
  readonly payload: JsonObject
  /** where in the message the body stands */
  readonly standing: Standing
}

/** The message that a PATCH stands for, or why there is none. */
export function patchMessage(it: Patch): PatchMessage | { readonly refusal: ReplyError } {
  const unwrapping = unwrapped(it)
  if (unwrapping === undefined) return { refusal: NOT_ONE }
  const { object: given, standing } = unwrapping
  const [mRID, own] = [member(it.before, 'mRID') ?? '', member(given, 'mRID')]
  if (own === null || member(given, 'Names') === null) return { refusal: NO_IDENTITY }
  if (own !== undefined && !sameId(own, mRID)) return { refusal: ANOTHER }
  const entries = Object.entries(given)
  // A change is merged by whoever knows the object; a removal says what the value was.
  if (it.isUnknown === true && entries.some(([, value]) => value === null))
    return { refusal: NOT_KNOWN }
  const set = { ...Object.fromEntries(entries.filter(([, value]) => value !== null)), mRID }
  const removed = entries
    .filter(([name, value]) => value === null && member(it.before, name) !== undefined)
    .map(([name]) => name)
  if (removed.length > 0) return { ...removal(it, set, removed), standing }
  const { noun } = it.content
  return { verb: 'change', noun, payload: { [noun]: shown([set], it.content) }, standing }
}

/** The object in the body, and where its members stand in the message. */
function unwrapped({
  patch,
  content,
  beside,
}: Patch): { readonly object: JsonObject; readonly standing: Standing } | undefined {
  const { noun, element } = content
  const named = member(patch, noun)
  // An object may have a list of that name itself, as tariffs have in a pricing structure.
  const root = isObject(named) ? named : patch
  const isRoot = element === undefined || Array.isArray(member(root, element))
  const [object, ...others] = isRoot ? objectsIn(root, content) : [root]
  if (!isObject(object) || others.length > 0) return undefined
  const below = isRoot || element === undefined ? [noun] : [noun, element]
  const own = member(object, BESIDE)
  const all = beside && { [BESIDE]: { ...beside, ...(isObject(own) ? own : {}) } }
  return {
    object: { ...object, ...all },
    standing: { below, around: root === patch ? '' : `/${noun}` },
  }
}

/** The body of a PUT that creates: one object, which has the mRID of the path. */
export function withPathId(
  body: Json,
  mRID: string,
  content: NounContent,
  beside?: JsonObject,
): { readonly json: Json } | { readonly refusal: ReplyError } {
  const unwrapping = unwrapped({ content, before: {}, patch: body, beside })
  if (unwrapping === undefined || !content.hasId) return { refusal: NOT_ONE }
  const own = member(unwrapping.object, 'mRID')
  if (own !== undefined && !sameId(own, mRID)) return { refusal: ANOTHER }
  return { json: shown([{ mRID: own ?? mRID, ...unwrapping.object }], content) }
}

/** What is removed is named with the value that it has, so that the message is valid (EPRI 61968-6 script). */
function removal(
  { content, before }: Patch,
  set: JsonObject,
  removed: readonly string[],
): Omit<PatchMessage, 'standing'> {
  const { noun } = content
  const values = removed.map((it): readonly [string, Json] => [it, before[it] ?? null])
  const gone: JsonObject = { mRID: set['mRID'] ?? '', ...Object.fromEntries(values) }
  const operation = (operationId: number, verb: string, more: JsonObject, object: JsonObject) => ({
    operationId,
    noun,
    verb,
    ...more,
    [noun]: shown([object], content),
  })
  const changes = Object.keys(set).length > 1 ? [operation(2, 'change', {}, set)] : []
  const OperationSet = {
    enforceMsgSequence: true,
    enforceTransactionalIntegrity: true,
    Operation: [operation(1, 'delete', { elementOperation: true }, gone), ...changes],
  }
  return { verb: 'execute', noun: 'OperationSet', payload: { OperationSet } }
}

const NOT_ONE: ReplyError = {
  code: '1.8',
  rule: 'PATCH-BODY',
  reason: 'The body does not hold the members of one object.',
  details: 'Send {"description":"…"}, or the noun\'s content with exactly one object in it.',
}
const NO_IDENTITY: ReplyError = {
  code: '1.8',
  rule: 'PATCH-IDENTITY',
  reason: 'mRID and Names say which object is meant and cannot be removed.',
  details: 'Send another name of the same NameType to replace one.',
}
const NOT_KNOWN: ReplyError = {
  code: '1.8',
  rule: 'PATCH-NULL',
  reason:
    'What is to be removed is named with the value that it has, and a party alone knows the object.',
  details: 'Leave the nulls out, or send a delete with elementOperation that names what is to go.',
}
const ANOTHER: ReplyError = {
  code: '2.29',
  rule: 'ID-1',
  reason: 'The mRID in the body is not that of the path.',
  details: 'Leave it out; an mRID never changes.',
}
