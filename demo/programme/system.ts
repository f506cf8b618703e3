// A simulated system: it listens at an address of its own, counts what reaches it once however often it comes, and sends until it
// is answered, under one MessageID, as a system has to whose gateway may fail.

import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { writeJson } from '../../src/index.ts'
import type { JsonObject } from '../../src/index.ts'
import { heardIn, isObject, messageOf, partOf, replyTo } from '../message.ts'
import type { Heard } from '../message.ts'
import type { Sending } from '../party.ts'
import { jsonIn } from '../wire.ts'

/** What a system does about a message. @returns what it refuses of it */
export type Hears = (heard: Heard) => readonly Refused[]

/** One object that is refused. */
export interface Refused {
  readonly mRID: string
  readonly reason: string
}

/** What has become of a message that was sent. */
export interface Answered {
  readonly result: string
  /** of each Error: its code and rule */
  readonly errors: readonly string[]
}

/** One system. */
export interface System {
  readonly id: string
  readonly url: string
  /** messages that came again, under a MessageID that had been answered */
  readonly repeated: () => number
  /** messages, each counted once */
  readonly received: () => number
  /** resolves with the outcome, also where that is told later */
  readonly send: (it: Sending) => Promise<Answered>
  readonly close: () => void
}

/** Where the gateway is, and what proves who sends. */
export interface Way {
  readonly address: string
  readonly key: string
}

/** milliseconds between two tries, and until what is to be told later is given up */
const [AGAIN_MS, UNTOLD_MS] = [100, 600_000]
/** The gateway still waits for what this message has led to. */
const IN_FLIGHT = 'rule=MSG-IN-FLIGHT'
const WHERE = { 'Content-Type': 'application/json' }

/** Opens one on a free port of the loopback address. @param way is asked for with each message */
export async function systemAt(id: string, way: () => Way, hears: Hears): Promise<System> {
  const answers = new Map<string, string>()
  const awaited = new Map<string, (it: Answered) => void>()
  let repeated = 0

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const message = jsonIn(Buffer.concat((await request.toArray()) as Buffer[]).toString())
    const messageID = String(partOf(message, 'header')['MessageID'] ?? '')
    const known = answers.get(messageID)
    if (known !== undefined) repeated += 1
    const text = known ?? said(message)
    answers.set(messageID, text)
    response.writeHead(text === '' ? 204 : 200, WHERE).end(text)
  }

  function said(message: JsonObject): string {
    const heard = heardIn(message)
    if (heard.kind === 'ResponseMessage') {
      awaited.get(heard.correlationID)?.(outcomeOf(message))
      return ''
    }
    return writeJson(replied(replyTo(heard, stamped(), {}), heard, hears(heard)))
  }

  const stamped = () => ({
    MessageID: randomUUID(),
    Timestamp: new Date().toISOString(),
    Source: id,
  })

  async function send(it: Sending): Promise<Answered> {
    const stamp = { ...stamped(), ...(it.later === true ? { ReplyAddress: url } : {}) }
    const later = new Promise<Answered>((resolve) => awaited.set(stamp.MessageID, resolve))
    const body = writeJson(messageOf(it, stamp))
    const outcome = outcomeOf(await posted(body))
    const isLater = outcome.errors.some((each) => each.startsWith('0.3'))
    const final = isLater ? await Promise.race([later, untold(it)]) : outcome
    awaited.delete(stamp.MessageID)
    return final
  }

  async function posted(body: string): Promise<JsonObject> {
    for (;;) {
      const { address, key } = way()
      const headers = { ...WHERE, 'X-API-Key': key }
      const response = await fetch(`${address}/cim`, { method: 'POST', body, headers }).catch(
        () => undefined,
      )
      const text = await response?.text().catch(() => undefined)
      // Not there, too much to do, or busy with this very message: the same again, which has one effect.
      const isSaid = response !== undefined && ![429, 503].includes(response.status)
      if (isSaid && text !== undefined && !text.includes(IN_FLIGHT)) return jsonIn(text)
      await pause(AGAIN_MS)
    }
  }

  const server = createServer((request, response) => {
    void answer(request, response).catch((error: unknown) => {
      process.stderr.write(`${id}: ${String(error)}\n`)
      response.destroy()
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    id,
    url,
    repeated: () => repeated,
    received: () => answers.size,
    send,
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}

/** @throws after a long time */
async function untold({ verb, noun }: Sending): Promise<never> {
  await pause(UNTOLD_MS, undefined, { ref: false })
  throw new Error(`What has come of ${verb} ${noun} was never told.`)
}

/** The reply, with an Error for each object that was refused. */
function replied(reply: JsonObject, { objects }: Heard, refused: readonly Refused[]): JsonObject {
  if (refused.length === 0) return reply
  const Result = refused.length < objects.length ? 'PARTIAL' : 'FAILED'
  const Error = refused.map(({ mRID, reason }) => {
    return { code: '6.1', level: 'FATAL', reason, ID: { $: mRID, '@kind': 'uuid' } }
  })
  return { ...reply, reply: { Result, Error } }
}

function outcomeOf(message: JsonObject): Answered {
  const reply = partOf(message, 'reply')
  const all = Array.isArray(reply['Error']) ? reply['Error'].filter(isObject) : []
  return {
    result: String(reply['Result'] ?? message['detail'] ?? 'no reply'),
    errors: all.map((it) => `${it['code']} ${it['details'] ?? ''}`),
  }
}
