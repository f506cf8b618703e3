// Messages over HTTP POST, in whatever carrier: as XML, which is the transport that all products share, or in SOAP.

import type { Answer, Transport } from './answer.ts'
import { CARRIERS, carried, objectsOf } from './carrier.ts'
import type { CarrierName } from './carrier.ts'

/** How it is asked. */
export interface HttpOptions {
  /** `{Noun}` in it is the noun of each message: strongly typed services have an address for each */
  readonly url: string
  /** how long an answer may take, to its last octet */
  readonly waitMs: number
  readonly headers: Readonly<Record<string, string>>
  /** by default XML as it is */
  readonly carrier?: CarrierName
}

/** An answer that is longer is not read to its end. */
export const MOST_BYTES = 16 * 2 ** 20

/** A server may close a connection that rests just as it is used again: that would be told as a fault of its own. */
const ONCE = { connection: 'close' }

/** @param fetchIt that of the platform; a test may hand in another */
export function overHttp(
  { url, waitMs, headers, carrier = 'http' }: HttpOptions,
  fetchIt: typeof fetch = fetch,
): Transport {
  const inCarrier = (message: Uint8Array) => carried(message, CARRIERS[carrier])
  return { name: carrier === 'http' ? 'http-xml' : carrier, inCarrier, send }

  async function send(message: Uint8Array): Promise<Answer> {
    const { bytes: body, headers: own } = inCarrier(message)
    const signal = AbortSignal.timeout(waitMs)
    try {
      const response = await fetchIt(url.replaceAll('{Noun}', nounOf(message)), {
        ...{ method: 'POST', body, headers: { ...own, ...ONCE, ...headers } },
        ...{ redirect: 'manual', signal },
      })
      const bytes = await readBody(response)
      if (bytes === undefined) return { kind: 'too-long', mostBytes: MOST_BYTES }
      const { status } = response
      const location = response.headers.get('location')
      return {
        ...(location === null ? {} : { location }),
        kind: 'answered',
        status,
        contentType: response.headers.get('content-type') ?? '',
        bytes,
      }
    } catch (error) {
      if (signal.aborted) return { kind: 'late', waitedMs: waitMs }
      return { kind: 'unreachable', why: reasonOf(error) }
    }
  }
}

/** Of its objects: what queries of them, and sets of operations with them, are about. */
function nounOf(message: Uint8Array): string {
  const text = Buffer.from(message).toString('latin1')
  const profile = /xmlns="[^"]*\/([A-Z]\w*)#"/.exec(text)?.[1]
  return objectsOf(profile ?? /<Noun>([^<]*)</.exec(text)?.[1] ?? '')
}

/** undefined where it is too long: what there is more of it is not read. */
async function readBody({ body }: Response): Promise<Uint8Array | undefined> {
  if (body === null) return new Uint8Array()
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    length += chunk.length
    if (length > MOST_BYTES) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { cause } = error
  return cause instanceof Error && cause.message !== '' ? cause.message : error.message
}
