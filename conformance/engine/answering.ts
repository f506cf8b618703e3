// How the tester answers as a server: as its reference peer does, or wrong on purpose as a case has it.

import { objectsIn } from '../checks/came.ts'
import { uuidOf } from '../ids.ts'
import type { Heard, Peer, Tools } from '../peers/peer.ts'
import { peerOf } from '../peers/party.ts'
import type { Failure } from '../peers/party.ts'
import { MESSAGE, element } from '../peers/write.ts'
import { find, textAt } from '../find.ts'
import type { ClientCase, Role } from '../shapes.ts'
import type { Node } from '../xml.ts'

/** What is sent back, and when. */
export interface Answering {
  /** undefined = nothing */
  readonly message: Node | undefined
  readonly status: number
  /** the connection is closed without a word */
  readonly isLost: boolean
  /** it is kept back until nobody waits for it any more */
  readonly isLate: boolean
}

/** A peer with the state that it has come to. */
export interface Standing {
  readonly hear: (heard: Heard, how: ClientCase['answer']) => Answering
}

/** A peer that can be played, whatever its state is. */
export interface Playable {
  readonly role: Role
  readonly stand: (seed: string, now: () => string) => Standing
}

/** A peer as the tester plays it. */
export function playable<S>(peer: Peer<S>): Playable {
  return { role: peer.role, stand: (seed, now) => standing(peer, seed, now) }
}

/** @param peer begins in its start state, and goes on from message to message */
function standing<S>(peer: Peer<S>, seed: string, now: () => string): Standing {
  let state = peer.start
  const uuid = (...words: readonly string[]) => uuidOf(seed, 'peer', peer.role, ...words)
  const reference = (heard: Heard) => {
    const turn = peer.hear(state, heard, { now: now(), uuid })
    state = turn.state
    return { message: turn.reply?.message, status: turn.reply?.status ?? 204 }
  }
  return {
    hear: (heard, how) => {
      if (how === 'refused') return said(refused(peer.role, heard, { now: now(), uuid }))
      if (how === 'partial') return said(refused(peer.role, heard, { now: now(), uuid }, LAST))
      if (how === 'fault') return said({ message: fault(UNREADABLE), status: 400 })
      const bare = BARE[how]
      if (bare !== undefined) return said({ message: undefined, status: bare })
      const { message, status } = reference(heard)
      if (how === 'silent') return said({ message: undefined, status: 204 })
      if (how === 'lost') return { ...said({ message: undefined, status }), isLost: true }
      if (how === 'late') return { ...said({ message, status }), isLate: true }
      if (how === 'wrong-correlation' && message !== undefined)
        return said({ message: correlated(message, uuid('of nobody')), status })
      return said({ message, status })
    },
  }
}

/** Answers of a status alone. */
const BARE: Readonly<Partial<Record<ClientCase['answer'], number>>> = {
  ...{ 'bad-request': 400, busy: 503 },
}

/** Of several objects the last one failed on the way, the others did not. */
const LAST = (root: Node | undefined): readonly Failure[] => {
  const all = objectsIn(root)
  const last = all.at(-1)
  const id = textAt(last, 'mRID') ?? ''
  const failure = { code: '5.3', reason: 'The tester fails at this one on purpose.', id }
  return last === undefined ? [] : [{ ...failure, objectType: last.name }]
}

const UNREADABLE = 'The tester says on purpose that it cannot read this.'

function said(it: Pick<Answering, 'message' | 'status'>): Answering {
  return { ...it, isLost: false, isLate: false }
}

/** The answer to what belongs to nobody. @param why why it does not */
export function nobody(why: string): Answering {
  return said({ message: fault(`Nobody of this run takes it: ${why}.`), status: 404 })
}

const ALL = (): readonly Failure[] => [
  { code: '6.1', reason: 'The tester refuses this on purpose.' },
]

/** The answer of a peer to which nothing may be done, or not all of it. */
function refused(
  role: Role,
  heard: Heard,
  tools: Tools,
  failuresIn: (root: Node | undefined) => readonly Failure[] = ALL,
): { readonly message: Node | undefined; readonly status: number } {
  const asked = `${textAt(heard.root, 'Header/Verb') ?? ''} ${textAt(heard.root, 'Header/Noun') ?? ''}`
  const failures = failuresIn(heard.root)
  const isPartly = failuresIn !== ALL && objectsIn(heard.root).length > failures.length
  const no = peerOf<undefined>({
    role,
    namespaces: find(heard.root, '**/*').map((it) => it.ns),
    start: undefined,
    takes: { [asked]: (state) => ({ state, failures, isPartly }) },
  })
  const messageID = textAt(heard.root, 'Header/MessageID') ?? ''
  const { reply } = no.hear(no.start, heard, {
    ...tools,
    uuid: (...words) => tools.uuid(messageID, ...words),
  })
  return { message: reply?.message, status: reply?.status ?? 200 }
}

function fault(reason: string): Node {
  return element(MESSAGE, 'FaultMessage', [
    element(MESSAGE, 'Reply', [
      element(MESSAGE, 'Result', 'FAILED'),
      element(MESSAGE, 'Error', [
        element(MESSAGE, 'code', '1.8'),
        element(MESSAGE, 'level', 'FATAL'),
        element(MESSAGE, 'reason', reason),
      ]),
    ]),
  ])
}

function correlated(message: Node, id: string): Node {
  return {
    ...message,
    children: message.children.map((it) =>
      it.name === 'Header'
        ? {
            ...it,
            children: it.children.map((one) =>
              one.name === 'CorrelationID' ? { ...one, text: id } : one,
            ),
          }
        : it,
    ),
  }
}
