// A peer as a target: without a socket, and the clock stands still between messages. What the peer sends by itself is kept
// for whoever plays the other parties.

import { RULES } from '../../src/index.ts'
import type { Judged } from '../engine/judge.ts'
import { uuidOf } from '../ids.ts'
import type { Heard, Peer, Sent } from '../peers/peer.ts'
import { writeXml } from '../peers/write.ts'
import { textAt } from '../find.ts'
import { isLaterAnswer } from '../peers/answering-later.ts'
import type { Node } from '../xml.ts'
import type { Answer, Transport } from './answer.ts'

/** What a peer is played with. */
export interface MemoryOptions {
  readonly judge: (bytes: Uint8Array) => Promise<Judged>
  readonly seed: string
  /** ISO 8601 with Z; of a virtual clock */
  readonly now: () => string
}

/** A peer that answers in memory. */
export interface InMemory extends Transport {
  /** what it has sent by itself, in order */
  readonly sent: readonly Sent[]
}

/** @param peer begins in its start state, and goes on from message to message */
export function inMemory<S>(peer: Peer<S>, { judge, seed, now }: MemoryOptions): InMemory {
  let state = peer.start
  const sent: Sent[] = []
  const told = (id: string) =>
    sent.find((it) => isLaterAnswer(it) && textAt(it.message, 'Header/CorrelationID') === id)
  const uuid = (...words: readonly string[]) => uuidOf(seed, 'peer', ...words)
  return {
    name: 'memory',
    sent,
    later: {
      address: 'http://tester.test/later',
      reply: async (id) => answerOf(told(id)?.message),
    },
    send: async (bytes, _about, as) => {
      const heard = heardOf(await judge(bytes))
      const from = as === 'rival' ? { ...heard, isRival: true } : heard
      const turn = peer.hear(state, from, { now: now(), uuid })
      state = turn.state
      sent.push(...turn.sends)
      const { status = 202, message } = turn.reply ?? {}
      const text = message === undefined ? '' : writeXml(message)
      const contentType = message === undefined ? '' : 'application/xml; charset=utf-8'
      const octets = new TextEncoder().encode(text)
      return { kind: 'answered', status, contentType, bytes: octets, askedIn: 'xml' }
    },
  }
}

function answerOf(message: Node | undefined): Answer {
  if (message === undefined) return { kind: 'late', waitedMs: 0 }
  const bytes = new TextEncoder().encode(writeXml(message))
  const contentType = 'application/xml; charset=utf-8'
  return { kind: 'answered', status: 200, contentType, bytes, askedIn: 'xml' }
}

const SHOULD = new Set(RULES.filter((it) => it.level !== 'MUST').map((it) => it.id))

/** A message as a peer hears it: what is only a SHOULD is no reason to refuse. */
export function heardOf({ bytes, root, observations }: Judged): Heard {
  const wrong = observations.filter((it) => !SHOULD.has(it.requirement))
  return { text: new TextDecoder().decode(bytes), root, wrong }
}
