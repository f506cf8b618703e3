// SM-FILE: the way of one file, from its folder to whoever it is for. The state stands here and nowhere else: that the file is
// called otherwise afterwards is for people to see (flows §6; Oracle 22C release notes, Device Calculated Score).

import type { Lifecycle } from './lifecycle.ts'

const [TRANSFER, OURS, ANNEX_B] = ['SC-01, G8', 'G8; ours', 'IEC 61968-100:2013 Annex B']

/** What is not yet over, in its order. */
const ON_ITS_WAY = ['listed', 'fetching', 'validated', 'delivering'] as const

/** By trigger: where it leads to. */
const TO = {
  list: 'listed',
  fetch: 'fetching',
  validate: 'validated',
  deliver: 'delivering',
  complete: 'delivered',
  rename: 'renamed',
  fail: 'failed',
} as const

const STATES = Object.values(TO)

/** One file. What another system tells of its files begins where it says. A failed one is `listed` again where a person has put it back under its name. */
export const FILE: Lifecycle = {
  id: 'SM-FILE',
  about: 'A file that is handed over',
  terminal: ['deleted'],
  steps: [
    { from: '', trigger: 'list', to: 'listed', source: TRANSFER },
    { from: 'listed', trigger: 'fetch', to: 'fetching', source: TRANSFER },
    { from: 'fetching', trigger: 'validate', to: 'validated', source: TRANSFER },
    { from: 'validated', trigger: 'deliver', to: 'delivering', source: TRANSFER },
    { from: 'delivering', trigger: 'complete', to: 'delivered', source: TRANSFER },
    { from: 'delivered', trigger: 'rename', to: 'renamed', source: TRANSFER },
    ...ON_ITS_WAY.map((from) => ({ from, trigger: 'fail', to: 'failed', source: TRANSFER })),
    { from: 'failed', trigger: 'list', to: 'listed', source: OURS },
    ...Object.entries(TO)
      .slice(1)
      .map(([trigger, to]) => ({ from: '', trigger, to, source: OURS })),
    ...STATES.map((it) => ({ from: it, trigger: 'change', to: it, source: OURS })),
    ...STATES.map((it) => ({ from: it, trigger: 'delete', to: 'deleted', source: ANNEX_B })),
  ],
}
