// For tests only: what a case of EPRI is, and what its messages are made of.

import { member } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import type { Fixture, Reply } from './gateway.fixture.ts'
import { derGroups, group, message, operation, operationSet } from './messages.fixture.ts'
import { payload, queryFor } from './messages.fixture.ts'

/** mRID of the first group. */
export const A = 'a0000000-0000-4000-8000-00000000000a'
/** mRID of the second group. */
export const B = 'b0000000-0000-4000-8000-00000000000b'
/** mRIDs of two members. */
export const [D1, D2] = [
  'd0000000-0000-4000-8000-000000000001',
  'd0000000-0000-4000-8000-000000000002',
]

/** The first group, with a member and a name. */
export const CREATE_A = message(
  { verb: 'create' },
  payload(group({ mRID: A, members: [D1], name: 'North' })),
)
/** The second group, with the same member. */
export const CREATE_B = message(
  { verb: 'create' },
  payload(group({ mRID: B, members: [D1], name: 'South' })),
)

/** A case: what is there before, what is sent, and everything that is to be seen afterwards. */
export interface Case {
  readonly before?: readonly string[]
  readonly send: string
  readonly mixedBatch?: 'partial' | 'failed'
  readonly result: string
  readonly codes?: readonly string[]
  /** texts of Error/ID */
  readonly failedIds?: readonly string[]
  /** members by group, as a get finds them afterwards */
  readonly state: Readonly<Record<string, readonly string[]>> | 'assigned'
  /** verbs of the events that the message itself led to */
  readonly events: readonly string[]
  readonly also?: (reply: Reply, fixture: Fixture) => void | Promise<void>
}

/** An OperationSet with one removal of parts. */
export function removal(id: string, content: string): string {
  const only = operation(id, 'delete', derGroups(content), { parts: true })
  return message({ verb: 'execute', noun: 'OperationSet' }, operationSet(false, only))
}

/** A get under the query noun. */
export function query(...groups: readonly string[]): string {
  return message({ verb: 'get', noun: 'DERGroupQueries' }, queryFor(...groups))
}

/** The groups that a reply gives back. */
export function groupsIn(json: JsonObject): readonly JsonObject[] {
  return listOf(member(member(json, 'payload'), 'DERGroups'), 'EndDeviceGroup')
}

/** A member that is a list of objects; empty where it is absent. */
export function listOf(of: Json | undefined, name: string): readonly JsonObject[] {
  const list = member(of, name)
  return Array.isArray(list) ? (list as readonly JsonObject[]) : []
}

/** The last Error of a reply. */
export function errorOf(json: JsonObject): JsonObject {
  return listOf(member(json, 'reply'), 'Error').at(-1) ?? {}
}

/** The texts of IDs. */
export function textsOf(of: Json | undefined, name: string): readonly string[] {
  return listOf(of, name).flatMap((it) => {
    const text = member(it, '$')
    return typeof text === 'string' ? [text] : []
  })
}

/** major.minor of a group. */
export function versionOf(it: JsonObject | undefined): string {
  const version = member(it, 'version')
  return `${String(member(version, 'major'))}.${String(member(version, 'minor'))}`
}
