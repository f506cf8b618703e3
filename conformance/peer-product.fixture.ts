// For tests only: a reference peer as a product of its own, over sockets: it answers where it is called, and calls others at the
// addresses that it was told.

import type { Peer, Sent } from './peers/peer.ts'
import { writeXml } from './peers/write.ts'
import { uuidOf } from './ids.ts'
import type { Judged } from './engine/judge.ts'
import { overHttp } from './transport/http.ts'
import { listen } from './transport/listen.ts'
import { heardOf } from './transport/memory.ts'

/** A product while it runs. */
export interface Product {
  readonly address: string
  /** where others are, as the tester has said: `DCS: http://…` */
  readonly told: (line: string) => void
  readonly close: () => Promise<void>
}

/** @param peer begins in its start state */
export async function openProduct(
  peer: Peer,
  judge: (bytes: Uint8Array) => Promise<Judged>,
): Promise<Product> {
  const others = new Map<string, string>()
  let state: unknown = peer.start
  let count = 0
  const tools = () => ({
    now: new Date().toISOString(),
    uuid: (...words: readonly string[]) => uuidOf('product', String((count += 1)), ...words),
  })
  const server = await listen({ host: '127.0.0.1', port: 0 }, async ({ bytes }) => {
    const turn = peer.hear(state, heardOf(await judge(bytes)), tools())
    state = turn.state
    void sendAll(turn.sends)
    const message = turn.reply?.message
    const text = message === undefined ? '' : writeXml(message)
    return {
      status: turn.reply?.status ?? 204,
      headers: { 'Content-Type': 'application/xml; charset=utf-8' },
      bytes: new TextEncoder().encode(text),
    }
  })

  async function sendAll(sends: readonly Sent[]): Promise<void> {
    for (const { to, message } of sends) {
      const url = others.get(to)
      if (url === undefined) continue
      const way = overHttp({ url, waitMs: 5_000, headers: {} })
      const answer = await way.send(new TextEncoder().encode(writeXml(message)))
      const reply =
        answer.kind === 'answered' && answer.bytes.length > 0
          ? heardOf(await judge(answer.bytes))
          : undefined
      const turn = peer.answered?.(state, message, reply, tools())
      if (turn === undefined) continue
      state = turn.state
      await sendAll(turn.sends)
    }
  }
  return {
    address: `${server.address}/cim`,
    told: (line) => {
      const [, role, url] = /^(\w+): (http\S+)/.exec(line) ?? []
      if (role !== undefined && url !== undefined) others.set(role, url)
    },
    close: server.close,
  }
}
