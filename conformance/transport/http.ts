// XML over HTTP POST: the transport that all products share.

import type { Answer, Transport } from './answer.ts'

/** How it is asked. */
export interface HttpOptions {
  readonly url: string
  /** how long an answer may take */
  readonly waitMs: number
  readonly headers: Readonly<Record<string, string>>
}

/** @param fetchIt that of the platform; a test may hand in another */
export function overHttp(
  { url, waitMs, headers }: HttpOptions,
  fetchIt: typeof fetch = fetch,
): Transport {
  return { name: 'http-xml', send }

  async function send(body: Uint8Array): Promise<Answer> {
    const signal = AbortSignal.timeout(waitMs)
    try {
      const type = { 'Content-Type': 'application/xml; charset=utf-8', Accept: 'application/xml' }
      const response = await fetchIt(url, {
        method: 'POST',
        body,
        headers: { ...type, ...headers },
        redirect: 'manual',
        signal,
      })
      const bytes = new Uint8Array(await response.arrayBuffer())
      return {
        kind: 'answered',
        status: response.status,
        contentType: response.headers.get('content-type') ?? '',
        bytes,
      }
    } catch (error) {
      if (signal.aborted) return { kind: 'late', waitedMs: waitMs }
      return { kind: 'unreachable', why: reasonOf(error) }
    }
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { cause } = error
  return cause instanceof Error && cause.message !== '' ? cause.message : error.message
}
