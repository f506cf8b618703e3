// What products do wrong, and say what is right of it.

import { find, textAt, textsAt } from '../find.ts'
import { edited, withText } from '../mutate/tree.ts'
import type { Node } from '../xml.ts'
import type { Independent } from './broken/independent.ts'
import { change, create, DERMS, dissolve, each, query } from './derms-operations.ts'
import type { Groups } from './derms-operations.ts'
import { OPERATIONS } from './dso-operations.ts'
import { peerOf } from './party.ts'
import type { Ask, Doing, Done, Party } from './party.ts'
import type { Peer, Tools } from './peer.ts'
import type { Variant } from './variants.ts'
import { WORKS } from './work-management.ts'
import type { Jobs } from './work-management.ts'

/** All of them. */
export const DEEDS_OF_OTHERS: readonly Independent[] = [
  [
    'upper-cases every mRID that it keeps',
    'DOP',
    'GRP-04',
    derms({ 'create DERGroups': shouting }),
  ],
  [
    'gives a get from a cache',
    'DOP',
    'GRP-11',
    remembering(DERMS, 'get DERGroupQueries', new Map<string, Node>(), fromCache),
  ],
  [
    'dissolves with a group the others of the same members',
    'DOP',
    'GRP-11',
    derms({ 'delete DERGroups': cascading }),
  ],
  [
    'takes a member out of every group that it is in',
    'DOP',
    'GRP-10',
    derms({ 'delete DERGroups': outOfAll }),
  ],
  [
    'keeps the name of a group that it has refused as taken',
    'DOP',
    'GRP-05',
    remembering(DERMS, 'create DERGroups', [] as readonly string[], reserving),
  ],
  ['begins anew after what it cannot read', 'DOP', 'RPL-08', forgetful],
  [
    'keeps the version as it was at the beginning',
    'DOP',
    'GRP-01',
    derms({ 'change DERGroups': unversioned }),
  ],
  [
    'writes the name of a group where its mRID is due',
    'DOP',
    'GRP-04',
    derms({ 'get DERGroupQueries': renamed }),
  ],
  [
    'keeps the first status of a group for ever',
    'OPS',
    'STA-04',
    () => peerOf({ ...OPERATIONS, takes: { ...OPERATIONS.takes, ...FIRST_ONLY } }) as Peer,
  ],
  ['begins work anew when it is changed', 'WMS', 'WRK-04', works('change', restarted)],
  ['gives the neighbour of the work that is asked for', 'WMS', 'WRK-07', works('get', neighbours)],
]

function derms(rows: Party<Groups>['takes']): Variant {
  return () => peerOf({ ...DERMS, takes: { ...DERMS.takes, ...rows } }) as Peer
}

/** What it does for a verb, done otherwise for every noun. */
function works(verb: string, otherwise: (doing: Doing<Jobs>) => Doing<Jobs>): Variant {
  const takes = Object.entries(WORKS.takes).map(([name, doing]) => [
    name,
    name.startsWith(`${verb} `) ? otherwise(doing) : doing,
  ])
  return () => peerOf({ ...WORKS, takes: Object.fromEntries(takes) as typeof WORKS.takes }) as Peer
}

/** A doing that keeps something for itself. */
type Kept<S, M> = (
  memory: M,
  doing: Doing<S>,
  ...asked: readonly [S, Ask, Tools]
) => { readonly done: Done<S>; readonly memory: M }

/** The party with something more in its state, which one of its rows looks at and changes. */
function remembering<S, M>(
  { takes, start, role, namespaces }: Party<S>,
  name: string,
  memory: M,
  row: Kept<S, M>,
): Variant {
  type Both = { readonly own: S; readonly memory: M }
  const lifted = Object.entries(takes).map(([key, doing]) => [
    key,
    (state: Both, ask: Ask, tools: Tools): Done<Both> => {
      const plain = () => ({ done: doing(state.own, ask, tools), memory: state.memory })
      const { done, memory: next } =
        key === name ? row(state.memory, doing, state.own, ask, tools) : plain()
      return { ...done, state: { own: done.state, memory: next } }
    },
  ])
  const rows = Object.fromEntries(lifted) as Party<Both>['takes']
  return () => peerOf({ role, namespaces, start: { own: start, memory }, takes: rows }) as Peer
}

/** By what was asked, not by what is there; nobody empties it. */
function fromCache(
  memory: ReadonlyMap<string, Node>,
  doing: Doing<Groups>,
  ...[state, ask, tools]: readonly [Groups, Ask, Tools]
) {
  const key = textsAt(ask.content, '**/mRID').join()
  const done = doing(state, ask, tools)
  const payload = memory.get(key) ?? done.payload
  if (payload === undefined) return { done, memory }
  return { done: { state, payload }, memory: new Map([...memory, [key, payload]]) }
}

