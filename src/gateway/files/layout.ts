// How the records of a file are laid out, and what it has to be to be taken: its manifest, which comes beside it and after it, or
// else what the configuration says.

import type { FileFacts } from '../../flows/file-kind.ts'
import { isInstant } from '../../flows/file-columns.ts'
import { isObject, member, numberText, readJson } from '../../schema/json-text.ts'
import type { JsonObject } from '../../schema/json-text.ts'

/** By the words of FileTransfer.delimiter. */
export const DELIMITERS = { comma: ',', tab: '\t', semicolon: ';', pipe: '|' } as const

export type DelimiterName = keyof typeof DELIMITERS

/** Encodings that are read. */
export const ENCODINGS = ['utf-8', 'iso-8859-1', 'windows-1252', 'utf-16le'] as const

export type EncodingName = (typeof ENCODINGS)[number]

/** How text becomes records. */
export interface Layout {
  readonly delimiter: DelimiterName
  readonly encoding: EncodingName
  /** the first line names the columns; else they come in the order of the kind */
  readonly header: boolean
}

/** A table as RFC 4180 has it. */
export const LAYOUT: Layout = { delimiter: 'comma', encoding: 'utf-8', header: true }

/** What is said of a file. */
export interface Manifest extends Layout, FileFacts {
  readonly fileName: string
  readonly sizeBytes: number
  /** hex */
  readonly sha256: string
  readonly recordCount: number
  readonly createdDateTime: string
  readonly schemaVersion: string
  /** its place among the files of its kind */
  readonly sequence: number
}

/** behind the name of the file that it is about */
export const MANIFEST_SUFFIX = '.manifest.json'

/** octets of a manifest at most */
export const MANIFEST_BYTES = 64 * 1024

/** the layout of records that this version knows */
const SCHEMA_VERSION = '1'

/** @param usual where the manifest does not say it */
export function readManifest(
  text: string,
  usual: Layout,
): { readonly manifest: Manifest } | { readonly fault: string } {
  const read = readJson(text)
  if ('fault' in read) return { fault: `The manifest is no JSON: ${read.fault.message}.` }
  if (!isObject(read.value)) return { fault: 'The manifest is no JSON object.' }
  const it = read.value
  const faults = [...missing(it), ...wrong(it)]
  if (faults.length > 0) return { fault: `The manifest cannot be used: ${faults.join('; ')}.` }
  return { manifest: manifestOf(it, usual) }
}

const REQUIRED = ['fileName', 'sizeBytes', 'sha256', 'recordCount', 'createdDateTime'] as const
const KNOWN: readonly string[] = [
  ...REQUIRED,
  'schemaVersion',
  'sequence',
  'delimiter',
  'encoding',
  'header',
  'transferKind',
]

function missing(it: JsonObject): readonly string[] {
  return [
    ...REQUIRED.filter((name) => member(it, name) === undefined).map(
      (name) => `${name} is missing`,
    ),
    ...Object.keys(it)
      .filter((name) => !KNOWN.includes(name))
      .map((name) => `${name} is not known`),
  ]
}

function wrong(it: JsonObject): readonly string[] {
  const says = (name: string, is: boolean, what: string) =>
    member(it, name) === undefined || is ? [] : [`${name} is not ${what}`]
  const text = (name: string) => textOf(it, name)
  const count = (name: string) => countOf(it, name) !== undefined
  return [
    ...says('fileName', text('fileName') !== '', 'a name'),
    ...says('sizeBytes', count('sizeBytes'), 'a number of octets'),
    ...says('recordCount', count('recordCount'), 'a number of records'),
    ...says('sequence', count('sequence'), 'a number'),
    ...says('sha256', /^[\da-f]{64}$/i.test(text('sha256')), 'a SHA-256 in hex'),
    ...says('createdDateTime', isInstant(text('createdDateTime')), 'a time with its zone'),
    ...says('schemaVersion', text('schemaVersion') === SCHEMA_VERSION, `"${SCHEMA_VERSION}"`),
    ...says('delimiter', text('delimiter') in DELIMITERS, among(Object.keys(DELIMITERS))),
    ...says('encoding', isEncoding(text('encoding')), among(ENCODINGS)),
    ...says('header', typeof member(it, 'header') === 'boolean', 'true or false'),
    ...says('transferKind', isKind(text('transferKind')), 'initial or incremental'),
  ]
}

function manifestOf(it: JsonObject, usual: Layout): Manifest {
  const [delimiter, encoding] = [textOf(it, 'delimiter'), textOf(it, 'encoding').toLowerCase()]
  const header = member(it, 'header')
  return {
    fileName: textOf(it, 'fileName'),
    sizeBytes: countOf(it, 'sizeBytes') ?? 0,
    sha256: textOf(it, 'sha256').toLowerCase(),
    recordCount: countOf(it, 'recordCount') ?? 0,
    createdDateTime: textOf(it, 'createdDateTime'),
    schemaVersion: textOf(it, 'schemaVersion') || SCHEMA_VERSION,
    sequence: countOf(it, 'sequence') ?? 0,
    delimiter: delimiter in DELIMITERS ? (delimiter as DelimiterName) : usual.delimiter,
    encoding: isEncoding(encoding) ? encoding : usual.encoding,
    header: typeof header === 'boolean' ? header : usual.header,
    transferKind: textOf(it, 'transferKind') === 'initial' ? 'initial' : 'incremental',
  }
}

function isEncoding(text: string): text is EncodingName {
  return (ENCODINGS as readonly string[]).includes(text.toLowerCase())
}

function isKind(text: string): boolean {
  return text === 'initial' || text === 'incremental'
}

function textOf(it: JsonObject, name: string): string {
  const value = member(it, name)
  return typeof value === 'string' ? value : ''
}

/** A whole number from 0, written as one; a version may be a number, too. */
function countOf(it: JsonObject, name: string): number | undefined {
  const text = numberText(member(it, name)) ?? ''
  const count = /^\d{1,15}$/.test(text) ? Number(text) : undefined
  return count
}

function among(names: readonly string[]): string {
  return `one of ${names.join(', ')}`
}
