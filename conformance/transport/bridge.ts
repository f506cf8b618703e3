// Both sides of a gateway: what is asked of it over HTTP, and what it sends to the CIM party that the tester is.

import { listen } from './listen.ts'
import type { Place } from './listen.ts'
import type { Answer } from './answer.ts'
import { MOST_BYTES } from './http.ts'
import { whyOf } from '../why.ts'

/** What is asked of a gateway. */
export interface Ask {
  readonly method: string
  /** from its root */
  readonly path: string
  readonly contentType?: string
  readonly bytes?: Uint8Array
}

/** What came back, with its headers by their names in small letters. */
export type Said =
  | (Extract<Answer, { kind: 'answered' }> & {
      readonly headers: Readonly<Record<string, string>>
    })
  | Exclude<Answer, { kind: 'answered' }>

/** A message that the gateway has sent to the CIM party, and the answer that it got. */
export interface Delivered {
  readonly bytes: Uint8Array
  readonly contentType: string
  readonly answer: Uint8Array
}

/** How the party answers. */
export type Hears = (
  bytes: Uint8Array,
) => Promise<{ readonly status: number; readonly bytes: Uint8Array }>

/** A gateway as the tester sees it. */
export interface Bridge {
  readonly name: string
  readonly ask: (it: Ask) => Promise<Said>
  /** What it has sent since this was asked last, in order. */
  readonly delivered: () => readonly Delivered[]
  /** Lets time go by, of whatever clock. @returns false where no time may go by any more */
  readonly rest: (ms: number) => Promise<void>
  readonly close: () => Promise<void>
}

/** How a gateway is reached. */
export interface BridgeOptions {
  readonly target: string
  readonly waitMs: number
  readonly headers: Readonly<Record<string, string>>
  /** where the CIM party listens */
  readonly place: Place
  readonly hears: Hears
}

/** A gateway over HTTP. @param tell is told where the gateway has to have the tester as a party */
export async function overBridge(
  { target, waitMs, headers, place, hears }: BridgeOptions,
  tell: (line: string) => void,
): Promise<Bridge> {
  let waiting: Delivered[] = []
  const party = await listen(place, async ({ bytes, headers: own }) => {
    const answer = await hears(bytes)
    waiting.push({ bytes, contentType: own['content-type'] ?? '', answer: answer.bytes })
    const type = { 'Content-Type': 'application/xml; charset=utf-8' }
    return { status: answer.status, headers: type, bytes: answer.bytes }
  })
  tell(`the gateway has the tester as a party of CIM at ${party.address}/cim`)
  return {
    name: 'json',
    ask: (it) => asked(it, { target, waitMs, headers }),
    delivered: () => {
      const all = waiting
      waiting = []
      return all
    },
    rest: (ms) => new Promise((done) => setTimeout(done, ms)),
    close: party.close,
  }
}

/** One request over HTTP. */
export async function asked(
  { method, path, contentType, bytes }: Ask,
  { target, waitMs, headers }: Pick<BridgeOptions, 'target' | 'waitMs' | 'headers'>,
): Promise<Said> {
  const signal = AbortSignal.timeout(waitMs)
  try {
    const response = await fetch(new URL(path, target), {
      ...{ method, redirect: 'manual', signal },
      headers: {
        ...(contentType === undefined ? {} : { 'Content-Type': contentType }),
        ...headers,
      },
      ...(bytes === undefined ? {} : { body: bytes }),
    })
    const body = new Uint8Array(await response.arrayBuffer())
    if (body.length > MOST_BYTES) return { kind: 'too-long', mostBytes: MOST_BYTES }
    return {
      ...{ kind: 'answered', status: response.status, bytes: body },
      contentType: response.headers.get('content-type') ?? '',
      headers: Object.fromEntries(response.headers),
    }
  } catch (error) {
    if (signal.aborted) return { kind: 'late', waitedMs: waitMs }
    const cause = error instanceof Error ? (error.cause ?? error) : error
    return { kind: 'unreachable', why: whyOf(cause) }
  }
}
