// Peers that do what is wrong, or keep it, and say what is right of it.

import { find, textAt, textsAt } from '../../find.ts'
import { edited, withText, without } from '../../mutate/tree.ts'
import type { Node } from '../../xml.ts'
import { isUnreadable } from './words.ts'
import type { Row } from './words.ts'
import { change, create, DERMS, dissolve, each, query } from '../derms-operations.ts'
import type { Groups } from '../derms-operations.ts'
import { peerOf } from '../party.ts'
import type { Doing, Party, Remembering } from '../party.ts'
import type { Peer } from '../peer.ts'
import { after, hearing, replying, withResult } from '../variants.ts'
import type { Variant } from '../variants.ts'
import { element } from '../write.ts'

/** The same party with other rows. */
function doing(rows: Party<Groups>['takes']): Variant {
  return () => peerOf({ ...DERMS, takes: { ...DERMS.takes, ...rows } }) as Peer
}

/** A row that does the one, and says what comes of the other. */
function saying(said: Doing<Groups>, done: Doing<Groups>): Doing<Groups> {
  return (state, ask, tools) => ({
    ...said(state, ask, tools),
    state: done(state, ask, tools).state,
  })
}

const anyway = each((_groups, asked, tools, isElement) =>
  create(new Map(), asked, tools, isElement),
)
const NONE: Groups = new Map()

/** All of them. */
export const DEEDS: readonly Row[] = [
  [
    'does again what is sent again',
    'HDR-05',
    (peer) => ({
      ...peer,
      hear: (state, message, tools) =>
        peer.hear({ ...(state as Remembering<unknown>), answered: new Map() }, message, tools),
    }),
  ],
  [
    'is stuck once it could not read',
    'ALV-01',
    after(
      isUnreadable,
      replying((reply) => withResult(reply, 'FAILED', '5.1')),
    ),
  ],
  [
    'is stuck once a message was wrong',
    'ALV-01',
    after(
      ({ wrong }) => wrong.length > 0,
      replying((reply) => withResult(reply, 'FAILED', '5.1')),
    ),
  ],
  ['creates a group a second time', 'GRP-02 GRP-03', doing({ 'create DERGroups': anyway })],
  [
    'refuses a taken group, and overwrites it',
    'GRP-05',
    doing({ 'create DERGroups': saying(each(create), anyway) }),
  ],
  [
    'refuses all where one is taken',
    'GRP-06',
    doing({
      'create DERGroups': (state, ask, tools) => wholly(state, each(create)(state, ask, tools)),
    }),
  ],
  [
    'reads the mRID from elsewhere, and gives one of its own',
    'GRP-04',
    doing({
      'create DERGroups': each((groups, asked, tools, isElement) =>
        create(groups, without(asked, 'mRID'), tools, isElement),
      ),
    }),
  ],
  [
    'gives no mRID',
    'GRP-07',
    replying((reply, { root }) =>
      find(root, '**/EndDeviceGroup/mRID').length === 0 ? without(reply, 'Payload') : reply,
    ),
  ],
  [
    'replaces the members where it should add',
    'GRP-08',
    doing({
      'change DERGroups': each((groups, asked, tools, isElement) =>
        change(
          eachGroup(groups, (it) => without(it, 'EndDevices')),
          asked,
          tools,
          isElement,
        ),
      ),
    }),
  ],
  [
    'does not raise the version',
    'GRP-01',
    replying((reply) =>
      edited(reply, '**/EndDeviceGroup/version', (it) => ({
        ...it,
        children: [element(it.ns, 'revision', '0')],
      })),
    ),
  ],
  [
    'has no version',
    'GRP-01',
    replying((reply) => without(reply, 'Payload/DERGroups/EndDeviceGroup/version')),
  ],
  [
    'does as if it had changed a group that it does not know',
    'GRP-09',
    doing({
      'change DERGroups': (state, ask, tools) => ({ state: each(change)(state, ask, tools).state }),
    }),
  ],
  [
    'loses one member more than it takes out',
    'GRP-10',
    doing({
      'delete DERGroups': each((groups, asked, tools, isElement) =>
        fewer(dissolve(groups, asked, tools, isElement), isElement),
      ),
    }),
  ],
  [
    'dissolves the group where a member is meant',
    'GRP-10',
    doing({
      'delete DERGroups': each((groups, asked, tools) => dissolve(groups, asked, tools, false)),
    }),
  ],
  [
    'keeps a group that it has dissolved',
    'GRP-11',
    doing({ 'delete DERGroups': saying(each(dissolve), (state) => ({ state })) }),
  ],
  [
    'dissolves all groups with the one',
    'GRP-11',
    doing({ 'delete DERGroups': saying(each(dissolve), () => ({ state: NONE })) }),
  ],
  [
    'gives all groups whatever is asked for',
    'GRP-12',
    doing({
      'get DERGroupQueries': (state, ask, tools) => query(state, askingForAll(state, ask), tools),
    }),
  ],
  [
    'does not know a group by its name',
    'GRP-12',
    hearing((it) =>
      it.root === undefined
        ? it
        : { ...it, root: without(it.root, 'Request/DERGroupQueries/EndDeviceGroup/Names') },
    ),
  ],
  [
    'lets a DER be in one group alone',
    'GRP-13',
    doing({
      'create DERGroups': each((groups, asked, tools, isElement) =>
        isShared(groups, asked)
          ? { code: '6.1', reason: 'a member is in another group', id: textAt(asked, 'mRID') ?? '' }
          : create(groups, asked, tools, isElement),
      ),
    }),
  ],
  [
    'does one operation where all or none is meant',
    'OPS-01',
    hearing((it) =>
      it.root === undefined
        ? it
        : { ...it, root: without(it.root, 'Payload/OperationSet/enforceTransactionalIntegrity') },
    ),
  ],
  ['shows a group to another provider', 'TEN-01', hearing((it) => ({ ...it, isRival: false }))],
  [
    'does not say which operation is done',
    'OPS-09',
    replying((reply) => without(reply, 'Reply/operationId')),
  ],
  [
    'names an operation that nobody has asked for',
    'OPS-07',
    replying((reply) =>
      edited(reply, 'Reply', (it) => ({
        ...it,
        children: [...it.children, element(it.ns, 'operationId', '4711')],
      })),
    ),
  ],
  [
    'reports the members where the group is asked for',
    'STA-02',
    doing({ 'get DERGroupStatusQueries': query }),
  ],
  // What it keeps.
  [
    'keeps 255 members',
    'GRP-04',
    replying((reply) =>
      without(reply, 'Payload/DERGroups/EndDeviceGroup/EndDevices', (_it, at) => at >= 255),
    ),
  ],
  [
    'keeps 30 characters of an mRID',
    'GRP-04',
    replying((reply) => withText(reply, '**/EndDevices/mRID', (it) => it.text.slice(0, 30))),
  ],
  [
    'writes mRIDs in capitals',
    'GRP-04 GRP-12',
    replying((reply) => withText(reply, '**/EndDeviceGroup/mRID', (it) => it.text.toUpperCase())),
  ],
  [
    'leaves out what it has not understood',
    'PAY-01',
    replying((reply) => without(reply, '**/DERFunction/voltWattCurveFunction')),
  ],
  [
    'writes what is not there as null',
    'PAY-01',
    replying((reply) => withText(reply, '**/version/date', 'null')),
  ],
]

