// DERMS Operations (DOP): keeps groups of DERs with their members and versions, and tells Operations of every change.

import { find, textAt, textsAt } from '../find.ts'
import type { Node } from '../xml.ts'
import {
  control,
  dispatch,
  DUTY_NAMESPACES,
  forecast,
  status,
  toldOf,
  unknown,
} from './group-duty.ts'
import { keeping } from './derms-runs.ts'
import { peerOf } from './party.ts'
import type { Ask, Done, Failure, Party } from './party.ts'
import type { Peer, Sent, Tools } from './peer.ts'
import { eventOf } from './said.ts'
import { element } from './write.ts'

/** Groups by mRID, whole as they came, each with its version. */
export type Groups = ReadonlyMap<string, Node>

const NS = 'http://iec.ch/TC57/2017/DERGroups#'

/** What it takes, as a table: a broken peer is this one with a row of its own. */
export const DERMS: Party<Groups> = {
  role: 'DOP',
  namespaces: [NS, 'http://iec.ch/TC57/2017/DERGroupQueries#', ...DUTY_NAMESPACES],
  start: new Map(),
  takes: {
    'create DERGroups': each(create),
    'change DERGroups': each(change),
    'delete DERGroups': each(dissolve),
    'get DERGroupQueries': query,
    'get DERGroupStatusQueries': status,
    'get DERGroupForecastQueries': forecast,
    'create DERGroupDispatches': dispatch,
    'create EndDeviceControls': control,
  },
}

/** The reference peer. */
export const DERMS_OPERATIONS = peerOf(keeping(DERMS))

/** The reference peer as it can be, too. */
export const DERMS_MANNERS: Readonly<Record<string, Peer>> = {
  'refuses groups': refusing('create DERGroups'),
  'refuses to dissolve': refusing('delete DERGroups'),
}

/** One that has a reason of its own against it. */
function refusing(what: string): Peer {
  const no = (groups: Groups, ask: Ask): Done<Groups> => ({
    state: groups,
    failures: groupsIn(ask).map((it) => ({
      ...{ code: '6.1', reason: 'A rule of DERMS Operations is against it.', id: idOf(it) },
    })),
  })
  return peerOf(keeping({ ...DERMS, takes: { ...DERMS.takes, [what]: no } })) as Peer
}

/** What one group of a message comes to: its next form, undefined where it is gone; or why not. */
export type One = (
  groups: Groups,
  asked: Node,
  tools: Tools,
  isElement: boolean,
) => { readonly mRID: string; readonly next: Node | undefined } | Failure

/** Each group of a message for itself: those that can be are done, the reply names the others. */
export function each(one: One) {
  return (before: Groups, ask: Ask, tools: Tools): Done<Groups> => {
    const { verb, isElement } = ask
    const failures: Failure[] = []
    const made: Node[] = []
    const groups = new Map(before)
    for (const it of groupsIn(ask)) {
      const done = one(groups, it, tools, isElement)
      if ('code' in done) failures.push(done)
      else if (done.next === undefined) made.push(...gone(groups, done.mRID))
      else made.push(put(groups, done.mRID, done.next))
    }
    const told = made.length === 0 ? undefined : element(NS, 'DERGroups', made)
    const payload = verb === 'create' ? told : undefined
    // A member that is taken out leaves a group that has changed.
    const past = isElement ? 'changed' : `${verb}d`
    const sends = told === undefined ? [] : TOLD.map((to) => eventTo(to, past, told, tools))
    return { state: groups, failures, isPartly: made.length > 0, payload, sends }
  }
}

/** Those that a message carries, or names by their ids alone. */
export function groupsIn({ content, ids }: Pick<Ask, 'content' | 'ids'>): readonly Node[] {
  const named = ids.map((it) => element(NS, 'EndDeviceGroup', [element(NS, 'mRID', it)]))
  return [...find(content, 'EndDeviceGroup'), ...named]
}

function gone(groups: Map<string, Node>, mRID: string): readonly Node[] {
  const group = groups.get(mRID)
  groups.delete(mRID)
  return group === undefined ? [] : [group]
}

function put(groups: Map<string, Node>, mRID: string, group: Node): Node {
  groups.set(mRID, group)
  return group
}

/** Who hears of every change of a group. */
const TOLD = ['OPS', 'DCS'] as const

