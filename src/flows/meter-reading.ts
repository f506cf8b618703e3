// Usage of single DER and of groups. No value is lost or counted twice when somebody sends again, and what is told of a
// group is the sum over those who were its members at that time, as far as their values are here.

import { isObject, member } from '../schema/json-text.ts'
import type { JsonObject } from '../schema/json-text.ts'
import { compareDecimals } from '../schema/decimal.ts'
import { READING } from '../lifecycles/reading.ts'
import { keyOf, memberReferences, memberSum, staysOf } from './aggregate.ts'
import type { Measured } from './aggregate.ts'
import { corrects } from './correction.ts'
import { ZERO, decimalIn, decimalText, differenceOf } from './decimal.ts'
import { unnamed } from './device.ts'
import { defineFlow } from './flow.ts'
import type { About, Around, Breach, Claim, Reference } from './flow.ts'
import {
  groupNames,
  isEqual,
  pointKeys,
  powerKind,
  sameValue,
  timeText,
  valuesIn,
} from './reading.ts'
import type { Value } from './reading.ts'
import { REPORT_VERBS } from './record.ts'
import { keysOf } from './reference.ts'
import { only } from './role.ts'
import type { FindAll } from './search.ts'

export default defineFlow({
  id: 'meter-reading',
  noun: 'MeterReadings',
  objectType: 'MeterReading',
  lifecycle: READING,
  by: only('ami', 'lec', 'derms', 'tp-dso-inv', 'dso-cs', 'cis'),
  verbs: [...REPORT_VERBS, 'get'],
  pattern: 'EV',
  about:
    'tell the usage of single DER and of groups: each value once, until it is corrected, and of a group the sum over its members; a group whose members have no values here is taken unchecked',
  source: 'F31-F, F31-G, F32-H, F32-I, G-AC45',
  trigger: (before, after, around) => {
    if (after === undefined) return 'delete'
    if (groupOf(after) !== undefined) return isChecked(after, around) ? 'check' : 'trust'
    return before === undefined ? 'create' : 'change'
  },
  invariants,
  leadsTo,
  searches: (_before, after) => {
    const group = groupOf(after)
    return group === undefined ? [] : [staysOf(group)]
  },
  claims: { knowing: claims },
  individual: (it) => groupOf(it) === undefined && pointKeys(it).length > 0,
  servedBy: (it) => ['UsagePoint', 'Meter'].flatMap((name) => member(it, name) ?? []),
  says: (_it, state) => (state === 'unchecked' ? UNCHECKED : undefined),
})

