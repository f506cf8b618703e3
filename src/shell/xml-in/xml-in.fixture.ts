// For tests only: the shipped schemas and samples, and messages to order.

import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { XmlDocument } from 'libxml2-wasm'
import { LIMITS } from '../../envelope/limits.ts'
import { MESSAGE_NS } from '../../envelope/namespaces.ts'
import { catalogueOf } from '../../schema/catalogue.ts'
import { schemasOf } from '../../schema/schemas.ts'
import type { SchemaSet } from '../../schema/schemas.ts'
import { readSchemas } from './xsd-read.ts'
import type { SchemaFolder } from './xsd-read.ts'
import { loadEngine } from './engine.ts'
import type { ParsedDocument } from './engine.ts'
import { open } from './open.ts'
import type { Opened } from './open.ts'
import { parseXml } from './parse-xml.ts'
import { DER_FUNCTIONS } from '../../flows/der-functions.fixture.ts'

await loadEngine()

export const ROOT = fileURLToPath(new URL('../../../../', import.meta.url))
export const FOLDERS: readonly SchemaFolder[] = [{ path: join(ROOT, 'xsd'), shipped: true }]
export const GROUPS_NS = 'http://iec.ch/TC57/2017/DERGroups#'
export const XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'

/** The schemas of these folders, read anew. */
export async function schemasIn(folders = FOLDERS): Promise<SchemaSet> {
  const { files } = await readSchemas(folders, parseXml)
  return schemasOf(catalogueOf(files))
}

/** One group; every flag says `flag`. */
export function group(flag = 'true'): string {
  const flags = DER_FUNCTIONS.map((it) => `<g:${it}>${flag}</g:${it}>`).join('')
  const id = '<g:mRID>f975be36-0000-4000-8000-000000000001</g:mRID>'
  return `<g:EndDeviceGroup>${id}<g:DERFunction>${flags}</g:DERFunction><g:Names><g:name>a</g:name></g:Names></g:EndDeviceGroup>`
}

/** A payload with these groups. */
export function groups(content = group(), attributes = ''): string {
  return `<g:DERGroups xmlns:g="${GROUPS_NS}"${attributes}>${content}</g:DERGroups>`
}

export const HEADER = [
  '<m:Verb>create</m:Verb><m:Noun>DERGroups</m:Noun>',
  '<m:Timestamp>2026-07-14T16:30:00Z</m:Timestamp><m:Source>test</m:Source>',
  '<m:MessageID>6c0e0000-0000-4000-8000-000000000001</m:MessageID>',
  '<m:CorrelationID>6c0e0000-0000-4000-8000-000000000001</m:CorrelationID>',
].join('')

/** A request around a payload; valid around `groups()`. */
export function request(payload = groups(), header = HEADER, attributes = ''): string {
  return `<m:RequestMessage xmlns:m="${MESSAGE_NS}"${attributes}><m:Header>${header}</m:Header><m:Payload>${payload}</m:Payload></m:RequestMessage>`
}

/** The same request, of about this many octets. */
export function requestOf(octets: number, flag = 'true'): Buffer {
  return Buffer.from(request(groups(group(flag).repeat(Math.ceil(octets / group(flag).length)))))
}

/** A Compressed element around gzip data, or around these octets as they are. */
export function compressed(content: string | Uint8Array, gzip = true): string {
  const octets = gzip ? gzipSync(content) : Buffer.from(content)
  return `<m:Compressed>${octets.toString('base64')}</m:Compressed>`
}

/** The text in an encoding, with byte order mark where the name ends in `+bom`. */
export function encoded(text: string, encoding: string): Buffer {
  const [name = '', mark] = encoding.split('+')
  const marked = mark === undefined ? text : `\uFEFF${text}`
  if (name === 'utf-16be') return Buffer.from(marked, 'utf16le').swap16()
  if (name === 'utf-16le') return Buffer.from(marked, 'utf16le')
  return Buffer.from(marked, name === 'iso-8859-1' ? 'latin1' : 'utf8')
}

/** Opens what must be acceptable; the caller disposes. */
export function opened(text: string | Uint8Array): Opened {
  const result = open(typeof text === 'string' ? Buffer.from(text) : text, LIMITS)
  if ('findings' in result) throw new Error(JSON.stringify(result.findings))
  return result
}

/** Paths of the XML samples, relative to `samples/`. */
export function samples(): readonly string[] {
  const names = readdirSync(join(ROOT, 'samples'), { recursive: true, encoding: 'utf8' })
  return names.filter((it) => it.endsWith('.xml')).sort()
}

export function sample(name: string): Buffer {
  return readFileSync(join(ROOT, 'samples', name))
}

/** A parsed document as the library itself sees it; its `dispose` releases the document. */
export function libraryDocument({ documentAddress }: ParsedDocument): XmlDocument {
  // Left out of the library's types.
  const { getInstance } = XmlDocument as unknown as {
    getInstance: (address: number) => XmlDocument
  }
  return getInstance.call(XmlDocument, documentAddress)
}
