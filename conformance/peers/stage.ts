// Parties among themselves: what one sends is heard by whom it is for, in order, until nobody has anything more to say. What
// comes back is told to who has asked, and when nothing is on its way any more the clock jumps to the next thing that a party
// wanted to come back to. What passes is taken down. Deterministic: no real time passes.

import type { Judged } from '../engine/judge.ts'
import { uuidOf } from '../ids.ts'
import type { Role } from '../shapes.ts'
import type { Answer, Transport } from '../transport/answer.ts'
import { heardOf } from '../transport/memory.ts'
import type { Node } from '../xml.ts'
import type { Peer, Tools, Turn } from './peer.ts'
import { writeXml } from './write.ts'

/** One message that has passed, with what was answered. */
export interface Passage {
  readonly from: Role
  readonly to: Role
  readonly message: Judged
  /** undefined where nobody plays the role that it is for, or where it says nothing */
  readonly reply: Judged | undefined
  /** ISO 8601 with Z: when it was sent */
  readonly at: string
  /** how many messages had been sent when the reply came, this one among them */
  readonly repliedAfter: number
  /** as it came over a transport; in memory there is none */
  readonly answer?: Answer
}

/** A message on its way. */
export interface Passing {
  readonly from: Role
  readonly to: Role
  readonly bytes: Uint8Array
}

/** What a stage is opened with. */
export interface StageOptions {
  readonly judge: (bytes: Uint8Array) => Promise<Judged>
  readonly seed: string
  /** ISO 8601 with Z: what its clock begins with */
  readonly begins: string
  /** Said when a message has been heard, before its sender learns of the answer. */
  readonly meanwhile?: (passage: Passage) => readonly Passing[]
  /** with products among the parties; without, everybody is played here, and no real time passes */
  readonly outside?: Outside
}

/** What is played elsewhere. */
export interface Outside {
  /** the way to a product that plays a role; undefined = it is played here */
  readonly wayTo: (to: Role, from: Role) => Transport | undefined
  /** ISO 8601 with Z; by default the clock is virtual all the same */
  readonly now?: () => string
  /** Resolves when nothing has come for long enough. */
  readonly quiet: () => Promise<void>
}

/** Where messages pass. */
export interface Ground {
  /** everything that has passed, in the order in which it was sent */
  readonly passed: readonly Passage[]
  /** ISO 8601 with Z: what its clock says */
  readonly now: () => string
  /** says something to a party, and lets everybody react; the passages that came of it, its own first */
  readonly say: (
    from: Role,
    to: Role,
    bytes: Uint8Array,
    /** what follows from it is not waited for, where that would take real time */
    isHasty?: boolean,
  ) => Promise<readonly Passage[]>
  /** lets a product say something by itself, and everybody react */
  readonly wait?: () => Promise<void>
}

/** Peers that hear each other. */
export interface Stage extends Ground {
  /** what a peer is now */
  readonly stateOf: (role: Role) => unknown
  /** takes what a product has sent by itself. @returns the answer, and its status of HTTP */
  readonly hear: (from: Role, to: Role, message: Judged) => Promise<Answered>
  /** what has been taken down when it was sent comes out where it was to go. @returns undefined where nobody plays the role */
  readonly arrive: (to: Role, message: Judged) => Answered | undefined
}

/** What is given back to a product. */
export interface Answered {
  /** undefined = nothing is said to it */
  readonly message: Node | undefined
  readonly status: number
}

/** More than any business needs: peers that answer each other without end are a fault of theirs. */
const MOST = 1000
/** What a message takes, so that no two are of the same instant. */
const PASSING_MS = 10

