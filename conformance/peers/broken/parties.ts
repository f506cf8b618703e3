// Peers of the other parties that are broken in one way each: those of work, of notices and of statuses. Each has to be found
// under the requirements that stand with it.

import { textAt } from '../../find.ts'
import { edited, withText, without } from '../../mutate/tree.ts'
import type { Role } from '../../shapes.ts'
import type { Node } from '../../xml.ts'
import { PROGRAM_FILE_ROWS, PROGRAM_LIST_ROWS } from './program-files.ts'
import { PROGRAM_ROWS } from './programs.ts'
import { SETTLEMENT_ROWS } from './settlements.ts'
import type { Row } from './words.ts'
import type { Remembering } from '../party.ts'
import type { Heard } from '../peer.ts'
import { hearing, replying, withResult } from '../variants.ts'
import type { Variant } from '../variants.ts'
import { element } from '../write.ts'

const verbOf = ({ root }: Heard) => textAt(root, 'Header/Verb') ?? ''
const resultOf = (reply: Node) => textAt(reply, 'Reply/Result')
const codeOf = (reply: Node) => textAt(reply, 'Reply/Error/code')

/** What it says to messages of this verb is changed. */
function sayingTo(verb: string, change: (reply: Node) => Node): Variant {
  return replying((reply, message) => (verbOf(message) === verb ? change(reply) : reply))
}

/** It says OK where it has refused for this reason. */
function okTo(verb: string, code: string): Variant {
  return sayingTo(verb, (reply) =>
    resultOf(reply) === 'FAILED' && codeOf(reply) === code ? withResult(reply, 'OK') : reply,
  )
}

/** Of messages of this verb it does not hear all. */
function mishearing(verb: string, change: (root: Node) => Node): Variant {
  return hearing((it) =>
    it.root === undefined || verbOf(it) !== verb ? it : { ...it, root: change(it.root) },
  )
}

/** What it does on messages of these verbs is lost, and what it says of it is not. */
function losing(...verbs: readonly string[]): Variant {
  return (peer) => ({
    ...peer,
    hear: (before, message, tools) => {
      const turn = peer.hear(before, message, tools)
      if (!verbs.includes(verbOf(message))) return turn
      const { own } = before as Remembering<unknown>
      return { ...turn, state: { ...(turn.state as Remembering<unknown>), own } }
    },
  })
}

/** It takes the same message again for a wrong one. */
const impatient: Variant = (peer) => ({
  ...peer,
  hear: (before, message, tools) => {
    const turn = peer.hear(before, message, tools)
    const { answered } = before as Remembering<unknown>
    const isAgain = [...answered.values()].some((it) => it.text === message.text)
    const { reply } = turn
    if (!isAgain || reply === undefined) return turn
    return { ...turn, reply: { ...reply, message: withResult(reply.message, 'FAILED', '6.1') } }
  },
})

const forgetting: Variant = (peer) => ({
  ...peer,
  hear: (state, message, tools) =>
    peer.hear({ ...(state as Remembering<unknown>), answered: new Map() }, message, tools),
})

const partial = (change: (reply: Node) => Node): Variant =>
  replying((reply) => (resultOf(reply) === 'PARTIAL' ? change(reply) : reply))

/** It asks itself for all that it was ever asked to make. */
const askingForAll: Variant = (peer) => ({
  ...peer,
  start: { state: peer.start, made: [] },
  hear: (before, message, tools) => {
    const { state, made } = before as { readonly state: unknown; readonly made: readonly Node[] }
    const isGet = verbOf(message) === 'get'
    const heard =
      isGet && message.root !== undefined
        ? { ...message, root: withObjects(message.root, made) }
        : message
    const turn = peer.hear(state, heard, tools)
    const objects = verbOf(message) === 'create' ? objectsOf(message) : []
    return { ...turn, state: { state: turn.state, made: [...made, ...objects] } }
  },
})

function objectsOf({ root }: Heard): readonly Node[] {
  const content = root?.children.find((it) => it.name === 'Payload')?.children[0]
  return content?.children.filter((it) => it.children.length > 0) ?? []
}

