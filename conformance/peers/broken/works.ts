// Broken peers of S-4-2, work that a customer has asked for: one line each, and the branch in which it shows.

import { find, textAt } from '../../find.ts'
import { withText, without } from '../../mutate/tree.ts'
import type { BrokenRow } from './actors.ts'
import { draftOf, reference } from '../drafts.ts'
import type { Heard, Sent, Tools } from '../peer.ts'
import { eventOf, requestOf } from '../said.ts'
import {
  adding,
  both,
  isHeard,
  isSent,
  renumbered,
  sending,
  waking,
  whenRefused,
  withholding,
} from '../sending.ts'
import { hearing } from '../variants.ts'
import { element } from '../write.ts'

const NOTICE = 'created CustomerNotifications to CUST'
const WORK = 'create WorkRequests to WMS'
const DESIGN = 'create WorkRequests to ENG'
const STATUS = 'Payload/*/*/Work/statusKind'

/** A notice that the work of a message is done. */
function done({ root }: Pick<Heard, 'root'>, tools: Tools): Sent {
  const ns = draftOf('CustomerNotifications')
  const id = textAt(root, 'Payload/*/*/mRID') ?? ''
  const text = (name: string, value: string) => element(ns, name, value)
  const content = element(ns, 'CustomerNotifications', [
    element(ns, 'CustomerNotification', [
      ...[text('contactType', 'portal'), text('contactValue', 'account')],
      ...[text('text', 'It is done.'), text('trigger', 'workCompleted')],
      element(ns, 'about', [text('mRID', id), text('objectType', 'WorkRequest')]),
      reference(ns, 'Customer', 'customer'),
    ]),
  ])
  return { to: 'CUST', message: eventOf('CIS', 'created', content, tools, 'too early', id) }
}

const asHeard = (it: Sent): Heard => ({ text: '', root: it.message, wrong: [] })

/** The work of a message, as if it were approved. */
function handedOver({ root }: Heard, tools: Tools): readonly Sent[] {
  const [content] = find(
    root === undefined ? root : withText(root, STATUS, 'approved'),
    'Payload/*',
  )
  if (content === undefined) return []
  return [{ to: 'WMS', message: requestOf('CIS', 'create', content, tools, 'all the same') }]
}

/** All of them. */
export const WORK_ACTORS: readonly BrokenRow[] = [
  [
    'S-4-2/done',
    ...(['CIS', 'hands the work over when it is not designed', 'WKR-01'] as const),
    sending((it, tools) => {
      if (isSent(it, WORK)) return []
      const early = renumbered(withText(it.message, STATUS, 'approved'), tools)
      return isSent(it, DESIGN) ? [it, { to: 'WMS', message: early }] : [it]
    }),
  ],
  [
    'S-4-2/done-via-WMS',
    ...(['WMS', 'begins when it is not designed', 'WKR-01'] as const),
    waking(isHeard('create WorkRequests'), ({ root }) => [
      { afterMs: 1000, word: `inProgress WorkRequests ${textAt(root, 'Payload/*/*/mRID') ?? ''}` },
    ]),
  ],
  [
    'S-4-2/done',
    ...(['CIS', 'tells the customer that it is done when it is handed over', 'WKR-02'] as const),
    both(
      withholding(NOTICE),
      sending((it, tools) => (isSent(it, WORK) ? [it, done(asHeard(it), tools)] : [it])),
    ),
  ],
  [
    'S-4-2/done',
    ...(['WMS', 'tells that another work is scheduled', 'WKR-03'] as const),
    sending((it, { uuid }) =>
      isSent(it, 'changed WorkRequests to CIS') && textAt(it.message, STATUS) === 'scheduled'
        ? [
            {
              ...it,
              message: withText(it.message, 'Payload/*/*/mRID', (id) => uuid('another', id.text)),
            },
          ]
        : [it],
    ),
  ],
  [
    'S-4-2/closed-twice',
    ...(['CIS', 'tells the customer as often as it is told', 'WKR-04'] as const),
    sending((it, tools) =>
      isSent(it, NOTICE) ? [it, { ...it, message: renumbered(it.message, tools) }] : [it],
    ),
  ],
  [
    'S-4-2/done',
    ...(['CIS', 'tells the customer nothing', 'WKR-05'] as const),
    withholding(NOTICE),
  ],
  [
    'S-4-2/infeasible',
    ...(['CIS', 'hands over what cannot be done', 'WKR-06'] as const),
    adding(isHeard('changed WorkRequests', STATUS, 'cancelled'), handedOver),
  ],
  [
    'S-4-2/refused',
    ...(['CIS', 'tells that it is done although nobody has taken it', 'WKR-07'] as const),
    whenRefused('create WorkRequests', done),
  ],
  [
    'S-4-2/cancelled',
    ...(['WMS', 'closes what was cancelled', 'WKR-08'] as const),
    sending((it, tools) => {
      const closed = renumbered(withText(it.message, 'Header/Verb', 'closed'), tools)
      return isSent(it, 'canceled WorkRequests to CIS') ? [it, { ...it, message: closed }] : [it]
    }),
  ],
  [
    'S-4-2/infeasible',
    ...(['CIS', 'does not tell that it cannot be done', 'WKR-09'] as const),
    withholding(NOTICE, 'rejected'),
  ],
  [
    'S-4-2/cancelled',
    ...(['WMS', 'does not tell that it is cancelled', 'WKR-10'] as const),
    withholding('canceled WorkRequests to CIS'),
  ],
  [
    'S-4-2/each-for-itself',
    ...(['WMS', 'does all or none where each is meant', 'WKR-11'] as const),
    hearing((it) =>
      it.root === undefined
        ? it
        : {
            ...it,
            root: withText(it.root, 'Payload/OperationSet/enforceTransactionalIntegrity', 'true'),
          },
    ),
  ],
  [
    'S-4-2/all-or-none',
    ...(['WMS', 'does each for itself where all or none is meant', 'OPS-01'] as const),
    hearing((it) =>
      it.root === undefined
        ? it
        : {
            ...it,
            root: without(it.root, 'Payload/OperationSet/enforceTransactionalIntegrity'),
          },
    ),
  ],
]
