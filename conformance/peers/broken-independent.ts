// Peers that are wrong as products are, written from the standard and the register without a look at the checks: each says
// what has to find it. What the suite does not find of these is a hole in the suite, not in the list.

import { find, textAt, textsAt } from '../find.ts'
import type { Node } from '../xml.ts'
import { SUPPORT } from './customer-support.ts'
import { change, create, DERMS, dissolve, each, query } from './derms-operations.ts'
import type { Groups } from './derms-operations.ts'
import { OPERATIONS } from './dso-operations.ts'
import { peerOf } from './party.ts'
import type { Doing, Done, Party } from './party.ts'
import type { Answer, Heard, Peer, Turn } from './peer.ts'
import { WORKS } from './work-management.ts'

/** A peer that is wrong in one thing. */
export interface Independent {
  readonly title: string
  readonly peer: Peer
  /** each of these has to be found */
  readonly finds: readonly string[]
}

const row = (title: string, peer: unknown, ...finds: readonly string[]): Independent => ({
  title,
  peer: peer as Peer,
  finds,
})

/** All of them. */
export const INDEPENDENT: readonly Independent[] = [
  // what is kept
  row('upper-cases every mRID that it keeps', derms({ 'create DERGroups': shouting }), 'GRP-04'),
  row('gives back a get from a cache', derms({ 'get DERGroupQueries': cached() }), 'GRP-11'),
  row(
    'dissolves with a group the others of the same members',
    derms({ 'delete DERGroups': cascading }),
    'GRP-11',
  ),
  row(
    'takes a member out of every group that it is in',
    derms({ 'delete DERGroups': outOfAll }),
    'GRP-10',
  ),
  row(
    'keeps the name of a group that it has refused as taken',
    derms({ 'create DERGroups': reserving() }),
    'GRP-05',
  ),
  row('begins anew after what it cannot read', forgetful(), 'RPL-08'),
  row(
    'keeps the version as it was at the beginning',
    derms({ 'change DERGroups': unversioned }),
    'GRP-01',
  ),
  row(
    'writes the name of a group where its mRID is due',
    derms({ 'get DERGroupQueries': renamed }),
    'GRP-04',
  ),
  // what is answered
  row('answers the request before', late(), 'COR-01'),
  row('gives the reply the noun of its payload', nounOfPayload(), 'NOU-03'),
  row('says PARTIAL where everything has failed', said(DERMS, partial), 'GRP-09'),
  row(
    'says FAILED by HTTP 500',
    said(DERMS, (it) => (result(it) === 'FAILED' ? { ...it, status: 500 } : it)),
    'TRN-04',
  ),
  row(
    'writes its own words as code',
    said(DERMS, (it) => edited(it, 'code', (text) => (text === '99.1' ? 'NOT_FOUND' : text))),
    'GRP-09',
    'RPL-05',
  ),
  row(
    'leaves the id out of an Error',
    said(DERMS, (it) => without(it, 'ID')),
    'GRP-09',
  ),
  row(
    'writes Errors without a word',
    said(DERMS, (it) => without(it, 'reason')),
    'RPL-04',
  ),
  row(
    'writes the Timestamp of its wall clock, without zone',
    said(DERMS, (it) => edited(it, 'Timestamp', (text) => text.replace(/Z$/, ''))),
    'HDR-04',
  ),
  row(
    'counts replies from 1 after each start of its worker',
    said(DERMS, (it) => edited(it, 'MessageID', () => 'reply-1')),
    'HDR-02',
  ),
  row('refuses a message that it has had', refusing(), 'HDR-05'),
  row(
    'says who was made only in Reply, not in Payload',
    said(DERMS, (it) => (isCreated(it) ? without(it, 'Payload') : it)),
    'GRP-07',
  ),
  // what is taken
  row('ignores what its schema does not know', lax('PAY-01'), 'PAY-07'),
  row('goes by the payload, whatever the Noun says', byPayload(), 'NOU-04'),
  row('carries out the first Operation of a set, and says OK', firstOnly(), 'OPS-01'),
  row('waits with its reply for an address that it was not given', lax('COR-02'), 'COR-03'),
  // the others
  row(
    'keeps the first status of a group for ever',
    operations({ 'changed DERGroupStatuses': firstReport }),
    'STA-04',
  ),
  row(
    'gives a status back in plain W, and leaves the number as it is',
    said(OPERATIONS, (it) => edited(it, 'yMultiplier', () => 'none')),
    'STA-04',
  ),
  row(
    'answers an event by its own verb',
    said(SUPPORT, (it, heard) =>
      edited(it, 'Verb', () => textAt(heard.root, 'Header/Verb') ?? 'reply'),
    ),
    'VRB-01',
  ),
  row('begins work anew when it is changed', works('change', restarted), 'WRK-04'),
  row(
    'keeps maintenance orders among service orders',
    said(WORKS, (it) => renamedRoot(it, 'MaintenanceOrders', 'ServiceOrders')),
    'WRK-01',
  ),
  row('names everything of a message where one of it fails', namesAll(), 'WRK-03'),
  row('gives the neighbour of the work that is asked for', works('get', neighbours), 'WRK-07'),
]

