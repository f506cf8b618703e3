// Broken peers of S-4-1, the connection of a DER: one line each, and the branch in which it shows.

import { textAt } from '../../find.ts'
import { withText, without } from '../../mutate/tree.ts'
import type { Node } from '../../xml.ts'
import type { BrokenRow } from './actors.ts'
import { services } from '../customer-information-services.ts'
import { idOf } from '../drafts.ts'
import { joined } from '../joined.ts'
import { peerOf } from '../party.ts'
import type { Doing } from '../party.ts'
import type { Peer, Sent, Tools } from '../peer.ts'
import { askedBy } from '../said.ts'
import {
  both,
  changing,
  forgetting,
  isHeard,
  isSent,
  renumbered,
  sending,
  triggerOf,
  withholding,
} from '../sending.ts'
import { reviewed } from '../service-connections.ts'
import { noticeOf } from '../service-standing.ts'
import { approvedOf, ordered } from '../service-verification.ts'
import { oneAfterTheOther } from '../service-desk.ts'
import type { Desk, Standing, Turned } from '../service-desk.ts'
import { replying, withResult } from '../variants.ts'
import type { Variant } from '../variants.ts'

const NOTICE = 'created CustomerNotifications to CUST'
const ORDER = 'create ServiceOrders to WMS'
const REVIEW = 'create InterconnectionReviews to ENG'
const TOLD = 'created DERRegistrations to DCS'

const SIGN = 'change CustomerAgreements'
const DECIDED = 'changed InterconnectionReviews'
const CLOSED = 'closed ServiceOrders'

type Rows = Readonly<Record<string, Doing<Desk>>>

/** Customer Support with other rows. */
function support(...all: readonly ((own: Rows) => Rows)[]): Variant {
  const party = services()
  const takes = all.reduce<Rows>((own, make) => ({ ...own, ...make(own) }), party.takes)
  return () => peerOf(joined(['services', { ...party, takes }])) as Peer
}

/** Once a request has come into a state by this message, it does that, too. */
function also(
  row: string,
  state: string,
  what: (desk: Desk, request: Standing, tools: Tools) => Turned,
  isFirst = false,
) {
  return (own: Rows): Rows => ({
    [row]: (desk, ask, tools) => {
      const done = own[row]?.(desk, ask, tools) ?? { state: desk }
      const come = [...done.state.requests.values()].filter(
        (it) => it.state === state && desk.requests.get(idOf(it.object))?.state !== state,
      )
      const more = oneAfterTheOther(
        done.state,
        ...come.map((it) => (one: Desk) => what(one, it, tools)),
      )
      const sends = [done.sends ?? [], more.sends ?? []]
      return { ...done, state: more.state, sends: (isFirst ? sends.reverse() : sends).flat() }
    },
  })
}

/** It takes this, and does nothing. */
const deaf = (row: string) => (): Rows => ({ [row]: (desk) => ({ state: desk }) })

/** It does this, and does not send that. */
const mute =
  (row: string, words: string) =>
  (own: Rows): Rows => ({
    [row]: (desk, ask, tools) => {
      const done = own[row]?.(desk, ask, tools) ?? { state: desk }
      return { ...done, sends: (done.sends ?? []).filter((it) => !isSent(it, words)) }
    },
  })

const telling = (trigger: string) => (desk: Desk, request: Standing, tools: Tools) =>
  noticeOf(desk, request, trigger, 'is told', tools)

/** Without anything being put down. */
const ordering = (desk: Desk, request: Standing, tools: Tools): Turned => ({
  ...ordered(desk, request, tools),
  state: desk,
})

const another =
  (path: string) =>
  (message: Node, { uuid }: Tools) =>
    withText(message, path, (it) => uuid('another', it.text))

const isTariff = (it: Node) => textAt(it, 'NameType/name') === 'PricingStructure'
const isConnected = (it: Sent) => isSent(it, NOTICE) && triggerOf(it.message) === 'connected'