/** With each peer in its start state. */
export function openStage(
  peers: readonly Peer[],
  { judge, seed, begins, meanwhile = () => [], outside }: StageOptions,
): Stage {
  const states = new Map(peers.map((it) => [it.role, it.start]))
  const passed: Passage[] = []
  const waiting: (Passing & { readonly sent: Node | undefined })[] = []
  const wakes: { readonly role: Role; readonly word: string; readonly at: number }[] = []
  let clock = Date.parse(begins)
  const now = () => outside?.now?.() ?? new Date(clock).toISOString()
  return { passed, now, stateOf: (role) => states.get(role), say, hear, arrive: heard, wait: rest }

  async function say(
    from: Role,
    to: Role,
    bytes: Uint8Array,
    isHasty = false,
  ): Promise<readonly Passage[]> {
    const begun = passed.length
    waiting.push({ from, to, bytes, sent: undefined })
    if (isHasty && outside !== undefined) await sendAll(begun)
    else await rest()
    return passed.slice(begun)
  }

  /** Until nobody has anything more to say, and nobody wants to come back to anything. */
  async function rest(): Promise<void> {
    const begun = passed.length
    for (;;) {
      const before = passed.length
      await sendAll(begun)
      await outside?.quiet()
      if (waiting.length > 0 || (outside !== undefined && passed.length > before)) continue
      if (!wokeNext()) return
    }
  }

  async function sendAll(begun: number): Promise<void> {
    for (let it = waiting.shift(); it !== undefined; it = waiting.shift()) {
      if (passed.length - begun >= MOST)
        throw new Error(`peers do not come to an end after ${MOST} messages`)
      await pass(it)
    }
  }

  async function pass({ from, to, bytes, sent }: (typeof waiting)[number]): Promise<void> {
    const message = await judge(bytes)
    const way = outside?.wayTo(to, from)
    const { reply } = await passing(from, to, message, async () => {
      if (way === undefined) return { answered: heard(to, message), answer: undefined }
      const answer = await way.send(bytes)
      return { answered: undefined, answer }
    })
    const asked = sent ?? message.root
    if (asked === undefined) return
    turned(from, (peer, state, tools) =>
      peer.answered?.(state, asked, reply === undefined ? undefined : heardOf(reply), tools),
    )
  }

  async function hear(from: Role, to: Role, message: Judged): Promise<Answered> {
    let answered: Answered | undefined
    await passing(from, to, message, async () => {
      answered = heard(to, message)
      return { answered, answer: undefined }
    })
    return answered ?? { message: undefined, status: 404 }
  }

  function heard(to: Role, message: Judged): Answered | undefined {
    const turn = turned(to, (peer, state, tools) => peer.hear(state, heardOf(message), tools))
    if (turn === undefined) return undefined
    return { message: turn.reply?.message, status: turn.reply?.status ?? 204 }
  }

  /** Takes down a message, has it answered, and lets somebody say something before its sender learns of that. */
  async function passing(
    from: Role,
    to: Role,
    message: Judged,
    answering: () => Promise<{
      readonly answered: Answered | undefined
      readonly answer: Answer | undefined
    }>,
  ): Promise<Passage> {
    const at = now()
    clock += PASSING_MS
    const place = passed.push({ from, to, message, reply: undefined, at, repliedAfter: 0 }) - 1
    const { answered, answer } = await answering()
    const bytes =
      answer === undefined
        ? answered?.message === undefined
          ? undefined
          : textOf(answered.message)
        : answer.kind === 'answered' && answer.bytes.length > 0
          ? answer.bytes
          : undefined
    const reply = bytes === undefined ? undefined : await judge(bytes)
    const of = { from, to, message, reply, at, repliedAfter: passed.length }
    const passage = answer === undefined ? of : { ...of, answer }
    passed[place] = passage
    for (const it of meanwhile(passage)) await pass({ ...it, sent: undefined })
    return passage
  }

  /** The clock jumps; false where nobody wanted to be woken. */
  function wokeNext(): boolean {
    const next = [...wakes].sort((a, b) => a.at - b.at)[0]
    if (next === undefined) return false
    wakes.splice(wakes.indexOf(next), 1)
    clock = Math.max(clock, next.at)
    turned(next.role, (peer, state, tools) => peer.woken?.(state, next.word, tools))
    return true
  }

  /** A peer has its turn: what it wants to send waits, what it wants to come back to is noted down. */
  function turned(
    role: Role,
    take: (peer: Peer, state: unknown, tools: Tools) => Turn<unknown> | undefined,
  ): Turn<unknown> | undefined {
    const peer = peers.find((it) => it.role === role)
    if (peer === undefined) return undefined
    const uuid = (...words: readonly string[]) => uuidOf(seed, role, ...words)
    const turn = take(peer, states.get(role), { now: now(), uuid })
    if (turn === undefined) return undefined
    states.set(role, turn.state)
    for (const { to, message } of turn.sends)
      waiting.push({ from: role, to, bytes: textOf(message), sent: message })
    for (const { afterMs, word } of turn.wakes ?? [])
      wakes.push({ role, word, at: clock + afterMs })
    return turn
  }
}

function textOf(message: Node): Uint8Array {
  return new TextEncoder().encode(writeXml(message))
}