const UNCHECKED = {
  code: '0.0',
  reason:
    'Not checked: of some time no members of the group are known here, or not all of their values.',
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** The group as others name it, by its mRID where that is a UUID, else by a name; undefined for a reading of one point. */
function groupOf(reading: JsonObject): JsonObject | undefined {
  const [name] = groupNames(reading)
  if (name === undefined) return undefined
  return UUID.test(name) ? { mRID: name } : { Names: [{ name }] }
}

function invariants(it: JsonObject, around: Around): readonly Breach[] {
  const values = valuesIn(it)
  return [
    ...unnamed('UsagePoint or Meter', pointKeys(it)),
    ...badValues(it, values),
    ...contradictions(it, values),
    ...groupBreaches(it, around),
    ...wrongSums(it, around),
  ]
}

/** The point, as a reply names it. */
function about(reading: JsonObject): { readonly about?: About } {
  for (const objectType of ['UsagePoint', 'Meter']) {
    const object = member(reading, objectType)
    if (isObject(object) && keysOf(object).length > 0) return { about: { objectType, object } }
  }
  return {}
}

function badValues(reading: JsonObject, values: readonly Value[]): readonly Breach[] {
  const untimed = values.filter((it) => !Number.isFinite(it.at))
  const unread = values.filter(
    ({ isInterval, text }) => isInterval && text !== undefined && decimalIn(text) === undefined,
  )
  return [
    ...untimed.slice(0, 1).map((it) => ({
      ...({ rule: 'MTR-TIME', code: '5.8' } as const),
      reason: `The value ${it.text ?? ''} of ${it.kind} has no time.`,
      ...about(reading),
    })),
    ...unread.map((it) => ({
      ...({ rule: 'MTR-VALUE', code: '6.1' } as const),
      reason: `The value ${it.text ?? ''} of ${timeText(it)} is no decimal number.`,
      ...about(reading),
    })),
  ]
}

/** Two values for one time in one reading. */
function contradictions(reading: JsonObject, values: readonly Value[]): readonly Breach[] {
  const first = new Map<string, Value>()
  return values.flatMap((it) => {
    const key = JSON.stringify([it.kind, it.at])
    const known = first.get(key) ?? it
    first.set(key, known)
    return isEqual(known, it) ? [] : [told(reading, it, known)]
  })
}

function told(reading: JsonObject, now: Value, before: Value) {
  const reason = `The value of ${timeText(now)} is told as ${now.text ?? 'nothing'}, and as ${before.text ?? 'nothing'} before.`
  return { rule: 'MTR-DUP', code: '6.1', reason, ...about(reading) } as const
}

function groupBreaches(reading: JsonObject, { find }: Around): readonly Breach[] {
  const breach = (reason: string): readonly Breach[] => [
    { rule: 'MTR-GROUP', code: '6.1', reason, ...about(reading) },
  ]
  const isOfGroup = groupOf(reading) !== undefined
  const exposed = ['Meter', 'EndDeviceEvents'].filter((it) => member(reading, it) !== undefined)
  if (isOfGroup && exposed.length > 0)
    return breach(`A reading of a group has ${exposed.join(' and ')}, which shows a member.`)
  const untold = isOfGroup ? undefined : find(asGroup(reading))
  return untold === undefined
    ? []
    : breach('The UsagePoint has the mRID of a DER group, and does not say that it stands for one.')
}

function asGroup(reading: JsonObject): Reference {
  const mRID = member(member(reading, 'UsagePoint'), 'mRID')
  return { noun: 'DERGroups', object: mRID === undefined ? undefined : { mRID } }
}

/** What is asked of each member for a value of the group. */
function measuredBy({ kind: what, at, from }: Value): Measured {
  return { what, at, from }
}

function summed(reading: JsonObject, it: Value, around: Around) {
  const group = groupOf(reading)
  return (
    group && memberSum(group, measuredBy(it), around, (of) => decimalIn(sameValue(of, it)?.text))
  )
}

function wrongSums(reading: JsonObject, around: Around): readonly Breach[] {
  if (groupOf(reading) === undefined) return []
  return valuesIn(reading).flatMap((it) => {
    const [due, is] = [summed(reading, it, around), decimalIn(it.text)]
    if (due === undefined || is === undefined || compareDecimals(due.sum, is) === 0) return []
    const difference = differenceOf(is, due.sum)
    const isMore = compareDecimals(difference, ZERO) > 0
    const reason = `${decimalText(is)} of ${timeText(it)} is ${decimalText(isMore ? difference : differenceOf(due.sum, is))} ${isMore ? 'more' : 'less'} than ${decimalText(due.sum)}, the sum over the ${due.members} members of that time.`
    return [{ rule: 'MTR-SUM', code: '6.1', reason, ...about(reading) }]
  })
}

/** Wrong sums are refused before anybody asks this. */
function isChecked(reading: JsonObject, around: Around | undefined): boolean {
  const values = valuesIn(reading)
  return (
    around !== undefined &&
    values.length > 0 &&
    values.every(
      (it) => decimalIn(it.text) !== undefined && summed(reading, it, around) !== undefined,
    )
  )
}

function leadsTo(reading: JsonObject, find: Around['find'], all: FindAll): readonly Reference[] {
  const group = groupOf(reading)
  if (group === undefined) return [asGroup(reading)]
  return memberReferences(group, valuesIn(reading).map(measuredBy), find, all)
}

const NOUN = 'MeterReadings'

/**
 * Each value is its sender's once: who sends all of them again repeats what is known, and who sends some again tells only
 * of the others. A correction takes the place of what it corrects, which is kept as it was told. Besides, the first to tell
 * a value of a point, or the last to correct it, is who others find it with.
 */
function claims(
  reading: JsonObject,
  state: string,
  find: Around['find'],
  by: string,
): readonly Claim[] {
  if (state === 'deleted') return []
  const [point = ''] = pointKeys(reading)
  const values = valuesIn(reading)
  const known = values.map((it) => {
    const claim = { rule: 'MTR-DUP', key: JSON.stringify([by, keyOf(point, ofKind(it))]) } as const
    const held = find({ noun: NOUN, object: undefined, claim })
    return { it, claim, value: held && sameValue(held.object, it) }
  })
  const isOld = (it: Value, value: Value | undefined): boolean =>
    value !== undefined && !corrects(it, value) && (isEqual(it, value) || corrects(value, it))
  const isRepeated = known.every(({ it, value }) => isOld(it, value))
  return known.flatMap(({ it, claim, value }): readonly Claim[] => [
    {
      ...claim,
      reason: told(reading, it, value ?? it).reason,
      same: () => isRepeated,
      ...(isOld(it, value) ? { yields: true } : {}),
      takes: () => value !== undefined && corrects(it, value),
    },
    ...foundBy(reading, it),
  ])
}

/** By its own kind, or by the power that it is. */
const isOf = ({ kind }: Value, what: string) => kind === what || powerKind(kind) === what

const ofKind = ({ kind: what, at }: Value) => ({ what, at })

/** A group has no values that others are made of. */
function foundBy(reading: JsonObject, it: Value): readonly Claim[] {
  if (groupOf(reading) !== undefined) return []
  const power = powerKind(it.kind)
  const known = [it.kind, ...(power === '' ? [] : [power])]
  return known.flatMap((what) =>
    pointKeys(reading).map((place) => ({
      ...({ rule: 'MTR-DUP', yields: true, reason: '' } as const),
      key: keyOf(place, { what, at: it.at }),
      takes: (other: JsonObject) => {
        const value = valuesIn(other).find((one) => one.at === it.at && isOf(one, what))
        return value !== undefined && corrects(it, value)
      },
    })),
  )
}