/** All of them. */
export const CONNECTION_ACTORS: readonly BrokenRow[] = [
  [
    'S-4-1/rejected',
    ...(['CIS', 'asks Engineering before the customer has agreed', 'SCN-03'] as const),
    support(
      also('change ServiceRequests', 'tariffSelected', (desk, it, tools) =>
        reviewed(desk, idOf(it.object), tools),
      ),
    ),
  ],
  [
    'S-4-1/connected',
    ...(['CIS', 'tells the customer before the DERMS', 'SCN-04'] as const),
    support(also(CLOSED, 'verified', telling('connected'), true)),
  ],
  [
    'S-4-1/connected',
    ...(['CIS', 'tells that it is accepted when Engineering has not decided', 'SVC-01'] as const),
    support(also(SIGN, 'engineeringReview', telling('applicationAccepted'))),
  ],
  [
    'S-4-1/connected',
    ...(['CIS', 'tells the DERMS when it is approved, and not verified', 'SVC-02'] as const),
    support(
      also(DECIDED, 'verificationOrdered', (desk, it, tools) => ({
        state: desk,
        sends: [approvedOf(desk, it, tools)],
      })),
      mute(CLOSED, TOLD),
      also(CLOSED, 'verified', telling('connected')),
    ),
  ],
  [
    'S-4-1/not-verified',
    ...(['CIS', 'tells the customer before it is verified', 'SVC-02'] as const),
    support(also(DECIDED, 'verificationOrdered', telling('connected')), mute(CLOSED, TOLD)),
  ],
  [
    'S-4-1/withdrawn',
    ...(['CIS', 'orders when Engineering has not decided', 'SVC-03'] as const),
    support(also(SIGN, 'engineeringReview', ordered), deaf(DECIDED)),
  ],
  [
    'S-4-1/connected',
    ...(['CIS', 'changes the mRID of the device on its way to the DERMS', 'SVC-04'] as const),
    changing(TOLD, another('Payload/*/*/EndDevice/mRID')),
  ],
  [
    'S-4-1/connected',
    ...(['CIS', 'has another device verified', 'SVC-04'] as const),
    changing(ORDER, another('Payload/**/Assets/mRID')),
  ],
  [
    'S-4-1/rejected',
    ...(['CIS', 'has another DER reviewed', 'SVC-04'] as const),
    changing(REVIEW, another('Payload/*/*/DERRegistration/mRID')),
  ],
  [
    'S-4-1/connected',
    ...(['CIS', 'loses the tariff on its way to work management', 'SVC-05'] as const),
    changing(ORDER, (it) => without(it, 'Payload/*/*/Names', isTariff)),
  ],
  [
    'S-4-1/connected',
    ...(['CIS', 'loses the tariff on its way to the DERMS', 'SVC-05'] as const),
    changing(TOLD, (it) => without(it, 'Payload/*/*/PricingStructure')),
  ],
  [
    'S-4-1/rejected',
    ...(['CIS', 'orders although it is rejected', 'SVC-06'] as const),
    support(also(DECIDED, 'rejected', ordered), deaf(CLOSED)),
  ],
  [
    'S-4-1/connected',
    ...(['CIS', 'notifies twice', 'SVC-07'] as const),
    sending((it, tools) =>
      isConnected(it) ? [it, { ...it, message: renumbered(it.message, tools) }] : [it],
    ),
  ],
  [
    'S-4-1/connected',
    ...(['CIS', 'tells the customer nothing', 'SVC-08'] as const),
    withholding(NOTICE),
  ],
  [
    'S-4-1/no-study',
    ...(['CIS', 'does not tell the customer that nothing comes of it', 'SVC-08'] as const),
    withholding(NOTICE, 'rejected'),
  ],
  [
    'S-4-1/withdrawn',
    ...(['CIS', 'orders once more what was withdrawn', 'SVC-09'] as const),
    support(also('cancel ServiceRequests', 'withdrawn', ordering)),
  ],
  [
    'S-4-1/repeated',
    ...(['CIS', 'orders twice what is signed by a message that comes twice', 'SVC-10'] as const),
    both(
      support((own) => ({
        [SIGN]: (desk, ask, tools) => {
          const done = own[SIGN]?.(desk, ask, tools) ?? { state: desk }
          const over = [...desk.requests.values()].filter((it) => it.state === 'completed')
          const more = over.flatMap((it) => ordering(desk, it, tools).sends ?? [])
          return { ...done, sends: [...(done.sends ?? []), ...more] }
        },
      })),
      forgetting(isHeard(SIGN)),
    ),
  ],
  [
    'S-4-1/not-verified',
    ...(['CIS', 'lets it rest when it is not verified', 'SVC-11'] as const),
    support(mute(CLOSED, ORDER)),
  ],
  [
    'S-4-1/withdrawn',
    ...(['CIS', 'lets work management verify what was withdrawn', 'SVC-12'] as const),
    withholding('cancel ServiceOrders to WMS'),
  ],
  [
    'S-4-1/no-communication',
    ...(['CIS', 'takes a tariff that the DER cannot keep to', 'SVC-13'] as const),
    replying((reply, { root }) =>
      root !== undefined && askedBy(root) === 'change ServiceRequests'
        ? withResult(reply, 'OK')
        : reply,
    ),
  ],
  [
    'S-4-1/de-enrolled',
    ...(['CIS', 'has a customer inspected who leaves a programme', 'SVC-14'] as const),
    both(
      support(also('create ServiceRequests', 'submitted', ordering)),
      changing(ORDER, (it) => without(it, 'Payload/**/Assets')),
    ),
  ],
]
