// A message whose payload is compressed, as the message that it stands for. Whether it may be unpacked, and what is
// in it, the judge has found out already: here only valid messages come.

import { member } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import { isMessage } from '../schema/message-xml.ts'
import type { Validate } from './ports.ts'
import { entriesOf, text } from './tasks.ts'

/** The message with its payload in the open; any other message as it is. */
export async function unpacked(message: JsonObject, validate: Validate): Promise<JsonObject> {
  const inner = await innerOf(message, validate)
  return inner === undefined ? message : { ...message, payload: payloadOf(inner) }
}

/**
 * What Compressed holds, as CIM-JSON: a payload or a whole message; undefined when there is nothing compressed, or no
 * XML inside. What the judge does not look into is not unpacked here either: nobody has found it harmless.
 * @param message valid, as CIM-JSON; Compressed is gzip in base64 (IEC 61968-100:2013 6.3.5)
 */
export async function innerOf(
  message: JsonObject,
  validate: Validate,
): Promise<JsonObject | undefined> {
  const entries = new Map(entriesOf(member(message, 'payload')))
  const packed = text(entries.get('Compressed'))
  const format = text(entries.get('Format'))?.trim().toUpperCase() ?? 'XML'
  if (packed === undefined || format !== 'XML') return undefined
  const verb = text(member(member(message, 'header'), 'Verb'))?.trim()
  const { json } = await validate.judge(await octetsOf(packed), {
    json: true,
    only: ['wellformed'],
    own: true,
    ...(verb === undefined ? {} : { verb }),
  })
  return json
}

function payloadOf(inner: JsonObject): Json {
  return isMessage(inner) ? (member(inner, 'payload') ?? {}) : inner
}

async function octetsOf(base64: string): Promise<Uint8Array> {
  const octets = octetsIn(base64)
  if (!isGzip(octets)) return octets
  return new Uint8Array(await new Response(gunzipped(octets)).arrayBuffer())
}

type Octets = Uint8Array<ArrayBuffer>

/** What Compressed holds as it came. @throws where it is no base64 */
export function octetsIn(base64: string): Octets {
  return Uint8Array.from(atob(base64.replace(/\s/g, '')), (it) => it.charCodeAt(0))
}

/** Senders put plain text there too, so the first two octets decide (RFC 1952 2.3.1). */
export function isGzip(octets: Octets): boolean {
  return octets[0] === 0x1f && octets[1] === 0x8b
}

/** Piece by piece, for whoever stops where it becomes too long. */
export function gunzipped(octets: Octets): ReadableStream<Octets> {
  return new Blob([octets]).stream().pipeThrough(new DecompressionStream('gzip'))
}
