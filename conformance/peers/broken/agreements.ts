// Broken peers of S-4-3, agreements with a tariff: one line each, and the branch in which it shows.

import { find } from '../../find.ts'
import { withText, without } from '../../mutate/tree.ts'
import type { Node } from '../../xml.ts'
import type { BrokenRow } from './actors.ts'
import type { Tools } from '../peer.ts'
import { askedBy, eventOf } from '../said.ts'
import { adding, changing, isHeard, isSent, renumbered, sending, withholding } from '../sending.ts'
import { replying, withResult } from '../variants.ts'

const CHANGED = 'changed CustomerAgreements to DCS'
const CLOSED = 'closed CustomerAgreements to DCS'

const another =
  (path: string) =>
  (message: Node, { uuid }: Tools) =>
    withText(message, path, (it) => uuid('another', it.text))

/** It says OK to what it has not done. */
const pretending = replying((reply, { root }) =>
  root !== undefined && askedBy(root) === 'create CustomerAgreements'
    ? withResult(reply, 'OK')
    : reply,
)

/** All of them. */
export const AGREEMENT_ACTORS: readonly BrokenRow[] = [
  [
    'S-4-3/agreed',
    ...(['CIS', 'does not tell of the agreement', 'SCN-01'] as const),
    withholding('created CustomerAgreements to DCS'),
  ],
  [
    'S-4-3/ineligible',
    ...(['CIS', 'tells of an agreement that it has refused', 'SCN-02'] as const),
    adding(isHeard('create CustomerAgreements'), ({ root }, tools) =>
      find(root, 'Payload/*').map((it) => ({
        to: 'DCS',
        message: eventOf('CIS', 'created', it, tools, 'all the same'),
      })),
    ),
  ],
  [
    'S-4-3/closed',
    ...(['CIS', 'loses the tariff when the agreement changes', 'CAG-01'] as const),
    changing(CHANGED, (it) => without(it, 'Payload/*/*/PricingStructures')),
  ],
  [
    'S-4-3/agreed',
    ...(['CIS', 'gives one tariff of two', 'CAG-02'] as const),
    replying((reply) => without(reply, 'Payload/Tariffs/PricingStructure', (_it, at) => at === 1)),
  ],
  [
    'S-4-3/unknown-tariff',
    ...(['CIS', 'accepts an agreement with a tariff that is not there', 'CAG-03'] as const),
    pretending,
  ],
  [
    'S-4-3/no-tariff',
    ...(['CIS', 'accepts an agreement without a tariff', 'CAG-03'] as const),
    pretending,
  ],
  [
    'S-4-3/ineligible',
    ...(['CIS', 'accepts a tariff that the DER is not eligible for', 'CAG-04'] as const),
    pretending,
  ],
  [
    'S-4-3/unregistered',
    ...(['CIS', 'accepts an agreement about a DER that nobody knows', 'CAG-08'] as const),
    pretending,
  ],
  [
    'S-4-3/provider',
    ...(['CIS', 'gives the DER another mRID with another provider', 'CAG-05'] as const),
    changing(CHANGED, another('Payload/*/*/DERRegistrations/mRID')),
  ],
  [
    'S-4-3/provider',
    ...(['CIS', 'makes another agreement with another provider', 'CAG-06'] as const),
    changing(CHANGED, another('Payload/*/*/mRID')),
  ],
  [
    'S-4-3/agreed',
    ...(['CIS', 'does not record which tariff is used', 'CAG-07'] as const),
    replying((reply, { root }) =>
      root !== undefined && askedBy(root) === 'get CustomerAgreements'
        ? withText(reply, 'Payload/*/*/PricingStructures/mRID', 'none')
        : reply,
    ),
  ],
  [
    'S-4-3/provider',
    ...(['CIS', 'changes the tariff with the provider', 'CAG-09'] as const),
    changing(CHANGED, another('Payload/*/*/PricingStructures/mRID')),
  ],
  [
    'S-4-3/closed',
    ...(['CIS', 'does not tell that the agreement has ended', 'CAG-10'] as const),
    withholding(CLOSED),
  ],
  [
    'S-4-3/other-tariff',
    ...(['CIS', 'tells the tariff of before', 'CAG-10'] as const),
    withholding(CHANGED),
  ],
  [
    'S-4-3/closed',
    ...(['CIS', 'tells of changes of what has ended', 'CAG-11'] as const),
    sending((it, tools) => {
      const more = renumbered(withText(it.message, 'Header/Verb', 'changed'), tools)
      return isSent(it, CLOSED) ? [it, { ...it, message: more }] : [it]
    }),
  ],
]
