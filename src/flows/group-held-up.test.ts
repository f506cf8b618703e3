// What an operator is told of a request about a group whose contracts were changed in part.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { JsonObject } from '../schema/json-text.ts'
import type { Around } from './flow.ts'
import { CONTRACTS_LEFT } from './group-held-up.ts'

const test = suite('flows: held up')

const GROUP = { mRID: 'g' }
const numbered = (count: number) => Array.from({ length: count }, (_, n) => ({ mRID: `d${n}` }))

const request = (state: string, EndDevices: readonly JsonObject[]): JsonObject => ({
  mRID: 'q',
  action: state === 'approved' ? 'form' : 'dissolve',
  EndDeviceGroup: GROUP,
  EndDevices,
  status: { value: state },
})

/** Every device is registered at a usage point of its own, and under an agreement; some of these name the group. */
const known =
  (naming: readonly string[], state = 'active'): Around['find'] =>
  (it) => {
    const [id] = /d\d+/.exec(JSON.stringify(it)) ?? []
    if (id === undefined) return undefined
    if (it.noun === 'DERRegistrations')
      return { state: 'present', object: { mRID: 'r', UsagePoint: { mRID: `at-${id}` } } }
    const groups = naming.includes(id) ? { EndDeviceGroups: [GROUP] } : {}
    return { state, object: { mRID: `agreement-${id}`, ...groups } }
  }

const said = (state: string, devices: number, find: Around['find']) =>
  CONTRACTS_LEFT[state]?.said(request(state, numbered(devices)), find) ?? { reason: '', mend: '' }

test('agreements that are left are named, those that are done are not', () => {
  const forming = said('approved', 3, known(['d0']))
  assert.match(forming.reason, /group g \(request q\).*do not name the group yet: .*-d1, .*-d2\.$/)
  assert.match(forming.mend, /:resend/)
  const ending = said('dissolving', 3, known(['d0']))
  assert.match(ending.reason, /still name the group: agreement-d0\.$/)
})

test('of many some are named, and the others counted', () => {
  assert.match(said('approved', 25, known([])).reason, /-d19 and 5 more\.$/)
})

test('what keeps them from being changed is said, where that is known', () => {
  assert.match(said('approved', 0, known([])).reason, /names no EndDevices/)
})

test('a suspended agreement is left like any other: groups are taken out of it, too', () => {
  const { reason } = said('dissolving', 1, known(['d0'], 'suspended'))
  assert.match(reason, /still name the group: agreement-d0\.$/)
})

test.run()