function eventTo(to: (typeof TOLD)[number], verb: string, groups: Node, tools: Tools): Sent {
  const of = find(groups, 'EndDeviceGroup').map(
    (it) => `${idOf(it)} ${textAt(it, 'version') ?? ''}`,
  )
  return { to, message: eventOf('DOP', verb, groups, tools, to, tools.now, ...of) }
}

/** A new group: its mRID and its names are nobody else's. */
export function create(
  groups: Groups,
  asked: Node,
  tools: Tools,
  _isElement?: boolean,
): ReturnType<One> {
  const mRID =
    textAt(asked, 'mRID') ?? tools.uuid('DERGroups', namesOf(asked).join(), String(groups.size))
  if (groups.has(mRID)) return taken('A group has this mRID.', mRID)
  const name = namesOf(asked).find((it) => named(groups, it) !== undefined)
  if (name !== undefined) return taken('A group has this name.', name)
  const rest = asked.children.filter((it) => !['mRID', 'version'].includes(it.name))
  return { mRID, next: ordered([element(NS, 'mRID', mRID), ...rest, versionOf(0, tools)]) }
}

function taken(reason: string, id: string): Failure {
  return { code: '6.1', rule: 'DUPLICATE', reason, id, objectType: 'DERGroup' }
}

function noMember(id: string): Failure {
  return { code: '2.29', reason: 'The device is not in the group.', id, objectType: 'EndDevice' }
}

/** Members are added, what else comes takes the place of what there was; of an elementOperation alike. */
export function change(
  groups: Groups,
  asked: Node,
  tools: Tools,
  _isElement?: boolean,
): ReturnType<One> {
  const [mRID, group] = [idOf(asked), groups.get(idOf(asked))]
  if (group === undefined) return unknown(mRID)
  const members = textsAt(group, 'EndDevices/mRID')
  const added = find(asked, 'EndDevices').filter((it) => !members.includes(idOf(it)))
  const put = asked.children.filter((it) => !['mRID', 'EndDevices', 'version'].includes(it.name))
  const kept = group.children.filter((it) => !put.some(({ name }) => name === it.name))
  return { mRID, next: raised([...kept, ...put, ...added], group, tools) }
}

/** The whole group, or of an elementOperation the members that are named. */
export function dissolve(
  groups: Groups,
  asked: Node,
  tools: Tools,
  isElement: boolean,
): ReturnType<One> {
  const [name] = namesOf(asked)
  const group = groups.get(idOf(asked)) ?? (idOf(asked) === '' ? named(groups, name) : undefined)
  if (group === undefined) return unknown(idOf(asked) || (name ?? ''))
  const mRID = idOf(group)
  if (!isElement) return { mRID, next: undefined }
  const members = textsAt(group, 'EndDevices/mRID')
  const out = textsAt(asked, 'EndDevices/mRID')
  const stranger = out.find((it) => !members.includes(it))
  if (stranger !== undefined) return noMember(stranger)
  const kept = group.children.filter((it) => it.name !== 'EndDevices' || !out.includes(idOf(it)))
  return { mRID, next: raised(kept, group, tools) }
}

/** The groups that are asked for, by mRID or by name. */
export function query(groups: Groups, { content }: Ask, _tools: Tools): Done<Groups> {
  return toldOf(groups, content, 'DERGroups', NS, (it) => it)
}

function idOf(it: Node): string {
  return textAt(it, 'mRID') ?? ''
}

function namesOf(it: Node): readonly string[] {
  return textsAt(it, 'Names/name')
}

function named(groups: Groups, name: string | undefined): Node | undefined {
  if (name === undefined) return undefined
  return [...groups.values()].find((it) => namesOf(it).includes(name))
}

function raised(children: readonly Node[], before: Node, tools: Tools): Node {
  const revision = Number(textAt(before, 'version/revision') ?? '0') + 1
  const rest = children.filter((it) => it.name !== 'version')
  return ordered([...rest, versionOf(revision, tools)])
}

function versionOf(revision: number, { now }: Tools): Node {
  return element(NS, 'version', [
    element(NS, 'date', now),
    element(NS, 'major', '1'),
    element(NS, 'minor', '0'),
    element(NS, 'revision', String(revision)),
  ])
}

/** In the order of the schema. */
const ORDER = ['mRID', 'description', 'DERFunction', 'EndDevices', 'Names', 'version']

function ordered(children: readonly Node[]): Node {
  const of = (name: string) => ORDER.indexOf(name)
  return element(
    NS,
    'EndDeviceGroup',
    [...children].sort((a, b) => of(a.name) - of(b.name)),
  )
}