type Takes<S> = Readonly<Record<string, Doing<S>>>

function derms(takes: Takes<Groups>) {
  return peerOf({ ...DERMS, takes: { ...DERMS.takes, ...takes } })
}

type Known = typeof OPERATIONS extends Party<infer S> ? S : never

function operations(takes: Takes<Known>) {
  return peerOf({ ...OPERATIONS, takes: { ...OPERATIONS.takes, ...takes } })
}

type Jobs = typeof WORKS extends Party<infer S> ? S : never

/** What it does for a verb, done otherwise for every noun. */
function works(verb: string, otherwise: (doing: Doing<Jobs>) => Doing<Jobs>) {
  const takes = Object.entries(WORKS.takes).map(([name, doing]) => [
    name,
    name.startsWith(`${verb} `) ? otherwise(doing) : doing,
  ])
  return peerOf({ ...WORKS, takes: Object.fromEntries(takes) as Takes<Jobs> })
}

/** The reference, whose answers are changed before they leave. */
function said<S>(party: Party<S>, change: (answer: Answer, heard: Heard) => Answer) {
  return turned(party, (turn, heard) => ({
    ...turn,
    reply: turn.reply === undefined ? undefined : change(turn.reply, heard),
  }))
}

function turned<S>(party: Party<S>, change: (turn: Turn<unknown>, heard: Heard) => Turn<unknown>) {
  const peer = peerOf(party) as Peer
  return {
    ...peer,
    hear: ((state, heard, tools) => change(peer.hear(state, heard, tools), heard)) as Peer['hear'],
  }
}

/** Every element of the name, however deep, rewritten. */
function rewritten(node: Node, name: string, to: (it: Node) => Node | undefined): Node {
  const children = node.children.flatMap((it) => {
    const come = it.name === name ? to(it) : it
    return come === undefined ? [] : [rewritten(come, name, to)]
  })
  return { ...node, children }
}

function edited(answer: Answer, name: string, text: (before: string) => string): Answer {
  const to = (it: Node) => ({ ...it, text: text(it.text) })
  return { ...answer, message: rewritten(answer.message, name, to) }
}

function without(answer: Answer, name: string): Answer {
  return { ...answer, message: rewritten(answer.message, name, () => undefined) }
}

function result({ message }: Answer): string | undefined {
  return textAt(message, 'Reply/Result')
}

function isCreated({ message }: Answer): boolean {
  return textAt(message, 'Header/Noun') === 'DERGroups'
}

function partial(answer: Answer): Answer {
  return result(answer) === 'FAILED' ? edited(answer, 'Result', () => 'PARTIAL') : answer
}

function shouting(...[groups, ask, tools]: Parameters<Doing<Groups>>): Done<Groups> {
  const content = ask.content && rewritten(ask.content, 'mRID', upper)
  return each(create)(groups, { ...ask, content }, tools)
}

const upper = (it: Node): Node => ({ ...it, text: it.text.toUpperCase() })

/** By what was asked, not by what is there; nobody empties it. */
function cached(): Doing<Groups> {
  const kept = new Map<string, Node | undefined>()
  return (groups, ask, tools) => {
    const key = textsAt(ask.content, '**/mRID').join()
    const done = query(groups, ask, tools)
    if (!kept.has(key)) kept.set(key, done.payload)
    const payload = kept.get(key)
    return payload === undefined ? done : { state: groups, payload }
  }
}

const membersOf = (group: Node | undefined) => textsAt(group, 'EndDevices/mRID')

function cascading(...[groups, ask, tools]: Parameters<Doing<Groups>>): Done<Groups> {
  const done = each(dissolve)(groups, ask, tools)
  if (ask.isElement || (done.failures ?? []).length > 0) return done
  const lost = textsAt(ask.content, 'EndDeviceGroup/mRID').flatMap((it) =>
    membersOf(groups.get(it)),
  )
  const shares = (group: Node) => membersOf(group).some((it) => lost.includes(it))
  return { ...done, state: new Map([...done.state].filter(([, group]) => !shares(group))) }
}