function withObjects(root: Node, made: readonly Node[]): Node {
  return edited(root, 'Request/*', (query) => {
    const [first] = query.children
    if (first === undefined) return query
    const all = made
      .filter((it) => it.name === first.name)
      .map((it) => ({
        ...first,
        children: [element(query.ns, 'mRID', textAt(it, 'mRID') ?? '')],
      }))
    return { ...query, children: all }
  })
}

const WORK: readonly Row[] = [
  [
    'loses an order where there are several',
    'WRK-01',
    mishearing('create', (root) => without(root, 'Payload/*/*', (_it, at) => at > 0)),
  ],
  ['says OK and does nothing', 'RPL-07 WRK-01 WRK-02 WRK-03', losing('create')],
  ['does it and says FAILED', 'RPL-07', sayingTo('create', (it) => withResult(it, 'FAILED'))],
  ['creates work a second time', 'WRK-02', okTo('create', '6.1')],
  ['cancels what is cancelled', 'WRK-06', okTo('cancel', '6.1')],
  ['changes what is cancelled', 'WRK-08', okTo('change', '6.1')],
  ['changes what it does not know', 'WRK-05', okTo('change', '99.1')],
  ['says OK where one was refused', 'WRK-03', partial((it) => withResult(it, 'OK'))],
  ['hides which one was refused', 'RPL-02 WRK-03', partial((it) => without(it, 'Reply/Error/ID'))],
  [
    'writes mRIDs in capitals',
    'WRK-01',
    replying((reply) => withText(reply, '**/mRID', (it) => it.text.toUpperCase())),
  ],
  ['does again what is sent again', 'HDR-05', forgetting],
  [
    'reads the mRID from elsewhere, and gives one of its own',
    'RPL-07 WRK-01 WRK-02 WRK-03',
    mishearing('create', (root) => without(root, 'Payload/*/*/mRID')),
  ],
  [
    'forgets what a change does not hold',
    'WRK-04',
    replying((reply) =>
      textAt(reply, '**/Work/priority') === undefined
        ? reply
        : withText(reply, '**/Work/kind', 'other'),
    ),
  ],
  ['gives all work whatever is asked for', 'OPS-01 WRK-07', askingForAll],
  [
    'does one operation where all or none is meant',
    'OPS-01',
    mishearing('execute', (root) =>
      without(root, 'Payload/OperationSet/enforceTransactionalIntegrity'),
    ),
  ],
]

const NOTICES: readonly Row[] = [
  ['refuses what it is told of', 'RPL-07', sayingTo('created', (it) => withResult(it, 'FAILED'))],
  [
    'does not understand that a member has left',
    'RPL-07',
    sayingTo('executed', (it) => withResult(it, 'FAILED', '2.9')),
  ],
  [
    'echoes what it is told',
    'HDR-02 RPL-06 RPL-07 VRB-02 VRB-03',
    replying((reply, { root }) => root ?? reply),
  ],
  ['takes verbs that there are not', 'VRB-03', replying((reply) => withResult(reply, 'OK'))],
  ['takes the same news again for a wrong one', 'HDR-05', impatient],
]

const STATUSES: readonly Row[] = [
  ['keeps nothing that is reported', 'STA-04', losing('changed')],
  [
    'takes kW for W',
    'STA-04',
    replying((reply) =>
      withText(reply, '**/nominalYValue', (it) => String(Number(it.text) * 1000)),
    ),
  ],
  ['refuses what is reported', 'RPL-07', sayingTo('changed', (it) => withResult(it, 'FAILED'))],
]

/** All of them, by the role that they are. */
export const PARTIES: Readonly<Partial<Record<Role, readonly Row[]>>> = {
  WMS: WORK,
  DCS: NOTICES,
  OPS: STATUSES,
  GW: [...PROGRAM_ROWS, ...PROGRAM_FILE_ROWS, ...PROGRAM_LIST_ROWS, ...SETTLEMENT_ROWS],
}
