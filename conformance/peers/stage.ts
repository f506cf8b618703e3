// Peers among themselves: what one sends is heard by whom it is for, at once and in order, until nobody has anything more to
// say. What passes is taken down. Deterministic: the clock is handed in.

import { judged } from '../engine/judge.ts'
import type { Judged } from '../engine/judge.ts'
import { uuidOf } from '../ids.ts'
import type { Role } from '../shapes.ts'
import { heardOf } from '../transport/memory.ts'
import type { Node } from '../xml.ts'
import type { Peer } from './peer.ts'
import { writeXml } from './write.ts'

/** One message on the stage, with what was answered. */
export interface Passage {
  readonly from: Role
  readonly to: Role
  readonly message: Judged
  /** undefined where nobody plays the role that it is for, or where it says nothing */
  readonly reply: Judged | undefined
}

/** What a stage is opened with. */
export interface StageOptions {
  readonly judge: (bytes: Uint8Array) => ReturnType<typeof judged>
  readonly seed: string
  /** ISO 8601 with Z; of a virtual clock */
  readonly now: () => string
}

/** Peers that hear each other. */
export interface Stage {
  /** everything that has passed, in order */
  readonly passed: readonly Passage[]
  /** what a peer is now */
  readonly stateOf: (role: Role) => unknown
  /** says something to a peer, and lets everybody react; the passages that came of it, its own first */
  readonly say: (from: Role, to: Role, bytes: Uint8Array) => Promise<readonly Passage[]>
}

/** More than any business needs: peers that answer each other without end are a fault of theirs. */
const MOST = 1000

/** With each peer in its start state. */
export function openStage(peers: readonly Peer[], { judge, seed, now }: StageOptions): Stage {
  const states = new Map(peers.map((it) => [it.role, it.start]))
  const passed: Passage[] = []
  return { passed, stateOf: (role) => states.get(role), say }

  async function say(from: Role, to: Role, bytes: Uint8Array): Promise<readonly Passage[]> {
    const waiting = [{ from, to, bytes }]
    const begun = passed.length
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      if (passed.length - begun >= MOST)
        throw new Error(`peers do not come to an end after ${MOST}`)
      const heard = await judge(next.bytes)
      const { reply, sends } = hear(next.to, heard)
      const answer = reply === undefined ? undefined : await judge(textOf(reply))
      passed.push({ from: next.from, to: next.to, message: heard, reply: answer })
      const sender = next.to
      waiting.push(...sends.map((it) => ({ from: sender, to: it.to, bytes: textOf(it.message) })))
    }
    return passed.slice(begun)
  }

  function hear(role: Role, heard: Judged) {
    const peer = peers.find((it) => it.role === role)
    if (peer === undefined) return { reply: undefined, sends: [] }
    const uuid = (...words: readonly string[]) => uuidOf(seed, role, ...words)
    const turn = peer.hear(states.get(role), heardOf(heard), { now: now(), uuid })
    states.set(role, turn.state)
    return { reply: turn.reply?.message, sends: turn.sends }
  }
}

function textOf(message: Node): Uint8Array {
  return new TextEncoder().encode(writeXml(message))
}