function outOfAll(...[groups, ask, tools]: Parameters<Doing<Groups>>): Done<Groups> {
  const done = each(dissolve)(groups, ask, tools)
  if (!ask.isElement) return done
  const out = textsAt(ask.content, 'EndDeviceGroup/EndDevices/mRID')
  const isOut = (it: Node) => it.name === 'EndDevices' && out.includes(textAt(it, 'mRID') ?? '')
  const rest = (group: Node): Node => ({
    ...group,
    children: group.children.filter((it) => !isOut(it)),
  })
  return { ...done, state: new Map([...done.state].map(([mRID, group]) => [mRID, rest(group)])) }
}

/** The names are taken before the rest is looked at. */
function reserving(): Doing<Groups> {
  const names = new Set<string>()
  return (groups, ask, tools) =>
    each((before, asked, its) => {
      const name = textAt(asked, 'Names/name') ?? ''
      if (names.has(name)) return { code: '6.1', reason: 'A group has this name.', id: name }
      names.add(name)
      return create(before, asked, its)
    })(groups, ask, tools)
}

function unversioned(...[groups, ask, tools]: Parameters<Doing<Groups>>): Done<Groups> {
  return each((before, asked, its, isElement) => {
    const done = change(before, asked, its, isElement)
    if ('code' in done || done.next === undefined) return done
    const [old] = find(before.get(done.mRID), 'version')
    return { ...done, next: rewritten(done.next, 'version', () => old) }
  })(groups, ask, tools)
}

function renamed(...[groups, ask, tools]: Parameters<Doing<Groups>>): Done<Groups> {
  const done = query(groups, ask, tools)
  const groupOf = (it: Node) => {
    const name = textAt(it, 'Names/name')
    const to = (one: Node) => (name === undefined ? one : { ...one, text: name })
    const children = it.children.map((one) => (one.name === 'mRID' ? to(one) : one))
    return { ...it, children }
  }
  return { ...done, payload: done.payload && rewritten(done.payload, 'EndDeviceGroup', groupOf) }
}

/** What it cannot read ends its worker; the next one knows nothing. */
function forgetful(): Peer {
  const peer = derms({}) as Peer
  const hear: Peer['hear'] = (state, heard, tools) => {
    const turn = peer.hear(state, heard, tools)
    return heard.root === undefined ? { ...turn, state: peer.start } : turn
  }
  return { ...peer, hear }
}

/** One behind, as where a reply was left in a queue. */
function late(): Peer {
  const peer = derms({}) as Peer
  interface Late {
    readonly state: unknown
    readonly before: Answer | undefined
  }
  const hear: Peer['hear'] = (state, heard, tools) => {
    const { before, state: own } = state as Late
    const turn = peer.hear(own, heard, tools)
    return {
      ...turn,
      state: { state: turn.state, before: turn.reply },
      reply: before ?? turn.reply,
    }
  }
  return { ...peer, start: { state: peer.start, before: undefined }, hear }
}

function nounOfPayload() {
  return said(DERMS, (it) => {
    const [root] = find(it.message, 'Payload/*')
    return root === undefined ? it : edited(it, 'Noun', () => root.name)
  })
}

function refusing(): Peer {
  const peer = derms({}) as Peer
  interface Having {
    readonly state: unknown
    readonly had: readonly string[]
  }
  const hear: Peer['hear'] = (state, heard, tools) => {
    const { had, state: own } = state as Having
    const id = textAt(heard.root, 'Header/MessageID')
    const turn = peer.hear(own, heard, tools)
    const next = { state: turn.state, had: id === undefined ? had : [...had, id] }
    const isKnown = id !== undefined && had.includes(id) && turn.reply !== undefined
    if (!isKnown || turn.reply === undefined) return { ...turn, state: next }
    return { ...turn, state: next, reply: duplicate(turn.reply) }
  }
  return { ...peer, start: { state: peer.start, had: [] }, hear }
}

function duplicate(answer: Answer): Answer {
  const [result] = find(answer.message, 'Reply/Result')
  if (result === undefined) return answer
  const of = (name: string, text: string): Node => ({ ...result, name, text, children: [] })
  const error = { ...of('Error', ''), children: [of('code', '6.1'), of('reason', 'A duplicate.')] }
  const children = [of('Result', 'FAILED'), error]
  const failed = rewritten(answer.message, 'Reply', (it) => ({ ...it, children }))
  return without({ ...answer, message: failed }, 'Payload')
}