function eachGroup(groups: Groups, by: (group: Node) => Node): Groups {
  return new Map([...groups].map(([id, it]) => [id, by(it)]))
}

function wholly(before: Groups, done: ReturnType<Doing<Groups>>): ReturnType<Doing<Groups>> {
  return (done.failures ?? []).length === 0
    ? done
    : { state: before, failures: done.failures ?? [] }
}

function fewer(one: ReturnType<typeof dissolve>, isElement: boolean): ReturnType<typeof dissolve> {
  if ('code' in one || one.next === undefined || !isElement) return one
  return { ...one, next: without(one.next, 'EndDevices', (_it, at) => at === 0) }
}

function askingForAll(
  groups: Groups,
  ask: Parameters<typeof query>[1],
): Parameters<typeof query>[1] {
  const [first] = find(ask.content, 'EndDeviceGroup')
  if (ask.content === undefined || first === undefined) return ask
  const all = [...groups.keys()].map((id) => ({
    ...first,
    children: [element(first.ns, 'mRID', id)],
  }))
  return { ...ask, content: { ...ask.content, children: all } }
}

function isShared(groups: Groups, asked: Node): boolean {
  const members = textsAt(asked, 'EndDevices/mRID')
  return [...groups.values()].some((it) =>
    textsAt(it, 'EndDevices/mRID').some((id) => members.includes(id)),
  )
}
