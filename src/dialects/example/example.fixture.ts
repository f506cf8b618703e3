// For tests only: rows of the example vendor as it says them and as CIM does, generators of what it can hold, and the laws
// that every one of its resources keeps.

import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import type { Test } from 'uvu'
import * as assert from 'uvu/assert'
import { member, readJson, sameJson, writeJson } from '../../schema/json-text.ts'
import type { Json, JsonObject } from '../../schema/json-text.ts'
import type { Resource } from '../dialect.ts'

/** One row: what the vendor says, and what CIM says. */
export type Pair = readonly [row: string, vendor: JsonObject, cim: JsonObject]

export const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constant('00012345678901234567'))

export const some = (members: Readonly<Record<string, fc.Arbitrary<Json>>>) =>
  fc.record(members, { requiredKeys: [], noNullPrototype: true }) as fc.Arbitrary<JsonObject>

/** An object with at least one of these: one that has none has nothing that the vendor could say. */
export const part = (members: Readonly<Record<string, fc.Arbitrary<Json>>>) =>
  some(members).filter((it) => Object.keys(it).length > 0)

export const named: fc.Arbitrary<Json> = text.map((name) => [{ name }])
export const byId: fc.Arbitrary<Json> = text.map((mRID) => ({ mRID }))
export const byIds: fc.Arbitrary<Json> = fc.array(byId, { maxLength: 3 })
export const organisation: fc.Arbitrary<Json> = fc.oneof(
  named.map((Names): Json => ({ Names })),
  byId,
)
export const literal = (codes: readonly (readonly [string, string])[]): fc.Arbitrary<Json> =>
  fc.constantFrom(...codes.map(([, it]) => it))

/** The codes of one field, and what each stands for. */
export function codePairs(
  field: string,
  codes: readonly (readonly [code: string, literal: string])[],
  inside: (literal: string) => JsonObject,
): readonly Pair[] {
  return codes.map(([code, it]) => [`${field} ${code}`, { [field]: code }, inside(it)])
}

/** Every row both ways, alone and without a loss. */
export function eachRow(test: Test, element: string, rows: readonly Pair[], it: Resource): void {
  for (const [row, vendor, cim] of rows) {
    test(`${row} becomes CIM`, () => {
      const { json, losses, problems } = it.toCim(vendor)
      assert.equal(json, { [element]: [cim] })
      assert.equal([losses.dropped, losses.unmapped, problems], [[], [], []])
    })
    test(`${row} comes from CIM`, () => {
      const { json, losses, problems } = it.toVendor({ [element]: [cim] })
      assert.equal(json, [vendor])
      assert.equal([losses.dropped, losses.unmapped, problems], [[], [], []])
    })
  }
}

/** P-13: what the vendor can say comes back as it was, both ways; what it cannot is listed and hurts nothing else. */
export function keepsLaws(
  test: Test,
  element: string,
  object: fc.Arbitrary<JsonObject>,
  { toCim, toVendor }: Resource,
): void {
  const contents = fc
    .array(object, { minLength: 1, maxLength: 3 })
    .map((list): JsonObject => ({ [element]: list }))

  test('P-13: CIM comes back as it was, without a loss', () => {
    fc.assert(
      fc.property(contents, (cim) => {
        const there = toVendor(cim)
        const back = toCim(there.json)
        assert.equal([there.problems, there.losses.dropped, back.problems], [[], [], []])
        assert.equal(back.losses.dropped, [])
        assert.ok(
          sameJson(back.json, cim),
          `${writeJson(cim)} came back as ${writeJson(back.json)}`,
        )
      }),
    )
  })

  test('P-13: the vendor’s own JSON comes back too', () => {
    fc.assert(
      fc.property(contents, (cim) => {
        const vendor = toVendor(cim).json
        assert.ok(sameJson(toVendor(toCim(vendor).json).json, vendor))
      }),
    )
  })

  test('P-13: what the vendor cannot say is listed, and hurts nothing else', () => {
    const strange = { '#ext': [{ ns: 'urn:x', xml: '<x/>' }], colour: { mRID: 'x' } }
    fc.assert(
      fc.property(contents, (cim) => {
        const list = cim[element] as readonly JsonObject[]
        const more = toVendor({ [element]: list.map((it) => ({ ...it, ...strange })) })
        assert.is(more.losses.dropped.length, 2 * list.length)
        assert.ok(sameJson(toCim(more.json).json, cim))
      }),
    )
  })
}

/** Wrong JSON of the vendor: where the fault is, what is wrong, how to mend it. */
export function refuses(
  test: Test,
  { toCim }: Resource,
  misfits: readonly (readonly [Json, path: string, said: RegExp])[],
): void {
  for (const [json, path, said] of misfits)
    test(`${writeJson(json)} is refused at "${path}"`, () => {
      const { problems } = toCim(json)
      assert.equal(
        problems.map((it) => it.path),
        [path],
      )
      const [problem] = problems
      assert.match(`${problem?.message} ${problem?.mend}`, said)
    })
}

/** The samples of a flow are each other's translation, without a loss. */
export function translatesSamples(
  test: Test,
  flow: string,
  noun: string,
  { toCim, toVendor }: Resource,
): void {
  test('the samples are each other’s translation, without loss', () => {
    const vendor = sample(flow, 'example.json')
    const cim = member(sample(flow, 'example.cim.json'), noun) ?? {}
    const { '@xmlns': _, ...content } = cim as JsonObject
    assert.ok(sameJson(toCim(vendor).json, content))
    assert.ok(sameJson(toVendor(content).json, [vendor]))
    assert.equal([toCim(vendor).losses.dropped, toVendor(content).losses.dropped], [[], []])
  })
}

function sample(flow: string, name: string): Json {
  const url = new URL(`../../../../samples/${flow}/${name}`, import.meta.url)
  const read = readJson(readFileSync(url, 'utf8'))
  if ('fault' in read) throw new Error(`${flow}/${name}: ${read.fault.message}`)
  return read.value
}
