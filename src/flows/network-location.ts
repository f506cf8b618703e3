// Where in the network points of service are, as the DERMS has it: first all of them, then what has changed. A record is taken
// whole or not at all, and belongs to its usage point, by which it is known.

import { member, sameJson } from '../schema/json-text.ts'
import type { JsonObject } from '../schema/json-text.ts'
import { BESIDE, besideIn } from './beside.ts'
import { unnamed } from './device.ts'
import { defineFlow } from './flow.ts'
import type { Around, Breach, Claim, Placed } from './flow.ts'
import { boundsOf } from './interval.ts'
import { RECORDED, REPORT_VERBS } from './record.ts'
import { keysOf, unknownAmong } from './reference.ts'
import type { Named } from './reference.ts'
import { only } from './role.ts'

/** From the usage point to the substation. */
const PLACES = ['UsagePoint', 'transformer', 'feeder', 'substation'] as const

export default defineFlow({
  ...RECORDED,
  id: 'network-location',
  noun: 'NetworkLocations',
  objectType: 'NetworkLocation',
  verbs: [...REPORT_VERBS, 'cancel', 'close', 'canceled', 'closed', 'get'],
  pattern: 'EV',
  about:
    'tell where in the network points of service are, all of them (transferKind initial) before what has changed (incremental)',
  source: 'MD-01, G-AC32',
  by: only('derms', 'dso-dms'),
  invariants: (after, around, before) => [
    ...tooEarly(after, around),
    ...recordBreaches(after, around, before),
  ],
  policies: { incrementalFirst: { invariants: recordBreaches } },
  refers: (it) => [pointOf(it)],
  claims: { inState: claims },
  idOf: (it) => keysOf(member(it, 'UsagePoint'))[0],
  isWhole: true,
  // How it was told is no part of where it is.
  settled: (before, after) => (sameJson(untold(before), untold(after)) ? before : after),
  // One by itself is never all of them.
  puts: { transferKind: 'incremental' },
  begins: (it) => transferOf(it) === 'initial',
})

function untold({ [BESIDE]: _beside, ...location }: JsonObject): JsonObject {
  return location
}

function transferOf(location: JsonObject): unknown {
  return member(besideIn(location), 'transferKind')
}

/** What has changed means nothing to whoever does not have what was there before. */
function tooEarly(location: JsonObject, { hasBegun }: Around): readonly Breach[] {
  if (transferOf(location) !== 'incremental' || hasBegun?.() === true) return []
  const reason = 'What has changed is told before all network locations have been told once.'
  return [{ rule: 'NET-INIT', code: '6.1', reason }]
}

function recordBreaches(
  location: JsonObject,
  around: Around,
  before: Placed | undefined,
): readonly Breach[] {
  return [
    ...PLACES.flatMap((it) => unnamed(it, keysOf(member(location, it)))),
    ...unknownAmong([pointOf(location)], around),
    ...outOfOrder(location, before),
  ]
}

function pointOf(location: JsonObject): Named {
  const object = member(location, 'UsagePoint')
  return { noun: 'UsagePointConfig', object, code: '2.12', what: 'usage point' }
}

/** What was held up on its way does not undo what has come since. */
function outOfOrder(location: JsonObject, before: Placed | undefined): readonly Breach[] {
  const [is, was] = [location, before?.object].map((it) => member(it, 'effective'))
  if (typeof is !== 'string' || typeof was !== 'string') return []
  if (boundsOf({ start: is })[0] >= boundsOf({ start: was })[0]) return []
  const reason = `The location holds from ${is}, and what is known of the usage point from ${was}.`
  return [{ rule: 'NET-ORDER', code: '6.1', reason }]
}

function claims(location: JsonObject, state: string): readonly Claim[] {
  if (state !== 'present') return []
  return keysOf(member(location, 'UsagePoint')).map((key) => ({
    key,
    rule: 'NET-DUP',
    reason: `The place of the usage point ${key} is told under another mRID.`,
  }))
}
