// For tests only: what a vendor can say, made from the rows of a mapping, and the laws that a mapping of rows keeps whatever
// its rows are.

import fc from 'fast-check'
import type { Test } from 'uvu'
import * as assert from 'uvu/assert'
import { isObject, member, sameJson, writeJson } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import type { Mapped, Resource } from './dialect.ts'
import { vendorFields } from './row.ts'
import type { NameField, Row, WordsRow } from './row.ts'

const ZONES = ['America/Chicago', 'Asia/Kolkata', 'UTC', 'Australia/Lord_Howe', 'America/Havana']

/** Members of an object, each of them there or not. */
type Members = Readonly<Record<string, fc.Arbitrary<Json>>>

const some = (members: Members): fc.Arbitrary<JsonObject> =>
  fc.record(members, { requiredKeys: [], noNullPrototype: true }) as fc.Arbitrary<JsonObject>

/** One that says nothing is not said at all. */
const filled = (members: Members): fc.Arbitrary<JsonObject> =>
  some(members).filter((it) => Object.keys(it).length > 0)

const textOf = (most = 40): fc.Arbitrary<Json> =>
  fc.oneof(
    fc
      .string({ unit: 'grapheme', maxLength: Math.min(most, 12) })
      .map((it) => [...it].slice(0, most).join('')),
    fc.constant('00012345678901234567'.slice(0, most)),
  )

const day = fc
  .integer({ min: 0, max: 20_000 })
  .map((it) => new Date(it * 86_400_000).toISOString().slice(0, 10))
const stamp = fc
  .tuple(day, fc.constantFrom('T01:30:00Z', 'T23:59:59.250Z'))
  .map((it) => it.join(''))

/** Fields that stand in the object itself, and what they may hold. */
function membersOf(rows: readonly Row[]): Members {
  return Object.assign({}, ...rows.map(memberOf)) as Members
}

function memberOf(row: Row): Members {
  switch (row.kind) {
    case 'value':
      return {
        [row.vendor]: row.isZone === true ? fc.constantFrom(...ZONES) : textOf(row.most),
      }
    case 'code':
      return { [row.vendor]: fc.constantFrom(...Object.keys(row.codes)) }
    case 'date':
      return { [row.vendor]: day }
    case 'stamp':
      return { [row.vendor]: stamp }
    case 'part':
      return { [row.vendor]: some(membersOf(row.rows)) }
    case 'nest':
      return { [row.vendor]: filled(membersOf(row.rows)) }
    case 'list':
      return { [row.vendor]: fc.array(objectOf(row.rows), { maxLength: 3 }) }
    case 'ids':
      return { [row.vendor]: fc.array(textOf(), { maxLength: 3 }) }
    case 'codes':
    case 'flags':
      return { [row.vendor]: fc.subarray(Object.keys(row.codes)) }
    case 'inline':
    case 'only':
      return membersOf(row.rows)
    case 'names':
      return Object.assign({}, ...row.names.map(nameOf)) as Members
    case 'words': {
      const chosen = fc.constantFrom(...row.words.filter((it) => it.isRead !== true))
      const one = fc.tuple(chosen, textOf()).map(([{ said, text }, why]): Json => {
        return { ...said, ...(text === undefined ? {} : { [text.row.vendor]: why }) }
      })
      return { [row.vendor[0]]: one }
    }
    case 'shared':
    case 'constant':
      return {}
  }
}

function nameOf({ vendor, most }: NameField): Members {
  return { [vendor]: textOf(most) }
}

/** An issuer says nothing without its name, and a key has both. */
function objectOf(rows: readonly Row[]): fc.Arbitrary<JsonObject> {
  return some(membersOf(rows)).map((it) => withIssuers(it, rows) as JsonObject)
}

function withIssuers(it: Json, rows: readonly Row[]): Json {
  if (!isObject(it)) return it
  return rows.reduce((whole, row): JsonObject => {
    if (row.kind === 'names') return { ...whole, ...issuersIn(whole, row.names) }
    if (row.kind === 'words') return inWords(whole, row)
    if (row.kind === 'inline' || row.kind === 'only')
      return { ...whole, ...(withIssuers(whole, row.rows) as JsonObject) }
    if (row.kind !== 'nest' && row.kind !== 'part') return whole
    const own = member(whole, row.vendor)
    return own === undefined ? whole : { ...whole, [row.vendor]: withIssuers(own, row.rows) }
  }, it)
}

/** What was chosen for the first field is what all of them say. */
function inWords(whole: JsonObject, { vendor: [first] }: WordsRow): JsonObject {
  const chosen = member(whole, first)
  return isObject(chosen) ? { ...whole, ...chosen } : whole
}

function issuersIn(it: JsonObject, names: readonly NameField[]): JsonObject {
  return Object.fromEntries(
    names.flatMap(({ vendor, issuer }) =>
      issuer === undefined || member(it, vendor) === undefined ? [] : [[issuer, 'NEST']],
    ),
  )
}

