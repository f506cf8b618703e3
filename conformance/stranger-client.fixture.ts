// For tests only: a client by somebody else. It knows how its messages look, has a control by which it is told to send one,
// and may be wrong in one thing.

import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { isEvent, mRIDOf, written } from './stranger-messages.fixture.ts'
import type { About } from './stranger-messages.fixture.ts'

/** What may be wrong with it. */
export type Wrong =
  | 'none'
  | 'new-id-on-retry'
  | 'no-retry'
  | 'stubborn'
  | 'any-reply'
  | 'own-mrid'
  | 'no-timestamp-zone'
  | 'deaf'
  | 'waits-for-words'
  | 'forgetful'

/** What came back: nothing that counts in time, a text that may be empty, or the status of a refusal without one. */
export type Post = (address: string, body: string) => Promise<string | undefined>

/** A client that sends what it is told to. */
export interface Stranger {
  readonly obey: (order: Order) => Promise<void>
  readonly send: (address: string, verb: string, noun: string, hasNoMRID?: boolean) => Promise<void>
}

/** What it is told to send. */
export interface Order {
  readonly address: string
  readonly correlationID: string
  readonly expects: {
    readonly verb: string
    readonly noun: string
    readonly lacks?: string | undefined
  }
}

/** A client with its control. */
export interface StrangerClient extends Stranger {
  /** is told by POST what to send */
  readonly control: string
  readonly close: () => Promise<void>
}

/** How it goes about it, over HTTP. */
interface Habits {
  /** after which it sends a message again that is not answered */
  readonly patienceMs?: number
  /** it sends everything to this path, and takes the CorrelationID that it was told */
  readonly path?: string
}

/** One that has a control, and sends over HTTP. By default it is right. */
export async function openStrangerClient(
  wrong: Wrong = 'none',
  { patienceMs = 120, path }: Habits = {},
): Promise<StrangerClient> {
  const stranger = strangerClient(wrong, (address, body) => posted(address, body, patienceMs), {
    path,
  })
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (it: Buffer) => chunks.push(it))
    request.on('end', () => {
      response.writeHead(202).end()
      void stranger.obey(JSON.parse(Buffer.concat(chunks).toString('utf8')) as Order)
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const close = async () => {
    server.closeAllConnections()
    await new Promise((done) => server.close(done))
  }
  const control = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  return { ...stranger, control, close }
}

async function posted(address: string, body: string, ms: number): Promise<string | undefined> {
  try {
    const headers = { 'Content-Type': 'application/xml' }
    const signal = AbortSignal.timeout(ms)
    const response = await fetch(address, { method: 'POST', body, headers, signal })
    const text = await response.text()
    if (text !== '' || response.ok) return text
    return response.status < 500 ? `HTTP ${response.status}` : undefined
  } catch {
    return undefined
  }
}

/** What else a client does. */
export interface Ways {
  /** where it sends everything, under the CorrelationID that it was told; by default where it is told to */
  readonly path?: string | undefined
  /** what it does with an object that was given an mRID */
  readonly goesOn?: 'get' | 'change'
}

/** Sends by whatever way. By default it asks for an object that was given an mRID. */
export function strangerClient(
  wrong: Wrong,
  post: Post,
  { path, goesOn = 'get' }: Ways = {},
): Stranger {
  let sent = 0
  /** by noun, its last object that was not refused */
  const objects = new Map<string, string>()
  return { obey, send: (address, verb, noun, lacks) => send(address, verb, noun, lacks) }

  async function obey({ address, correlationID, expects: { verb, noun, lacks } }: Order) {
    if (wrong === 'deaf') return
    const to = path === undefined ? address : new URL(path, address).href
    await send(to, verb, noun, lacks !== undefined, path === undefined ? undefined : correlationID)
  }

  async function send(
    address: string,
    verb: string,
    noun: string,
    hasNoMRID = false,
    id?: string,
  ): Promise<void> {
    const kind = kindOf(noun)
    const isNew = verb === 'create' || verb === 'created'
    const before = objects.get(kind)
    if (isNew) objects.set(kind, mRIDOf((sent += 1)))
    const mRID = wrong === 'forgetful' && !isNew ? mRIDOf(0) : objects.get(kind)
    const reply = await exchanged(address, { verb, noun, mRID: hasNoMRID ? undefined : mRID }, id)
    if (reply === undefined || reply.isRefused) return isNew ? restore(kind, before) : undefined
    if (wrong === 'any-reply' && !reply.isOurs) return send(address, ...goingOn(noun))
    if (!hasNoMRID) return
    const assigned = /<(?:EndDeviceGroup|\w+(?:Request|Order))[^>]*>\s*<mRID>([^<]*)</.exec(
      reply.text,
    )
    objects.set(kind, wrong === 'own-mrid' ? mRIDOf(0) : (assigned?.[1] ?? ''))
    const query = noun === 'DERGroups' ? 'DERGroupQueries' : `Get${noun}`
    await send(address, goesOn, goesOn === 'get' ? query : noun)
  }

  function restore(kind: string, before: string | undefined): void {
    if (before === undefined) objects.delete(kind)
    else objects.set(kind, before)
  }

  async function exchanged(
    address: string,
    about: Omit<About, 'number'>,
    given: string | undefined,
  ) {
    const zone = wrong === 'no-timestamp-zone' ? '' : 'Z'
    const number = (sent += 1)
    const again = (id: string) => written({ ...about, number }, id, zone)
    let message = again(given ?? `stranger-${wrong}-${number}`)
    for (let tries = 0; tries < 4; tries += 1) {
      const text = await post(address, message.text)
      const isOurs = text?.includes(`<CorrelationID>${message.id}<`) ?? false
      const isRefused = /<Result>FAILED<|^HTTP 4/.test(text ?? '')
      const isTaken = isEvent(about.verb) && text === '' && wrong !== 'waits-for-words'
      const isOver = isRefused ? wrong !== 'stubborn' : isOurs || isTaken || wrong === 'any-reply'
      if (text !== undefined && isOver) return { text, isOurs, isRefused }
      if (wrong === 'no-retry') return undefined
      if (wrong === 'new-id-on-retry') message = again(`stranger-again-${(sent += 1)}`)
    }
    return undefined
  }
}

/** Groups are groups, whatever is said of them. */
function kindOf(noun: string): string {
  return /^DERGroup|^OperationSet$/.test(noun) ? 'DERGroups' : noun.replace(/^Get/, '')
}

function goingOn(noun: string): readonly [verb: string, noun: string] {
  return [noun === 'DERGroups' ? 'delete' : 'cancel', noun]
}
