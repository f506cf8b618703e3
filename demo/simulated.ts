// A party at work: it listens at an address of its own, does what its table says, and sends through the gateway.

import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Cimgate, JsonObject } from '../src/index.ts'
import { heardIn, messageOf, replyTo } from './message.ts'
import type { Heard, Stamp } from './message.ts'
import { memoryOf, rowFor } from './party.ts'
import type { Party, Sending } from './party.ts'
import { wireOf } from './wire.ts'

/** A party that is there. */
export interface Simulated {
  readonly party: Party
  /** where it is spoken to */
  readonly url: string
  /** Where it sends to, and what proves who it is. */
  readonly meets: (gateway: string, key: string) => void
  /** resolves when the gateway has answered */
  readonly send: (it: Sending) => Promise<void>
  /** true while it reads or replies */
  readonly isBusy: () => boolean
  /** whatever it has sent and received, replies too */
  readonly documents: readonly string[]
  /** what it could not read, or could not send */
  readonly troubles: readonly string[]
  readonly close: () => Promise<void>
}

/**
 * Opens a party on a free port of the loopback address.
 * @param plan is told what it is going to send because of what it has heard, when its turn comes
 */
export async function simulated(
  party: Party,
  cimgate: Cimgate,
  plan: (all: readonly Sending[]) => void,
): Promise<Simulated> {
  const wire = wireOf(party.speaks, cimgate)
  const memory = memoryOf(party)
  const documents: string[] = []
  const troubles: string[] = []
  let gateway = { address: '', key: '' }
  let busy = 0

  const stamp = (): Stamp => ({
    MessageID: randomUUID(),
    Timestamp: new Date().toISOString(),
    Source: party.id,
  })

  async function during<T>(work: () => Promise<T>): Promise<T | undefined> {
    busy += 1
    try {
      return await work()
    } catch (error) {
      troubles.push(`${party.name}: ${error instanceof Error ? error.message : String(error)}`)
      return undefined
    } finally {
      busy -= 1
    }
  }

  async function sent(it: Sending): Promise<void> {
    const later = it.later === true ? { ReplyAddress: url } : {}
    const body = await wire.write(messageOf(it, { ...stamp(), ...later }))
    const response = await fetch(`${gateway.address}/cim`, {
      method: 'POST',
      body,
      headers: { 'Content-Type': wire.contentType, 'X-API-Key': gateway.key },
    })
    const text = await response.text()
    documents.push(body, text)
    if (!response.ok)
      throw new Error(`${it.verb} ${it.noun} was answered ${response.status}: ${text}`)
    const heard = heardIn(await wire.read(new TextEncoder().encode(text)))
    if (heard.isDone) for (const object of it.objects) memory.keep(it.noun, object)
    plan(reaction(heard).next)
  }

  async function hears(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const bytes = Buffer.concat((await request.toArray()) as Buffer[])
    documents.push(bytes.toString())
    const { reply, next } = reaction(heardIn(await wire.read(bytes)))
    if (reply === undefined) response.writeHead(204).end()
    else {
      const body = await wire.write(reply)
      documents.push(body)
      response.setHeader('Content-Type', wire.contentType).end(body)
    }
    plan(next)
  }

  /** What it says to a message at once, and what it sends because of it. */
  function reaction(heard: Heard): { reply: JsonObject | undefined; next: readonly Sending[] } {
    const { kind, verb, noun, objects, isDone, isAckRequired } = heard
    if (!isDone) return { reply: undefined, next: [] }
    const on = `${verb} ${noun}`
    const about = objects.length === 0 ? [{}] : objects
    const rows = about.map((it) => [it, rowFor(party, on, it, memory)] as const)
    const refused = rows.map(([it, row]) => row?.refuses?.(it, memory)).find((it) => it)
    if (refused === undefined)
      for (const it of objects) if (it['mRID'] !== undefined) memory.keep(noun, it)
    const answers = rowFor(party, on, {}, memory)?.answers?.(memory, objects) ?? []
    const next =
      refused === undefined ? rows.flatMap(([it, row]) => row?.then?.(it, memory) ?? []) : []
    const reply =
      kind === 'RequestMessage' || isAckRequired
        ? replyTo(heard, stamp(), { refused, objects: answers })
        : undefined
    return { reply, next }
  }

  const server = createServer((request, response) => {
    void during(() => hears(request, response)).then(
      () => response.writableEnded || response.destroy(),
    )
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const url = `http://127.0.0.1:${port}`

  return {
    party,
    url,
    meets: (address, key) => void (gateway = { address, key }),
    send: (it) => during(() => sent(it)).then(() => undefined),
    isBusy: () => busy > 0,
    documents,
    troubles,
    close: async () => {
      server.close()
      server.closeAllConnections()
    },
  }
}
