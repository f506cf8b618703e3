// SM-MTR: what is told of a device or of a group. What is told of a group is compared with what is told of its members.

import type { Lifecycle } from './lifecycle.ts'

const [KEPT, SUMS] = ['IEC 61968-100:2013 Annex B', 'EPRI 3002014619 §3, G-AC45']

/** Of a device `told`; of a group `checked` where its members add up to it, `unchecked` where nobody can tell. */
export const READING: Lifecycle = {
  id: 'SM-MTR',
  about: 'What is told of a device, or of a group and compared with what is told of its members',
  terminal: ['deleted'],
  steps: [
    { from: '', trigger: 'create', to: 'told', source: KEPT },
    { from: '', trigger: 'check', to: 'checked', source: SUMS },
    { from: '', trigger: 'trust', to: 'unchecked', source: SUMS },
    { from: 'told', trigger: 'change', to: 'told', source: KEPT },
    ...['told', 'checked', 'unchecked'].flatMap((from) => [
      { from, trigger: 'check', to: 'checked', source: SUMS },
      { from, trigger: 'trust', to: 'unchecked', source: SUMS },
      { from, trigger: 'delete', to: 'deleted', source: KEPT },
    ]),
    { from: 'checked', trigger: 'change', to: 'told', source: KEPT },
    { from: 'unchecked', trigger: 'change', to: 'told', source: KEPT },
  ],
}
