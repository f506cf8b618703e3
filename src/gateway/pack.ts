// A payload in the open -> Payload/Compressed: the payload as an XML document of its own, gzip, base64.
// The counterpart of unpack.ts.

import { member } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import { messageFromJson } from '../schema/message-xml.ts'
import type { Reformed } from '../schema/message-form.ts'
import type { SchemaSet } from '../schema/schemas.ts'
import { entriesIn, refusal, textOf } from '../schema/typed-stem.ts'

/**
 * The message with its payload compressed; as it is where there is none, or where it is compressed already.
 * @param message valid, as CIM-JSON
 * @see IEC 61968-100:2013 6.5
 */
export async function packed(message: JsonObject, schemas: SchemaSet): Promise<Reformed> {
  const entries = entriesIn(member(message, 'payload'))
  const roots = entries.filter(([key]) => key !== 'Format')
  const [root] = roots
  if (root === undefined || root[0] === 'Compressed') return { message }
  const path = `/${textOf(message['message']) ?? ''}/Payload`
  if (message['@xmlns'] !== undefined)
    return refusal(
      path,
      'A typed message carries its object in the open',
      'Convert it to generic first.',
    )
  if (roots.length > 1)
    return refusal(
      path,
      `Compressed holds one document, and this payload is ${roots.length}`,
      'Put the objects under one root, or send several messages.',
    )
  const document = documentOf(root, message, schemas)
  if (document === undefined)
    return refusal(
      path,
      `Compressed holds a payload document, and ${root[0]} is no root of one`,
      'Send it in the open.',
    )
  const format = entries.find(([key]) => key === 'Format')?.[1] ?? 'XML'
  const payload: JsonObject = { Compressed: await gzipped(document), Format: format }
  return { message: { ...message, payload } }
}

function documentOf(
  [name, value]: readonly [string, Json],
  message: JsonObject,
  schemas: SchemaSet,
): string | undefined {
  const verb = textOf(member(member(message, 'header'), 'Verb'))?.trim()
  if (schemas.payload(undefined, name, verb) === undefined) return undefined
  const { xml, issues } = messageFromJson({ [name]: value }, schemas, verb)
  return issues.length > 0 ? undefined : `<?xml version="1.0" encoding="UTF-8"?>\n${xml}`
}

/** gzip, base64. */
export async function gzipped(document: string): Promise<string> {
  const stream = new Blob([document]).stream().pipeThrough(new CompressionStream('gzip'))
  const octets = new Uint8Array(await new Response(stream).arrayBuffer())
  let binary = ''
  for (let at = 0; at < octets.length; at += CHUNK)
    binary += String.fromCharCode(...octets.subarray(at, at + CHUNK))
  return btoa(binary)
}

/** octets at a time: a call takes only so many arguments */
const CHUNK = 0x8000
