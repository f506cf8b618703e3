// Being told which DER were in a group, and from when to when: what invoicing and audits stand on.

import { member } from '../schema/json-text.ts'
import type { JsonObject } from '../schema/json-text.ts'
import { deviceKeys, unnamed } from './device.ts'
import { defineFlow } from './flow.ts'
import type { Breach } from './flow.ts'
import type { Member } from './frozen.ts'
import { isForward } from './interval.ts'
import { stayClaims } from './membership.ts'
import { RECORDED, REPORT_VERBS } from './record.ts'
import { keysOf } from './reference.ts'

const START: Member = {
  name: 'interval.start',
  of: (it) => member(member(it, 'interval'), 'start'),
}

export default defineFlow({
  ...RECORDED,
  id: 'der-group-membership',
  noun: 'DERGroupMemberships',
  objectType: 'DERGroupMembership',
  verbs: [...REPORT_VERBS, 'get'],
  pattern: 'EV',
  about: 'tell which DER were in a group, each once at a time',
  source: 'F32-E, GN-01, EPRI 3002014619 §3',
  invariants: (it) => [...named(it), ...backward(it)],
  frozen: { rule: 'MEM-FROZEN', freezes: [{ members: ['EndDeviceGroup', 'EndDevice', START] }] },
  claims: { inState: (it, state) => (state === 'present' ? stayClaims(it) : []) },
})

function named(membership: JsonObject): readonly Breach[] {
  return [
    ...unnamed('EndDeviceGroup', keysOf(member(membership, 'EndDeviceGroup'))),
    ...unnamed('EndDevice', deviceKeys(member(membership, 'EndDevice'))),
  ]
}

function backward(membership: JsonObject): readonly Breach[] {
  if (isForward(member(membership, 'interval'))) return []
  return [{ rule: 'MEM-INTERVAL', code: '6.1', reason: 'The interval ends before it starts.' }]
}