/** It does not see where this is not met. */
function lax(requirement: string): Peer {
  return hearing((heard) => ({
    ...heard,
    wrong: heard.wrong.filter((it) => it.requirement !== requirement),
  }))
}

/** Hears something else than what was sent. */
function hearing(change: (heard: Heard) => Heard): Peer {
  const peer = derms({}) as Peer
  return { ...peer, hear: (state, heard, tools) => peer.hear(state, change(heard), tools) }
}

function byPayload(): Peer {
  const nouns = ['NOU-01', 'NOU-02']
  const peer = derms({}) as Peer
  const hear: Peer['hear'] = (state, heard, tools) => {
    const [root] = find(heard.root, 'Payload/*')
    if (root === undefined || heard.root === undefined) return peer.hear(state, heard, tools)
    const asked = textAt(heard.root, 'Header/Noun') ?? ''
    const to = (noun: string) => (it: Node) => ({ ...it, text: noun })
    const wrong = heard.wrong.filter((it) => !nouns.includes(it.requirement))
    const meant = { ...heard, wrong, root: rewritten(heard.root, 'Noun', to(root.name)) }
    const turn = peer.hear(state, meant, tools)
    return { ...turn, reply: turn.reply && edited(turn.reply, 'Noun', () => asked) }
  }
  return { ...peer, hear }
}

function firstOnly(): Peer {
  return hearing((heard) => {
    if (heard.root === undefined) return heard
    const onlyFirst = (set: Node): Node => {
      const [first] = find(set, 'Operation')
      return {
        ...set,
        children: set.children.filter((it) => it.name !== 'Operation' || it === first),
      }
    }
    return { ...heard, root: rewritten(heard.root, 'OperationSet', onlyFirst) }
  })
}

function firstReport(...[known, ask, tools]: Parameters<Doing<Known>>): Done<Known> {
  const report = OPERATIONS.takes['changed DERGroupStatuses']
  const done = report?.(known, ask, tools) ?? { state: known }
  return {
    ...done,
    state: { ...done.state, reported: new Map([...done.state.reported, ...known.reported]) },
  }
}

/** A change puts the work back to where it began. */
function restarted(doing: Doing<Jobs>): Doing<Jobs> {
  return (jobs, ask, tools) => {
    const done = doing(jobs, ask, tools)
    const asked = textsAt(ask.content, '*/mRID')
    const back = (it: Node) => ({ ...it, text: 'waitingToBeScheduled' })
    const state = new Map(
      [...done.state].map(([key, job]) =>
        asked.some((it) => key.endsWith(it))
          ? [key, { ...job, object: rewritten(job.object, 'statusKind', back) }]
          : [key, job],
      ),
    )
    return { ...done, state }
  }
}

function renamedRoot(answer: Answer, from: string, to: string): Answer {
  const ns = `http://iec.ch/TC57/2015/${to}#`
  const moved = (it: Node): Node => ({
    ...it,
    ns,
    name: it.name === from ? to : it.name === from.slice(0, -1) ? to.slice(0, -1) : it.name,
    children: it.children.map(moved),
  })
  return { ...answer, message: rewritten(answer.message, from, moved) }
}

function namesAll() {
  return said(WORKS, (it, heard) => {
    const [error] = find(it.message, 'Reply/Error')
    const ids = textsAt(heard.root, 'Payload/*/*/mRID')
    if (error === undefined || ids.length < 2) return it
    const errors = ids.map((id) => rewritten(error, 'ID', (one) => ({ ...one, text: id })))
    const all = (reply: Node): Node => ({
      ...reply,
      children: [...reply.children.filter((one) => one.name !== 'Error'), ...errors],
    })
    return { ...it, message: rewritten(it.message, 'Reply', all) }
  })
}

/** The one that was made after it, or before where there is none. */
function neighbours(doing: Doing<Jobs>): Doing<Jobs> {
  return (jobs, ask, tools) => {
    const done = doing(jobs, ask, tools)
    const [, asked] = /(\S+)$/.exec(textsAt(ask.content, '*/mRID').join(' ')) ?? []
    const other = [...jobs].find(
      ([key]) =>
        asked !== undefined && !key.endsWith(asked) && key.startsWith(ask.noun.replace(/^Get/, '')),
    )
    if (done.payload === undefined || other === undefined) return done
    return { ...done, payload: { ...done.payload, children: [other[1].object] } }
  }
}
