// HTTP to a peer: one POST, no redirects, a deadline, a cap on what comes back.

/** What came back over the wire; or why nothing did. */
export type PeerAnswer =
  { readonly status: number; readonly bytes: Uint8Array } | { readonly unreachable: string }

const DEADLINE_MS = 30_000

/** Posts one message; redirects are not followed, because the next address was never configured by anybody. */
export async function post(url: string, xml: Uint8Array, limitBytes: number): Promise<PeerAnswer> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      body: xml as Uint8Array<ArrayBuffer>,
      headers: { 'Content-Type': 'application/xml; charset=utf-8' },
      redirect: 'manual',
      signal: AbortSignal.timeout(DEADLINE_MS),
    })
    return { status: response.status, bytes: await capped(response, limitBytes) }
  } catch (error) {
    const cause = (error as { cause?: { code?: string } }).cause?.code
    return { unreachable: `${url} cannot be reached: ${cause ?? (error as Error).message}.` }
  }
}

async function capped(response: Response, limitBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of response.body ?? []) {
    length += chunk.length
    if (length > limitBytes) throw new Error(`the answer is longer than ${limitBytes} octets`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
