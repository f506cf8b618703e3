// Generators of what the example vendor's groups can hold, and of what they cannot.

import fc from 'fast-check'
import { numberOf } from '../../schema/json-text.ts'
import type { Json, JsonObject } from '../../schema/json-text.ts'
import { DER_FUNCTIONS } from '../../flows/der-functions.fixture.ts'

const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constant('00012345678901234567'))
const integer = fc.oneof(
  fc.bigInt().map((it): Json => numberOf(String(it))),
  fc.constantFrom<Json>('+5', '007'),
)

const some = <T>(members: Readonly<Record<string, fc.Arbitrary<T>>>) =>
  fc.record(members, { requiredKeys: [], noNullPrototype: true }) as fc.Arbitrary<JsonObject>

const badge = fc.record({
  name: text,
  NameType: fc.oneof(
    fc.constant({ name: 'badgeNumber' }),
    fc.record({
      name: fc.constant('badgeNumber'),
      NameTypeAuthority: fc.record({ name: text }),
    }),
  ),
})

const device = some<Json>({
  mRID: text,
  Names: badge.map((it) => [it as JsonObject]),
})

const group = some<Json>({
  mRID: text,
  description: text,
  DERFunction: fc.record(Object.fromEntries(DER_FUNCTIONS.map((it) => [it, fc.boolean()]))),
  EndDevices: fc.array(device, { maxLength: 4 }),
  Names: text.map((name) => [{ name }]),
  version: some<Json>({ date: text, major: integer, minor: integer, revision: integer }),
})

/** Content of DERGroups of which every member has a counterpart. */
export const groups: fc.Arbitrary<JsonObject> = fc
  .array(group, { minLength: 1, maxLength: 3 })
  .map((it) => ({ EndDeviceGroup: it }))

/** Members of a group that have none. */
export const strangers: fc.Arbitrary<JsonObject> = some<Json>({
  '#ext': fc.constant<Json>([{ ns: 'urn:x', xml: '<x/>' }]),
  '@ref': text,
  colour: some<Json>({ mRID: text }),
  __proto__x: integer,
})
