// The same for how much is taken at once.

import { A, B } from './cases-of-sending.fixture.ts'
import type { Case } from './cases-of-sending.fixture.ts'

/** As `CASES`. */
export const BUSY = {
  smallBodyBounds: [
    [
      'load: {bodyBytes: 4096}\nlimits: {bodyBytes: 8192}',
      '1:19: load.bodyBytes: one message may have 8192 octets (limits.bodyBytes), and beside such a one none would be taken; write at least 8192.',
    ],
  ],
  greedyRates: [
    [
      `parties: {${A}, ${B}}
load: {rate: {perSecond: 100}, partyRate: {perSecond: 100}}
routes: [{when: {from: [a, b]}, to: local}]`,
      '2:55: load.partyRate.perSecond: one party may send as many requests a second as all together (load.rate), and then keeps the others out; write less than 100.',
    ],
    [
      `parties: {${A}, c: {auth: [{apiKey: "\${OTHER}"}], rate: {perSecond: 0, burst: 1}}}
routes: [{when: {from: [a, c]}, to: local}]`,
      '1:145: parties.c.rate.perSecond: one party may send as many requests a second as all together (load.rate), and then keeps the others out; write less than 10000.',
    ],
  ],
  emptyReserves: [
    [
      `parties: {${A}, c: {auth: [{apiKey: "\${OTHER}"}], urgent: true}}
load: {reserve: 0}
routes: [{when: {from: [a, c]}, to: local}]`,
      '1:135: parties.c.urgent: nothing is kept for it when the gateway is busy; write load.reserve above 0.',
    ],
  ],
} as const satisfies Readonly<Record<string, readonly Case[]>>
