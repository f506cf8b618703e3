// Parties of scenarios that are broken in one way each, a line a party, with the branches that it shows in and the requirements
// that have to say so.

import { find, textAt } from '../../find.ts'
import { edited, withText, without } from '../../mutate/tree.ts'
import type { Role } from '../../shapes.ts'
import type { Node } from '../../xml.ts'
import { informationOf } from '../customer-information.ts'
import { judged, unregistered, unsuited } from '../customer-information-groups.ts'
import type { Judge } from '../customer-information-groups.ts'
import { supportOf } from '../customer-support.ts'
import {
  changeContracts,
  CONTRACTS,
  contractsOf,
  tellDerms,
} from '../customer-support-contracts.ts'
import type { Contracts } from '../customer-support-contracts.ts'
import { DERMS } from '../derms-operations.ts'
import { keeping } from '../derms-runs.ts'
import { actionOf, groupIn, membersIn } from '../group-content.ts'
import { peerOf } from '../party.ts'
import type { Peer, Sent } from '../peer.ts'
import { askedBy } from '../said.ts'
import { refused } from '../service-desk.ts'
import { replying, sending } from '../variants.ts'
import type { Variant } from '../variants.ts'
import { element } from '../write.ts'

/** One of them. */
export interface BrokenScene {
  readonly id: string
  readonly role: Role
  readonly kills: readonly string[]
  readonly branches: readonly string[]
  readonly of: Variant
}

/** Its judgement without what one rule says. */
function lenient(rule: Judge): Variant {
  return instead((known, request) => {
    const forgiven = rule(known, request).map((it) => `${it.code} ${it.id} ${it.reason}`)
    return judged(known, request).filter(
      (it) => !forgiven.includes(`${it.code} ${it.id} ${it.reason}`),
    )
  })
}

function instead(judge: Judge): Variant {
  return () => peerOf(informationOf('ENG', judge)) as Peer
}

/** What it sends of this kind is another message. */
function changing(what: string, change: (message: Node) => Node): Variant {
  return sending((it) => [
    askedBy(it.message) === what ? { ...it, message: change(it.message) } : it,
  ])
}

/** What it sends of this kind is not sent. */
function silentOn(what: string, isMeant: (it: Sent) => boolean = () => true): Variant {
  return sending((it) => (askedBy(it.message) === what && isMeant(it) ? [] : [it]))
}

const fewer = (path: string, most: number) => (message: Node) =>
  without(message, path, (_it, at) => at >= most)

/** DERMS Operations with other rows. */
function derms(rows: (typeof DERMS)['takes'], isKeeping = true): Variant {
  const party = { ...DERMS, takes: { ...DERMS.takes, ...rows } }
  return () => (isKeeping ? peerOf(keeping(party)) : peerOf(party)) as Peer
}

/** DERMS Customer Support that does nothing more when this has come back. */
function forgetting(what: string): Variant {
  const follows = { ...CONTRACTS.follows, [what]: (state: never) => ({ state }) }
  return () => supportOf({ ...CONTRACTS, follows } as typeof CONTRACTS) as Peer
}

/** DERMS Customer Support whose own contracts stay as they are from a step on, whatever it says to others. */
function stale(isMeant: (request: Node) => boolean): Variant {
  const party = contractsOf((state, request, tools) => {
    const done = changeContracts(state, request, tools)
    return isMeant(request) ? { ...done, state: { ...done.state, known: state.known } } : done
  })
  const follow = party.follows?.['create DERGroups']
  const takes = { ...party.takes, 'changed CustomerAgreements': (state: Contracts) => ({ state }) }
  const follows: typeof party.follows = {
    ...party.follows,
    'create DERGroups': (state, sent, reply, tools) => {
      const done = follow?.(state, sent, reply, tools) ?? { state }
      return { ...done, state: { ...done.state, known: state.known } }
    },
  }
  return () => supportOf({ ...party, takes, follows }) as Peer
}

type Line = readonly [id: string, role: Role, kills: string, branches: string, of: Variant]

const GROUP = 'Payload/DERGroups/EndDeviceGroup'
const REQUEST = 'Payload/DERGroupRequests/DERGroupRequest'
const ALL = 'S-5-1/formed S-5-2/dissolved'