/** The rows that are read from around a list, wherever they stand. */
function sharedRows(rows: readonly Row[]): readonly Row[] {
  return rows.flatMap((it) => {
    if (it.kind === 'shared') return it.rows
    return 'rows' in it ? sharedRows(it.rows) : []
  })
}

/** Where a date needs a zone, the zone is there. */
function zoned(it: JsonObject, rows: readonly Row[], zone: string): JsonObject {
  const steps = zonesIn(rows)
  return steps.reduce((whole, [first = '', second = '']) => {
    const own = member(whole, first)
    return { ...whole, [first]: { ...(isObject(own) ? own : {}), [second]: zone } }
  }, it)
}

function zonesIn(rows: readonly Row[]): readonly (readonly string[])[] {
  return rows.flatMap((it) => {
    if (it.kind === 'date') return [it.zone.vendor]
    return 'rows' in it ? zonesIn(it.rows) : []
  })
}

/** What the vendor sends: one object, or a message around a list of them. */
export function vendorJson({ rows, around }: Mapped): fc.Arbitrary<JsonObject> {
  const object = fc
    .tuple(objectOf(rows), fc.constantFrom(...ZONES))
    .map(([it, zone]) => zoned(it, rows, zone))
  if (around === undefined) return object
  const head = objectOf([...around.rows, ...sharedRows(rows)])
  const list = fc.array(object, { minLength: 1, maxLength: 3 })
  return fc.tuple(head, list).map(([it, items]) => ({ ...it, [around.list]: items }))
}

const AGREED = { timeZone: 'America/Chicago' }

/** P-13, for whatever the rows can say. */
export function keepsRowLaws(
  test: Test,
  name: string,
  { toCim, toVendor, mapped }: Resource,
): void {
  if (mapped === undefined) return

  test(`P-13: ${name}: what the vendor says comes back as it was`, () => {
    fc.assert(
      fc.property(vendorJson(mapped), (vendor) => {
        const there = toCim(vendor, AGREED)
        assert.equal([there.problems, there.losses.dropped, there.losses.kept], [[], [], []])
        const back = toVendor(there.json, AGREED)
        assert.equal([back.problems, back.losses.dropped], [[], []])
        assert.ok(
          sameJson(back.json, [vendor]),
          `${writeJson(vendor)} came back as ${writeJson(back.json)}`,
        )
      }),
      { numRuns: 15 },
    )
  })

  test(`P-13: ${name}: what CIM says of it comes back, too`, () => {
    fc.assert(
      fc.property(vendorJson(mapped), (vendor) => {
        const cim = toCim(vendor, AGREED).json
        const [again = {}] = toVendor(cim, AGREED).json
        assert.ok(sameJson(toCim(again, AGREED).json, cim))
      }),
      { numRuns: 10 },
    )
  })

  test(`P-13: ${name}: what it has no word for is listed, kept, and comes back`, () => {
    const strange = { colour: { hue: '</x:field>&\u0000\uffff', depth: [1, 'é', null] } }
    fc.assert(
      fc.property(vendorJson(mapped), (vendor) => {
        const list = mapped.around?.list
        const items = list === undefined ? undefined : member(vendor, list)
        const more = Array.isArray(items)
          ? {
              ...vendor,
              shade: 7,
              [list ?? '']: items.map((it) => ({ ...(it as JsonObject), ...strange })),
            }
          : { ...vendor, ...strange }
        const there = toCim(more, AGREED)
        assert.is(there.losses.kept.length, Array.isArray(items) ? items.length + 1 : 1)
        assert.ok(sameJson(toVendor(there.json, AGREED).json, [more]))
      }),
      { numRuns: 6 },
    )
  })
}

/** Every vendor field of the rows, by its path; lists are not counted. */
export function fieldsOf(rows: readonly Row[], at = ''): readonly string[] {
  return rows.flatMap((row): readonly string[] => {
    switch (row.kind) {
      case 'nest':
      case 'part':
      case 'list':
        return fieldsOf(row.rows, `${at}/${row.vendor}`)
      case 'inline':
      case 'only':
      case 'shared':
        return fieldsOf(row.rows, at)
      case 'names':
        return row.names
          .flatMap((it) => [it.vendor, ...(it.issuer === undefined ? [] : [it.issuer])])
          .map((it) => `${at}/${it}`)
      case 'words':
        return vendorFields(row).map((it) => `${at}/${it}`)
      case 'constant':
        return []
      default:
        return [`${at}/${row.vendor}`]
    }
  })
}

/** Every field that a JSON value holds, by its path; items of lists stand at the path of their list. */
export function pathsIn(it: Json, at = ''): readonly string[] {
  if (Array.isArray(it)) return it.flatMap((one: Json) => pathsIn(one, at))
  if (!isObject(it)) return [at]
  return Object.entries(it).flatMap(([name, value]) => pathsIn(value, `${at}/${name}`))
}
