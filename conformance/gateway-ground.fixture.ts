// For tests only: cimgate itself as a product in a scenario, over sockets, and the reference peers around it. Their time is
// virtual: when nothing is on its way any more, neither here nor in the gateway, it jumps to what a peer has to come back to.

import { settled } from '../src/serve/orchestration.fixture.ts'
import type { Scene } from '../src/serve/scene.fixture.ts'
import type { Judged } from './engine/judge.ts'
import { uuidOf } from './ids.ts'
import type { Peer, Tools, Turn } from './peers/peer.ts'
import type { Ground, Passage, Passing } from './peers/stage.ts'
import { writeXml } from './peers/write.ts'
import type { Role } from './shapes.ts'
import { heardOf } from './transport/memory.ts'
import type { Node } from './xml.ts'

/** What a ground is opened with. */
export interface GatewayGround {
  readonly scene: Scene
  /** the party under whose key the tester speaks; it sees what is on its way */
  readonly tester: string
  /** who is spoken to under which role */
  readonly roles: Readonly<Record<string, Role>>
  /** what the gateway is */
  readonly product: Role
  readonly judge: (bytes: Uint8Array) => Promise<Judged>
  readonly seed: string
  readonly meanwhile: (passage: Passage) => readonly Passing[]
}

type Take = (peer: Peer, state: unknown, tools: Tools) => Turn<unknown> | undefined

/** The gateway among peers. */
export function openGatewayGround(peers: readonly Peer[], it: GatewayGround): Ground {
  const { scene, tester, roles, product, judge, seed } = it
  const states = new Map(peers.map(({ role, start }) => [role, start]))
  const passed: Passage[] = []
  const waiting: (Passing & { readonly sent?: Node })[] = []
  const wakes: { readonly role: Role; readonly word: string; readonly at: number }[] = []
  let clock = Date.now()
  /** the gateway has been told something, and may have something to say */
  let isTouched = false
  const now = () => new Date(clock).toISOString()
  scene.behave(async ({ party, body }, response) => {
    const to = roles[party]
    if (to === undefined) return response.writeHead(204).end()
    const { text, status } = await heard(product, to, new TextEncoder().encode(body))
    response.writeHead(status, { 'Content-Type': 'application/xml' }).end(text)
  })
  return { passed, now, say }

  async function say(from: Role, to: Role, bytes: Uint8Array): Promise<readonly Passage[]> {
    const begun = passed.length
    waiting.push({ from, to, bytes })
    do {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await pass(next)
      if (isTouched) await settled(scene, tester)
      isTouched = false
    } while (waiting.length > 0 || wokeNext())
    return passed.slice(begun)
  }

  async function pass({ from, to, bytes, sent }: (typeof waiting)[number]): Promise<void> {
    const { text, asked } = await (to === product ? told(from, bytes) : heard(from, to, bytes))
    const reply = text === '' ? undefined : heardOf(await judge(new TextEncoder().encode(text)))
    const message = sent ?? asked
    if (message === undefined) return
    turned(from, (peer, state, tools) => peer.answered?.(state, message, reply, tools))
  }

  /** By the gateway. */
  async function told(from: Role, bytes: Uint8Array) {
    const place = await begin(from, product, bytes)
    isTouched = true
    const { text } = await scene.send(tester, bytes)
    return end(place, text)
  }

  /** By a peer, whoever has sent it. */
  async function heard(from: Role, to: Role, bytes: Uint8Array) {
    const place = await begin(from, to, bytes)
    const { message } = place
    const turn = turned(to, (peer, state, tools) => peer.hear(state, heardOf(message), tools))
    const { status = 204, message: answer } = turn?.reply ?? {}
    const done = await end(place, answer === undefined ? '' : writeXml(answer))
    const passage = passed[place.at]
    if (passage !== undefined) for (const one of it.meanwhile(passage)) await pass(one)
    return { ...done, status }
  }

  async function begin(from: Role, to: Role, bytes: Uint8Array) {
    const at = now()
    clock += 10
    const message = await judge(bytes)
    const passage = { from, to, message, reply: undefined, at, repliedAfter: 0 }
    return { at: passed.push(passage) - 1, message }
  }

  async function end({ at, message }: Awaited<ReturnType<typeof begin>>, text: string) {
    const reply = text === '' ? undefined : await judge(new TextEncoder().encode(text))
    const passage = passed[at]
    if (passage !== undefined) passed[at] = { ...passage, reply, repliedAfter: passed.length }
    return { text, asked: message.root }
  }

  function wokeNext(): boolean {
    const [next] = [...wakes].sort((a, b) => a.at - b.at)
    if (next === undefined) return false
    wakes.splice(wakes.indexOf(next), 1)
    clock = Math.max(clock, next.at)
    turned(next.role, (peer, state, tools) => peer.woken?.(state, next.word, tools))
    return true
  }

  function turned(role: Role, take: Take): Turn<unknown> | undefined {
    const peer = peers.find((one) => one.role === role)
    if (peer === undefined) return undefined
    const uuid = (...words: readonly string[]) => uuidOf(seed, role, ...words)
    const turn = take(peer, states.get(role), { now: now(), uuid })
    if (turn === undefined) return undefined
    states.set(role, turn.state)
    for (const { to, message } of turn.sends) {
      const bytes = new TextEncoder().encode(writeXml(message))
      waiting.push({ from: role, to, bytes, sent: message })
    }
    for (const { afterMs, word } of turn.wakes ?? [])
      wakes.push({ role, word, at: clock + afterMs })
    return turn
  }
}
