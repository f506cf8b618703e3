// A service order: unchanged by whatever DERMS there is, and without a gate of Engineering.

import { defineFlow } from './flow.ts'
import { issueBreaches, issueClaims, issueRefers } from './issue.ts'
import {
  ORDER_FREEZES,
  orderClaims,
  requestsIn,
  verificationBreaches,
  verificationEnds,
  verificationMoves,
} from './verification.ts'
import { workNotices } from './work-next.ts'
import { SUPPORT } from './role.ts'
import { WORKS, WORK_VERBS, steppedBy, triggersTaken, workIntervals } from './work.ts'

export default defineFlow({
  ...WORKS,
  id: 'service-order',
  noun: 'ServiceOrders',
  objectType: 'ServiceOrder',
  verbs: WORK_VERBS,
  pattern: 'RR',
  about: 'order work, and tell how far it is',
  source: 'SO-01 to SO-03, SR-08, EPRI 3002014619 §5.4, §5.5',
  stepped: steppedBy((status) => `order_${status}`, ['waitingOnApproval']),
  frozen: { rule: 'WRK-FROZEN', freezes: ORDER_FREEZES },
  by: {
    steps: {
      create: [...SUPPORT, 'cpm'],
      change: [...SUPPORT, 'wms', 'cpm'],
      cancel: [...SUPPORT, 'wms', 'cpm'],
      delete: [...SUPPORT, 'cpm'],
    },
    otherwise: ['wms', ...SUPPORT],
    told: ['wms'],
    taken: triggersTaken,
  },
  links: ['ServiceRequest', 'EndDeviceEvent', 'customer'],
  rules: (after, { find }, before) => [
    ...verificationBreaches(after, before),
    ...issueBreaches(after, find),
    ...workIntervals(after, before),
  ],
  refers: requestsIn,
  leadsTo: issueRefers,
  claims: { inState: orderClaims, knowing: issueClaims },
  moves: verificationMoves,
  ends: verificationEnds,
  next: workNotices('ServiceOrder'),
})
