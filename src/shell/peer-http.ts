// HTTP to a peer: one POST, no redirects, a deadline, a cap on what comes back.

/** What came back over the wire; or why nothing did. */
export type PeerAnswer =
  { readonly status: number; readonly bytes: Uint8Array } | { readonly unreachable: string }

/** milliseconds from the first octet sent to the last received */
const DEADLINE_MS = 30_000

/**
 * Posts one message; redirects are not followed, because the next address was never configured by anybody.
 * @param limitBytes octets of the answer, unpacked
 */
export async function post(
  url: string,
  xml: Uint8Array,
  limitBytes: number,
  deadlineMs = DEADLINE_MS,
): Promise<PeerAnswer> {
  if (!isHttp(url)) return { unreachable: `${url} is no address; write http://… or https://….` }
  try {
    const response = await fetch(url, {
      method: 'POST',
      body: xml as Uint8Array<ArrayBuffer>,
      headers: { 'Content-Type': 'application/xml; charset=utf-8', Accept: 'application/xml' },
      redirect: 'manual',
      signal: AbortSignal.timeout(deadlineMs),
    })
    return await answerOf(response, url, limitBytes)
  } catch (error) {
    return { unreachable: `${url} ${reasonOf(error as Error, deadlineMs)}.` }
  }
}

/** Nothing else that fetch knows (data:, blob:) is a peer; credentials do not belong into an address. */
function isHttp(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, username, password } = new URL(url)
  return ['http:', 'https:'].includes(protocol) && username === '' && password === ''
}

async function answerOf(response: Response, url: string, limitBytes: number): Promise<PeerAnswer> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of response.body ?? []) {
    length += chunk.length
    if (length > limitBytes)
      return { unreachable: `${url} answers with more than ${limitBytes} octets.` }
    chunks.push(chunk)
  }
  return { status: response.status, bytes: Buffer.concat(chunks) }
}

/** fetch tells the reason as a cause, or as the cause of that. */
function reasonOf(error: Error & { readonly code?: unknown }, deadlineMs: number): string {
  if (error.name === 'TimeoutError') return `has not answered within ${deadlineMs} ms`
  if (error.cause instanceof Error) return reasonOf(error.cause, deadlineMs)
  return `cannot be reached: ${typeof error.code === 'string' ? error.code : error.message}`
}
