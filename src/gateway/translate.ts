// A document in either form, judged: what validate and convert have in common.

import type { Finding } from '../envelope/finding.ts'
import { isObject, member, readJson } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import { isMessage, messageFromJson } from '../schema/message-xml.ts'
import type { SchemaSet } from '../schema/schemas.ts'
import type { Form } from './form.ts'
import type { Validate, Validated, ValidateOptions } from './ports.ts'
import { independent, located } from './json-findings.ts'
import { findingOfIssue } from './problem.ts'
import { UNREAD } from './refusals.ts'

export { formOf } from './form.ts'
export type { Form } from './form.ts'

/** What judging and converting need from outside. */
export interface TranslateParts {
  readonly schemas: SchemaSet
  readonly validate: Validate
}

/** A judged document; `xml` when it came as JSON and could be written. */
export interface Judged {
  readonly validated: Validated
  readonly xml?: string
}

/** JSON is judged as the XML that it stands for; paths are the same in both forms. */
export async function judgeForm(
  bytes: Uint8Array,
  form: Form,
  parts: TranslateParts,
  options: ValidateOptions = {},
): Promise<Judged> {
  if (form === 'xml') return { validated: await parts.validate.judge(bytes, options) }
  const read = readText(bytes)
  if ('finding' in read) return { validated: unreadable(read.finding) }
  const { validated, ...judged } = await judgeJson(read.json, parts, options)
  return {
    ...judged,
    validated: { ...validated, findings: located(validated.findings, read.text) },
  }
}

/** The same for JSON that is at hand as a value. */
export async function judgeJson(
  json: Json,
  parts: TranslateParts,
  options: ValidateOptions = {},
): Promise<Judged> {
  const { xml, issues } = messageFromJson(json, parts.schemas)
  const text = `${DECLARATION}${xml}`
  const judge = () =>
    parts.validate.judge(new TextEncoder().encode(text), { ...options, own: true })
  if (issues.length > 0) {
    const rest = xml === '' ? [] : independent((await judge()).findings, issues)
    const findings = [...issues.map(findingOfIssue), ...rest.map(unplaced)]
    return { validated: { ...unreadable(), ...headerOf(json), verdict: 'invalid', findings } }
  }
  const validated = await judge()
  // Line and column would be those of the XML in between, which nobody has seen.
  return { validated: { ...validated, findings: validated.findings.map(unplaced) }, xml: text }
}

function unplaced(it: Finding): Finding {
  return { ...it, line: 0, column: 0 }
}

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'

/** The document of a valid message. */
export function documentOf(json: JsonObject, schemas: SchemaSet): string {
  return `${DECLARATION}${messageFromJson(json, schemas).xml}`
}

/** JSON text of a body, or the finding that says why it is none. */
export function readText(
  bytes: Uint8Array,
): { readonly json: Json; readonly text: string } | { readonly finding: Finding } {
  const text = decoded(bytes)
  if (text === undefined) return { finding: notJson('the text is not UTF-8', 0, 0) }
  const read = readJson(text)
  if ('value' in read) return { json: read.value, text }
  const before = text.slice(0, read.fault.offset)
  const line = before.split('\n').length
  return {
    finding: notJson(read.fault.message, line, read.fault.offset - before.lastIndexOf('\n')),
  }
}

/** The text of octets in UTF-8; undefined where they are none. */
export function decoded(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

function notJson(message: string, line: number, column: number): Finding {
  return {
    layer: 'wellformed',
    rule: 'WF-02',
    severity: 'error',
    clause: 'RFC 8259',
    path: '',
    line,
    column,
    expected: 'one JSON value in UTF-8',
    found: message,
    message: `This is no JSON: ${message}.`,
    mend: 'Mend the text at this place.',
  }
}

function unreadable(finding?: Finding): Validated {
  return { ...UNREAD, verdict: 'not-well-formed', findings: finding === undefined ? [] : [finding] }
}

function headerOf(json: Json): Pick<Validated, 'noun' | 'verb'> {
  const header = isObject(json) && isMessage(json) ? member(json, 'header') : undefined
  const text = (name: string) => {
    const it = member(header, name)
    return typeof it === 'string' ? it : null
  }
  return {
    noun:
      text('Noun') ?? (isObject(json) && !isMessage(json) ? (Object.keys(json)[0] ?? null) : null),
    verb: text('Verb'),
  }
}
