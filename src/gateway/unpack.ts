// A message whose payload is compressed, as the message that it stands for. Whether it may be unpacked, and what is
// in it, the judge has found out already: here only valid messages come.

import { member } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import { isMessage } from '../schema/message-xml.ts'
import type { Validate } from './ports.ts'
import { entriesOf, text } from './tasks.ts'

/**
 * The message with its payload in the open; any other message as it is.
 * @param message valid, as CIM-JSON; Compressed is gzip in base64 (IEC 61968-100:2013 6.3.5)
 */
export async function unpacked(message: JsonObject, validate: Validate): Promise<JsonObject> {
  const entries = entriesOf(member(message, 'payload'))
  const packed = text(entries.find(([name]) => name === 'Compressed')?.[1])
  if (packed === undefined) return message
  const bytes = await octetsOf(packed)
  // Judged under the verb of its message before; alone it would be judged as if it were a create.
  const { json } = await validate.judge(bytes, {
    json: true,
    only: ['wellformed'],
    own: true,
  })
  return json === undefined ? message : { ...message, payload: payloadOf(json) }
}

function payloadOf(inner: JsonObject): Json {
  return isMessage(inner) ? (member(inner, 'payload') ?? {}) : inner
}

/** Senders put plain text there too, so the first two octets decide (RFC 1952 2.3.1). */
async function octetsOf(base64: string): Promise<Uint8Array> {
  const octets = Uint8Array.from(atob(base64.replace(/\s/g, '')), (it) => it.charCodeAt(0))
  if (octets[0] !== 0x1f || octets[1] !== 0x8b) return octets
  const stream = new Blob([octets]).stream().pipeThrough(new DecompressionStream('gzip'))
  return new Uint8Array(await new Response(stream).arrayBuffer())
}