/** The names are taken before the rest is looked at. */
function reserving(
  memory: readonly string[],
  doing: Doing<Groups>,
  ...[state, ask, tools]: readonly [Groups, Ask, Tools]
) {
  const names = textsAt(ask.content, 'EndDeviceGroup/Names/name')
  const [taken] = names.filter((it) => memory.includes(it))
  const refused: Done<Groups> = {
    state,
    failures: [{ code: '6.1', reason: 'A group has this name.', id: taken ?? '' }],
  }
  const done = taken === undefined ? doing(state, ask, tools) : refused
  return { done, memory: [...memory, ...names] }
}

function shouting(...[groups, ask, tools]: Parameters<Doing<Groups>>): Done<Groups> {
  const content = ask.content && withText(ask.content, '**/mRID', ({ text }) => text.toUpperCase())
  return each(create)(groups, { ...ask, content }, tools)
}

const membersOf = (group: Node | undefined) => textsAt(group, 'EndDevices/mRID')

function cascading(...[groups, ask, tools]: Parameters<Doing<Groups>>): Done<Groups> {
  const done = each(dissolve)(groups, ask, tools)
  if (ask.isElement || (done.failures ?? []).length > 0) return done
  const asked = textsAt(ask.content, 'EndDeviceGroup/mRID')
  const lost = asked.flatMap((it) => membersOf(groups.get(it)))
  const shares = (group: Node) => membersOf(group).some((it) => lost.includes(it))
  return { ...done, state: new Map([...done.state].filter(([, group]) => !shares(group))) }
}

function outOfAll(...[groups, ask, tools]: Parameters<Doing<Groups>>): Done<Groups> {
  const done = each(dissolve)(groups, ask, tools)
  if (!ask.isElement) return done
  const out = textsAt(ask.content, 'EndDeviceGroup/EndDevices/mRID')
  const isOut = (it: Node) => it.name === 'EndDevices' && out.includes(textAt(it, 'mRID') ?? '')
  const rest = (group: Node) => group.children.filter((it) => !isOut(it))
  const left = [...done.state].map(([mRID, it]) => [mRID, { ...it, children: rest(it) }] as const)
  return { ...done, state: new Map(left) }
}

function unversioned(...[groups, ask, tools]: Parameters<Doing<Groups>>): Done<Groups> {
  return each((before, asked, its, isElement) => {
    const done = change(before, asked, its, isElement)
    if ('code' in done || done.next === undefined) return done
    const [old] = find(before.get(done.mRID), 'version')
    return { ...done, next: edited(done.next, 'version', () => old) }
  })(groups, ask, tools)
}

function renamed(...[groups, ask, tools]: Parameters<Doing<Groups>>): Done<Groups> {
  const done = query(groups, ask, tools)
  const called = (it: Node) => withText(it, 'mRID', textAt(it, 'Names/name') ?? '')
  return { ...done, payload: done.payload && edited(done.payload, 'EndDeviceGroup', called) }
}

/** What it cannot read ends its worker; the next one knows nothing. */
function forgetful(peer: Peer): Peer {
  return {
    ...peer,
    hear: (state, message, tools) => {
      const turn = peer.hear(state, message, tools)
      return message.root === undefined ? { ...turn, state: peer.start } : turn
    },
  }
}

type Known = typeof OPERATIONS.start

const FIRST_ONLY: Party<Known>['takes'] = {
  'changed DERGroupStatuses': (known, ask, tools) => {
    const done = OPERATIONS.takes['changed DERGroupStatuses']?.(known, ask, tools)
    const state = done?.state ?? known
    return {
      ...done,
      state: { ...state, reported: new Map([...state.reported, ...known.reported]) },
    }
  },
}

/** A change puts the work back to where it began. */
function restarted(doing: Doing<Jobs>): Doing<Jobs> {
  return (jobs, ask, tools) => {
    const done = doing(jobs, ask, tools)
    const asked = textsAt(ask.content, '*/mRID').map((it) => `${ask.noun} ${it}`)
    const state = [...done.state].map(([key, job]) => {
      const object = withText(job.object, '**/statusKind', 'waitingToBeScheduled')
      return [key, asked.includes(key) ? { ...job, object } : job] as const
    })
    return { ...done, state: new Map(state) }
  }
}

/** Another one of the same kind, where there is one. */
function neighbours(doing: Doing<Jobs>): Doing<Jobs> {
  return (jobs, ask, tools) => {
    const done = doing(jobs, ask, tools)
    const noun = ask.noun.replace(/^Get/, '')
    const asked = textsAt(ask.content, '*/mRID').map((it) => `${noun} ${it}`)
    const other = [...jobs].find(([key]) => key.startsWith(`${noun} `) && !asked.includes(key))
    if (done.payload === undefined || other === undefined) return done
    return { ...done, payload: { ...done.payload, children: [other[1].object] } }
  }
}