const LINES: readonly Line[] = [
  [
    'approves a group with an unregistered member',
    ...(['CIS', 'GRQ-01 SCN-02', 'S-5-1/unregistered-member'] as const),
    lenient(unregistered),
  ],
  [
    'approves what the tariff does not take',
    ...(['CIS', 'GFO-05 SCN-02', 'S-5-1/tariff-violation'] as const),
    lenient(unsuited),
  ],
  [
    'approves a group of nothing',
    ...(['CIS', 'GFO-10 SCN-02', 'S-5-1/empty'] as const),
    lenient((_known, request) =>
      membersIn(request).length > 0
        ? []
        : [refused('A group has members, or says what it has to reach.', groupIn(request))],
    ),
  ],
  [
    'wants each DER in one group alone',
    ...(['CIS', 'GRP-13 GFO-12', 'S-5-1/member-of-two'] as const),
    instead((known, request) => {
      const taken = [...known.groups.values()].flatMap((it) => it.members)
      const twice = membersIn(request).filter((it) => taken.includes(it))
      return [...judged(known, request), ...twice.map((it) => refused('It is in a group.', it))]
    }),
  ],
  [
    'dissolves whatever it is asked to',
    ...(['CIS', 'GRP-09 SCN-02', 'S-5-2/unknown'] as const),
    instead(() => []),
  ],
  [
    'loses a member when it approves',
    ...(['CIS', 'GFO-02', 'S-5-1/formed'] as const),
    changing('changed DERGroupRequests', fewer(`${REQUEST}/EndDevices`, 2)),
  ],
  [
    'approves another group than was asked for',
    ...(['CIS', 'GFO-01', 'S-5-1/formed'] as const),
    changing('changed DERGroupRequests', (it) =>
      withText(it, `${REQUEST}/EndDeviceGroup/mRID`, 'another'),
    ),
  ],
  [
    'does not pass on what it approves',
    ...(['CIS', 'SCN-01', ALL] as const),
    silentOn('changed DERGroupRequests', (it) => it.to === 'DCS'),
  ],
  [
    'does not say that it came to nothing',
    ...(['CIS', 'GFO-08', 'S-5-1/refused-by-derms S-5-2/refused-by-derms'] as const),
    silentOn('changed DERGroupRequests', (it) => it.to === 'AGG'),
  ],
  [
    'does not touch the contracts',
    ...(['DCS', 'GFO-03', 'S-5-1/formed'] as const),
    () => supportOf(contractsOf(tellDerms)) as Peer,
  ],
  [
    'does not take the group out of contracts',
    ...(['DCS', 'GFO-07 GFO-08', 'S-5-1/refused-by-derms'] as const),
    forgetting('create DERGroups'),
  ],
  [
    'has the contracts undone, and keeps its own',
    ...(['DCS', 'GFO-07', 'S-5-1/refused-by-derms'] as const),
    stale(() => false),
  ],
  [
    'has contracts released, and keeps its own',
    ...(['DCS', 'GDI-03', 'S-5-2/dissolved'] as const),
    stale((request) => actionOf(request) === 'dissolve'),
  ],
  [
    'leaves contracts as they are when the DERMS does not dissolve',
    ...(['DCS', 'GDI-07 GFO-08', 'S-5-2/refused-by-derms'] as const),
    forgetting('delete DERGroups'),
  ],
  [
    'keeps 255 members',
    ...(['DCS', 'GFO-02', 'S-5-1/1000-members'] as const),
    changing('create DERGroups', fewer(`${GROUP}/EndDevices`, 255)),
  ],
  [
    'calls the group otherwise',
    ...(['DCS', 'GFO-02', 'S-5-1/formed'] as const),
    changing('create DERGroups', (it) => withText(it, `${GROUP}/Names/name`, 'another')),
  ],
  [
    'folds the case of ids',
    ...(['DCS', 'GFO-11 GFO-01', 'S-5-1/no-uuid'] as const),
    changing('create DERGroups', (it) =>
      withText(it, `${GROUP}/mRID`, (one) => one.text.toUpperCase()),
    ),
  ],
  [
    'tells the DERMS that another member leaves',
    ...(['DCS', 'GDI-02', 'S-5-2/member-leaves'] as const),
    sending((it) => [
      textAt(it.message, 'Payload/OperationSet/Operation/noun') === 'DERGroups'
        ? { ...it, message: withText(it.message, 'Payload/**/EndDevices/mRID', 'another') }
        : it,
    ]),
  ],
  [
    'says nothing to the DERMS',
    ...(['DCS', 'SCN-01', ALL] as const),
    sending((it) => (it.to === 'DOP' ? [] : [it])),
  ],
  [
    'gives no version',
    ...(['DOP', 'GFO-06', 'S-5-1/formed'] as const),
    replying((reply) => without(reply, `${GROUP}/version`)),
  ],
  [
    'does not raise the version',
    ...(['DOP', 'GRP-01', 'S-5-2/member-leaves'] as const),
    replying((reply) =>
      edited(reply, `${GROUP}/version`, (it) => ({
        ...it,
        children: [element(it.ns, 'revision', '0')],
      })),
    ),
  ],
  [
    'keeps a dissolved group',
    ...(['DOP', 'GRP-11 DSP-04', 'S-5-2/dissolved'] as const),
    derms({ 'delete DERGroups': (groups) => ({ state: groups }) }),
  ],
  [
    'keeps a dissolved group dispatchable',
    ...(['DOP', 'DSP-04', 'S-5-2/dissolved'] as const),
    derms({ 'create DERGroupDispatches': (groups) => ({ state: groups }) }),
  ],
  [
    'loses one member more than leaves',
    ...(['DOP', 'GRP-10', 'S-5-2/member-leaves'] as const),
    replying((reply) =>
      find(reply, `${GROUP}/EndDevices`).length < 3
        ? edited(reply, `${GROUP}/EndDevices`, (it, at) => (at === 0 ? undefined : it))
        : reply,
    ),
  ],
  [
    'dissolves a group that is dispatched',
    ...(['DOP', 'GDI-05', 'S-5-2/scheduled S-5-2/in-progress'] as const),
    derms({}, false),
  ],
  [
    'answers Operations with the ids of another message',
    ...(['DOP', 'COR-01', 'S-5-1/formed'] as const),
    replying((reply) => withText(reply, 'Header/CorrelationID', 'another')),
  ],
  [
    'knows no notice that is about groups',
    ...(['OPS', 'COR-01', 'S-5-1/by-dso'] as const),
    replying((reply) => withText(reply, 'Header/CorrelationID', 'another')),
  ],
  [
    'takes notices for other ones',
    ...(['AGG', 'COR-01', 'S-5-1/refused-by-derms'] as const),
    replying((reply) => withText(reply, 'Header/CorrelationID', 'another')),
  ],
]

/** All of them. */
export const BROKEN_SCENES: readonly BrokenScene[] = LINES.map(
  ([id, role, kills, branches, of]) => ({
    ...{ id, role, of },
    kills: kills.split(' '),
    branches: branches.split(' '),
  }),
)
