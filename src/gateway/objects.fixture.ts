// For tests only: arbitrary groups and members, from few ids and names so that they meet often.

import * as fc from 'fast-check'
import type { JsonObject } from '../schema/json-text.ts'
import { hasIdentity } from './identity.ts'

const letter = fc.constantFrom('a', 'b', 'c', 'd')

const names = fc
  .uniqueArray(letter, { minLength: 1, maxLength: 2 })
  .map((list) => list.map((name) => ({ name, NameType: { name: `type of ${name}` } })))

/** A member with an mRID, with names, or with both. */
const anyMember: fc.Arbitrary<JsonObject> = fc
  .record({ mRID: letter, Names: names }, { requiredKeys: [] })
  .filter(hasIdentity) as fc.Arbitrary<JsonObject>

/** Members that may repeat each other. */
export const anyMembers: fc.Arbitrary<readonly JsonObject[]> = fc.array(anyMember, { maxLength: 6 })

/** Members by mRID alone, none twice. */
export const distinctMembers: fc.Arbitrary<readonly JsonObject[]> = fc
  .uniqueArray(letter, { maxLength: 4 })
  .map((ids) => ids.map((mRID) => ({ mRID })))

/** A group without identity of its own. */
export const anyGroup: fc.Arbitrary<JsonObject> = fc.record(
  {
    description: fc.string(),
    EndDevices: distinctMembers,
    version: fc.record({ minor: fc.nat() }),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<JsonObject>
