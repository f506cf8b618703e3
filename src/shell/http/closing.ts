// The end of a connection whose sender is not listened to: the answer goes out at once; what is still coming is thrown
// away for a moment, because closing upon unread octets resets the connection and takes the answer along (RFC 9112 9.6).

import type { IncomingMessage, ServerResponse } from 'node:http'

/** milliseconds for a sender to read the answer and stop */
const LINGER_MS = 1_000
/** octets that are thrown away until then; from there on the sender is left to wait */
const MOST_OCTETS = 32 * 1024 * 1024

/** True while a request may have a body that is still to come. */
export function hasBody({ headers, readableEnded }: IncomingMessage): boolean {
  const declared = headers['transfer-encoding'] ?? headers['content-length'] ?? '0'
  return declared !== '0' && !readableEnded
}

/** Answers and closes. Status and headers have been set. */
export function closing(request: IncomingMessage, response: ServerResponse, text: string): void {
  response.setHeader('Connection', 'close')
  response.setHeader('Content-Length', Buffer.byteLength(text))
  response.write(text)
  let octets = 0
  const end = () => {
    clearTimeout(timer)
    request.pause()
    response.end()
  }
  const timer = setTimeout(end, LINGER_MS)
  request.on('data', (it: Buffer) => void ((octets += it.length) > MOST_OCTETS && request.pause()))
  for (const event of ['end', 'error', 'close']) request.once(event, end)
  if (request.readableEnded) end()
}
