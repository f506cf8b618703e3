// Who operates the DER of an agreement, one third party after the other: the next begins where the one before ends, and
// nothing else of the agreement changes with it. EPRI 3002014619 §5.4.

import { isObject, member, sameJson } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import type { Breach } from './flow.ts'
import { boundsOf, hasZone } from './interval.ts'
import { listOf, sameReference } from './reference.ts'

const LIST = 'thirdParty'

/** True where a change is about who operates the DER. */
export function isOfProvider(before: JsonObject, after: JsonObject): boolean {
  return !sameJson(member(before, LIST) ?? [], member(after, LIST) ?? [])
}

/** The agreement with a next provider; who came before operates the DER until then. */
export function succeeded(agreement: JsonObject, provider: Json, start: Json): JsonObject {
  const all = listOf(agreement, LIST)
  const last = all.at(-1)
  const until = last === undefined ? [] : [ended(last, start)]
  const next = { provider, validityInterval: { start } }
  return { ...agreement, [LIST]: [...all.slice(0, -1), ...until, next] }
}

/** The provider whose time a change has come to an end, or shortened. */
export function formerProvider(before: JsonObject, after: JsonObject): Json | undefined {
  const [old, now] = [listOf(before, LIST), listOf(after, LIST)]
  const [was, is] = [old.at(-1), now[old.length - 1]]
  const isEnding = was !== undefined && boundsIn(is)[1] < boundsIn(was)[1]
  return isEnding ? member(was, 'provider') : undefined
}

/** The organisation that an item of the list is about. */
export function providerIn(item: JsonObject): Json | undefined {
  return member(item, 'provider')
}

/** Whose an agreement is: of the provider that comes last. */
export function lastProvider(agreement: JsonObject): readonly Json[] {
  const last = listOf(agreement, LIST).at(-1)
  const provider = last === undefined ? undefined : providerIn(last)
  return provider === undefined ? [] : [provider]
}

/** Those before it whose time is not over. */
export function presentProviders(agreement: JsonObject, now: string): readonly Json[] {
  const [at] = boundsOf({ start: now })
  return listOf(agreement, LIST)
    .slice(0, -1)
    .filter((it) => boundsIn(it)[1] > at)
    .flatMap((it) => providerIn(it) ?? [])
}

/** When another provider begins, the DER is in none of the groups any more that the agreement names. */
export function withoutGroups(before: JsonObject, after: JsonObject): JsonObject {
  if (formerProvider(before, after) === undefined) return after
  const { EndDeviceGroups: _groups, ...rest } = after
  return rest
}

/** What has ended before stays as it is. */
function ended(last: JsonObject, end: Json): JsonObject {
  const interval = member(last, 'validityInterval')
  const isOver = boundsOf(interval)[1] < boundsOf({ end })[1]
  return isOver || !isObject(interval) ? last : { ...last, validityInterval: { ...interval, end } }
}

/** Why the providers of an agreement cannot be as they would be. */
export function providerBreaches(
  before: JsonObject | undefined,
  after: JsonObject,
): readonly Breach[] {
  const all = listOf(after, LIST)
  const ends = (at: number) => boundsIn(all[at])[1]
  const next = all.map((it, at) => ({ it, at })).slice(1)
  return [
    ...breach(
      all.map(boundsIn).some(([start, end]) => start >= end),
      'The interval of a provider ends before it starts.',
    ),
    ...breach(
      next.some(({ it, at }) => ends(at - 1) !== boundsIn(it)[0]),
      'The interval of a provider does not end exactly where that of the next one starts.',
    ),
    ...breach(
      next.some(({ it, at }) => isSame(all[at - 1], it)),
      'A provider is followed by itself.',
    ),
    ...(before === undefined || !isOfProvider(before, after) ? [] : historyBreaches(before, after)),
  ]
}

/** CA-05: whose the DER is from one instant to the next is a matter of hours, so nobody is to guess where. */
export function zoneBreaches(before: JsonObject | undefined, after: JsonObject): readonly Breach[] {
  const known = timesIn(before)
  const guessed = timesIn(after).filter((it) => !hasZone(it) && !known.includes(it))
  return [...new Set(guessed)].map((it) => ({
    rule: 'CA-ZONE',
    code: '6.1',
    reason: `The provider changes at ${it}, which names no offset from UTC.`,
  }))
}

function timesIn(agreement: JsonObject | undefined): readonly string[] {
  return listOf(agreement, LIST)
    .flatMap((it) => ['start', 'end'].map((name) => member(member(it, 'validityInterval'), name)))
    .filter((it) => typeof it === 'string')
}

/** What has been agreed with a customer outlives its providers: only the last of them may end, and one may follow. */
function historyBreaches(before: JsonObject, after: JsonObject): readonly Breach[] {
  if (member(before, 'signDate') === undefined) return []
  const [old, now] = [listOf(before, LIST), listOf(after, LIST)]
  const isKept = old.every(
    (it, at) =>
      isSame(now[at], it) &&
      boundsIn(now[at])[0] === boundsIn(it)[0] &&
      (at === old.length - 1 || boundsIn(now[at])[1] === boundsIn(it)[1]),
  )
  const [start] = boundsIn(now.at(-1))
  const [from, to] = boundsIn(after)
  return [
    ...breach(
      !isKept || now.length > old.length + 1,
      'Of the providers of an agreement only the last may end, and one may follow it.',
    ),
    ...breach(
      start < from || start >= to,
      'The provider would begin outside of the validityInterval of the agreement.',
    ),
    ...breach(
      !sameJson(apart(before), apart(after)),
      'The agreement stays as it is when its provider changes; amend it in a message of its own.',
    ),
  ]
}

function boundsIn(it: JsonObject | undefined): readonly [start: number, end: number] {
  return boundsOf(member(it, 'validityInterval'))
}

function isSame(a: JsonObject | undefined, b: JsonObject): boolean {
  return a !== undefined && sameReference(member(a, 'provider'), member(b, 'provider'))
}

function breach(isWrong: boolean, reason: string): readonly Breach[] {
  return isWrong ? [{ rule: 'CA-PROVIDER', code: '6.1', reason }] : []
}

/** Without its providers. */
function apart(agreement: JsonObject): JsonObject {
  const { [LIST]: _providers, ...rest } = termsOf(agreement)
  return rest
}

/** Without what tells of a change itself. */
export function termsOf(agreement: JsonObject): JsonObject {
  const { status: _status, lastModifiedDateTime: _when, ...rest } = agreement
  return rest
}
