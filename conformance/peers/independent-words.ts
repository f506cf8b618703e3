// What products say wrong, whatever they do.

import { find, textAt, textsAt } from '../find.ts'
import { edited, withText, without } from '../mutate/tree.ts'
import type { Node } from '../xml.ts'
import type { Independent } from './broken/independent.ts'
import type { Answer, Heard, Peer } from './peer.ts'
import { hearing, replying } from './variants.ts'
import type { Variant } from './variants.ts'
import { MESSAGE, element } from './write.ts'

/** All of them. */
export const WORDS_OF_OTHERS: readonly Independent[] = [
  ['answers the request before', 'DOP', 'COR-01', late],
  [
    'gives the reply the Noun of its payload',
    'DOP',
    'NOU-03',
    replying((reply) => {
      const [root] = find(reply, 'Payload/*')
      return root === undefined ? reply : withText(reply, 'Header/Noun', root.name)
    }),
  ],
  [
    'says PARTIAL where everything has failed',
    'DOP',
    'GRP-09',
    replying((reply) =>
      withText(reply, 'Reply/Result', ({ text }) => (text === 'FAILED' ? 'PARTIAL' : text)),
    ),
  ],
  ['says FAILED by HTTP 500', 'DOP', 'TRN-04', failingByStatus],
  [
    'writes its own words as code',
    'DOP',
    'GRP-09 RPL-05',
    replying((reply) =>
      withText(reply, '**/code', ({ text }) => (text === '99.1' ? 'NOT_FOUND' : text)),
    ),
  ],
  [
    'leaves the id out of an Error',
    'DOP',
    'GRP-09',
    replying((reply) => without(reply, 'Reply/Error/ID')),
  ],
  [
    'writes Errors without a word',
    'DOP',
    'RPL-04',
    replying((reply) => without(reply, '**/reason')),
  ],
  [
    'writes the time of its wall, without zone',
    'WMS',
    'HDR-04',
    replying((reply) => withText(reply, 'Header/Timestamp', ({ text }) => text.replace('Z', ''))),
  ],
  [
    'numbers its replies from 1 after each start of a worker',
    'WMS',
    'HDR-02',
    replying((reply) => withText(reply, 'Header/MessageID', 'reply-1')),
  ],
  ['refuses a message that it has had', 'DOP', 'HDR-05', refusingRepeats],
  [
    'tells of the mRID that it has given only to others',
    'DOP',
    'GRP-07',
    replying((reply, { root }) =>
      textAt(root, 'Header/Verb') === 'create' ? without(reply, 'Payload') : reply,
    ),
  ],
  [
    'gives a status back in plain W, and leaves the number as it is',
    'OPS',
    'STA-04',
    replying((reply) => withText(reply, '**/yMultiplier', 'none')),
  ],
  [
    'answers by the verb that it was asked with',
    'DCS',
    'VRB-01',
    replying((reply, { root }) =>
      withText(reply, 'Header/Verb', textAt(root, 'Header/Verb') ?? 'reply'),
    ),
  ],
  [
    'keeps maintenance orders among service orders',
    'WMS',
    'WRK-01',
    replying((reply) => edited(reply, 'Payload/MaintenanceOrders', asServiceOrders)),
  ],
  ['names everything of a message where one of it fails', 'WMS', 'WRK-03', replying(allNamed)],
  // What it takes for right.
  ['ignores what its schema does not know', 'DOP', 'PAY-07', overlooking('PAY-01')],
  ['goes by the payload, whatever the Noun says', 'DOP', 'NOU-04', byPayload],
  ['takes a request that wants its reply nowhere', 'DOP', 'COR-03', overlooking('COR-02')],
  [
    'carries out the first Operation of a set, and says OK',
    'DOP',
    'OPS-01',
    hearing((it) =>
      it.root === undefined
        ? it
        : { ...it, root: without(it.root, '**/OperationSet/Operation', (_it, at) => at > 0) },
    ),
  ],
]

/** One behind, as where a reply was left in a queue. */
function late(peer: Peer): Peer {
  interface Late {
    readonly state: unknown
    readonly before: Answer | undefined
  }
  return {
    ...peer,
    start: { state: peer.start, before: undefined },
    hear: (all, message, tools) => {
      const { state, before } = all as Late
      const turn = peer.hear(state, message, tools)
      const next = { state: turn.state, before: turn.reply }
      return { ...turn, state: next, reply: before ?? turn.reply }
    },
  }
}

function failingByStatus(peer: Peer): Peer {
  return {
    ...peer,
    hear: (state, message, tools) => {
      const turn = peer.hear(state, message, tools)
      const hasFailed = textAt(turn.reply?.message, 'Reply/Result') === 'FAILED'
      const reply = turn.reply && { ...turn.reply, status: hasFailed ? 500 : turn.reply.status }
      return { ...turn, reply }
    },
  }
}

function refusingRepeats(peer: Peer): Peer {
  interface Having {
    readonly state: unknown
    readonly had: readonly string[]
  }
  return {
    ...peer,
    start: { state: peer.start, had: [] },
    hear: (all, message, tools) => {
      const { state, had } = all as Having
      const turn = peer.hear(state, message, tools)
      const id = textAt(message.root, 'Header/MessageID') ?? ''
      const next = { state: turn.state, had: [...had, id] }
      if (!had.includes(id) || turn.reply === undefined) return { ...turn, state: next }
      return { ...turn, state: next, reply: { ...turn.reply, message: repeated(turn.reply) } }
    },
  }
}

function repeated({ message }: Answer): Node {
  const error = element(MESSAGE, 'Error', [
    element(MESSAGE, 'code', '6.1'),
    element(MESSAGE, 'reason', 'This MessageID was there before.'),
  ])
  const children = [element(MESSAGE, 'Result', 'FAILED'), error]
  return without(
    edited(message, 'Reply', (it) => ({ ...it, children })),
    'Payload',
  )
}

function asServiceOrders(it: Node): Node {
  const moved = (node: Node): Node => ({
    ...node,
    ns: 'http://iec.ch/TC57/2015/ServiceOrders#',
    name: node.name.replace(/^MaintenanceOrder/, 'ServiceOrder'),
    children: node.children.map(moved),
  })
  return moved(it)
}

function allNamed(reply: Node, { root }: Heard): Node {
  const [error] = find(reply, 'Reply/Error')
  const ids = textsAt(root, 'Payload/*/*/mRID')
  if (error === undefined || ids.length < 2) return reply
  const errors = ids.map((id) => withText(error, 'ID', id))
  const rest = (it: Node) => it.children.filter((one) => one.name !== 'Error')
  return edited(reply, 'Reply', (it) => ({ ...it, children: [...rest(it), ...errors] }))
}

/** It does not see where this is not met. */
function overlooking(...requirements: readonly string[]): Variant {
  return hearing((it) => ({
    ...it,
    wrong: it.wrong.filter((one) => !requirements.includes(one.requirement)),
  }))
}

function byPayload(peer: Peer): Peer {
  const blind = overlooking('NOU-01', 'NOU-02')(peer)
  return {
    ...peer,
    hear: (state, message, tools) => {
      const [content] = find(message.root, 'Payload/*')
      if (message.root === undefined || content === undefined)
        return peer.hear(state, message, tools)
      const noun = textAt(message.root, 'Header/Noun') ?? ''
      const root = withText(message.root, 'Header/Noun', content.name)
      const turn = blind.hear(state, { ...message, root }, tools)
      const say = (it: Answer) => ({ ...it, message: withText(it.message, 'Header/Noun', noun) })
      return { ...turn, reply: turn.reply && say(turn.reply) }
    },
  }
}
