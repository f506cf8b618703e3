// The two notations on the wire: CIM XML and CIM-JSON, read and written by cimgate as a library.

import { readJson, writeJson } from '../src/index.ts'
import type { Cimgate, JsonObject } from '../src/index.ts'
import { isObject } from './message.ts'

/** How a party reads and writes. */
export interface Wire {
  readonly contentType: string
  readonly read: (bytes: Uint8Array) => Promise<JsonObject>
  readonly write: (message: JsonObject) => Promise<string>
}

/** The notation of a party. @throws what cannot be read or written, with its findings */
export function wireOf(speaks: 'xml' | 'json', cimgate: Cimgate): Wire {
  if (speaks === 'json')
    return {
      contentType: 'application/json',
      read: async (bytes) => jsonIn(new TextDecoder().decode(bytes)),
      write: async (message) => writeJson(message),
    }
  const converted = async (bytes: Uint8Array, to: 'xml' | 'json') => {
    const { text, validated } = await cimgate.convert(bytes, to)
    if (text === undefined) throw new Error(validated.findings.map((it) => it.message).join(' '))
    return text
  }
  return {
    contentType: 'application/xml',
    read: async (bytes) => jsonIn(await converted(bytes, 'json')),
    write: (message) => converted(new TextEncoder().encode(writeJson(message)), 'xml'),
  }
}

/** A message, or another object, as its text. @throws when it is none */
export function jsonIn(text: string): JsonObject {
  const read = readJson(text)
  if ('value' in read && isObject(read.value)) return read.value
  throw new Error(`This is no message: ${text.slice(0, 200)}`)
}
