// Both sides of a gateway: what is asked of it over HTTP, and what it sends to the CIM party that the tester is.

import { listen } from './listen.ts'
import type { Place } from './listen.ts'
import { fetched } from './http.ts'
import type { Said } from './http.ts'

export type { Said } from './http.ts'

/** What is asked of a gateway. */
export interface Ask {
  readonly method: string
  /** from its root */
  readonly path: string
  readonly contentType?: string
  readonly bytes?: Uint8Array
}

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
export function asked(
  { method, path, contentType, bytes }: Ask,
  { target, waitMs, headers }: Pick<BridgeOptions, 'target' | 'waitMs' | 'headers'>,
): Promise<Said> {
  const type: Readonly<Record<string, string>> =
    contentType === undefined ? {} : { 'Content-Type': contentType }
  const body = bytes === undefined ? {} : { body: bytes }
  return fetched(
    new URL(path, target),
    { method, headers: { ...type, ...headers }, ...body },
    waitMs,
  )
}
