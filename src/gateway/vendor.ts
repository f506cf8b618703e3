// Conversion through a dialect: vendor JSON becomes CIM, CIM in either form becomes vendor JSON.

import { dialectNamed, resourceFor, resourcesFor } from '../dialects/index.ts'
import type { Dialect, Problem, Translation } from '../dialects/dialect.ts'
import type { Finding } from '../envelope/finding.ts'
import { isObject, member, readJson, writeJson } from '../schema/json-text.ts'
import type { Json } from '../schema/json-text.ts'
import { entriesOf } from './tasks.ts'
import { convert, UNMAPPABLE } from './convert.ts'
import type { Converted } from './convert.ts'
import { UNREAD } from './refusals.ts'
import { formOf, judgeJson, readText } from './translate.ts'
import type { Form, TranslateParts } from './translate.ts'

/** A conversion through a dialect; `notes` says what the other side cannot hold. */
export interface DialectConverted extends Converted {
  readonly notes: readonly string[]
}

/** Vendor JSON becomes CIM; CIM in either form becomes vendor JSON. Undefined when there is no such dialect. */
export async function convertDialect(
  bytes: Uint8Array,
  name: string,
  to: Form | undefined,
  parts: TranslateParts,
): Promise<DialectConverted | undefined> {
  const dialect = dialectNamed(name)
  if (dialect === undefined) return undefined
  if (formOf(bytes) === 'xml') return toVendorText(name, bytes, to, parts)
  const read = readText(bytes)
  if ('finding' in read) return { ...(await convert(bytes, parts, { to })), notes: [] }
  const isCim =
    isObject(read.json) &&
    (member(read.json, 'payload') !== undefined ||
      Object.keys(read.json).some((it) => resourceFor(name, it) !== undefined))
  return isCim ? toVendorText(name, bytes, to, parts) : toCimText(dialect, read.json, to, parts)
}

async function toVendorText(
  name: string,
  bytes: Uint8Array,
  to: Form | undefined,
  parts: TranslateParts,
): Promise<DialectConverted> {
  const cim = await convert(bytes, parts, { to: to === 'xml' ? 'xml' : 'json' })
  if (cim.text === undefined || to === 'xml') return { ...cim, notes: [] }
  const read = readJson(cim.text)
  const json = 'value' in read && isObject(read.value) ? read.value : {}
  const [noun, content] =
    entriesOf(member(json, 'payload') ?? json).find(
      ([root]) => resourceFor(name, root) !== undefined,
    ) ?? []
  const resources = noun === undefined ? [] : resourcesFor(name, noun)
  if (resources.length === 0 || !isObject(content))
    return {
      validated: {
        ...cim.validated,
        findings: [...cim.validated.findings, noSuchPayload(name)],
      },
      notes: [],
    }
  const { '@xmlns': _ns, ...objects } = content
  // Of several messages about one noun the one that has the most words for it.
  const [said] = resources
    .map((it) => it.toVendor(objects))
    .toSorted((a, b) => unread(a) - unread(b))
  if (said === undefined) return { validated: invalid([noSuchPayload(name)]), notes: [] }
  return finished(said, cim.validated, (it) => (it.length === 1 ? (it[0] ?? null) : it))
}

function noSuchPayload(name: string): Finding {
  return findingOf({
    path: '',
    message: `The dialect ${name} has no counterpart for this payload.`,
    mend: 'Convert without --dialect.',
  })
}

async function toCimText(
  dialect: Dialect,
  json: Json,
  to: Form | undefined,
  parts: TranslateParts,
): Promise<DialectConverted> {
  // A vendor object does not say which resource it is: the one that has the most of it.
  const tries = Object.values(dialect).map((resource) => ({
    resource,
    translation: resource.toCim(json),
  }))
  const [found] = tries.toSorted((a, b) => unread(a.translation) - unread(b.translation))
  if (found === undefined) return { validated: invalid([noSuchPayload('')]), notes: [] }
  const { translation, resource } = found
  if (translation.problems.length > 0)
    return { validated: invalid(translation.problems.map(findingOf)), notes: [] }
  const noun = resource.routes[0]?.noun ?? ''
  const { validated, xml } = await judgeJson({ [noun]: translation.json }, parts, { json: true })
  if (validated.json === undefined) return { validated, notes: notesOf(translation) }
  const text = to === 'json' ? `${writeJson(validated.json, 2)}\n` : `${xml ?? ''}\n`
  return { validated, text, notes: notesOf(translation) }
}

/** How much of a vendor object a translation does not carry over; what it cannot read counts, too. */
function unread({ losses, problems }: Translation<Json>): number {
  return losses.dropped.length + losses.kept.length + 10 * problems.length
}

function finished<T extends Json>(
  translation: Translation<T>,
  validated: Converted['validated'],
  shape: (json: T) => Json,
): DialectConverted {
  if (translation.problems.length > 0)
    return { validated: invalid(translation.problems.map(findingOf)), notes: [] }
  return {
    validated,
    text: `${writeJson(shape(translation.json), 2)}\n`,
    notes: notesOf(translation),
  }
}

function notesOf({ losses }: Translation<Json>): readonly string[] {
  return [
    ...losses.dropped.map((it) => `lost: ${it.path} = ${writeJson(it.value)} has no counterpart`),
    ...losses.kept.map((it) => `kept: ${it.path} = ${writeJson(it.value)} as an extension`),
    ...losses.altered.map((it) => `altered: ${it.path} is ${writeJson(it.to)}; lost is ${it.why}`),
    ...losses.defaulted.map((it) => `added: ${it.path} = ${writeJson(it.value)} by default`),
    ...losses.invented.map((it) => `worked out: ${it.path} = ${writeJson(it.value)}`),
  ]
}

function invalid(findings: readonly Finding[]): Converted['validated'] {
  return { ...UNREAD, verdict: 'invalid', findings }
}

/** A problem of a dialect in the words of all findings. */
export function findingOf(problem: Problem): Finding {
  return {
    layer: 'payload-rule',
    rule: UNMAPPABLE,
    severity: 'error',
    clause: '',
    path: problem.path,
    line: 0,
    column: 0,
    expected: 'a value that the mapping knows',
    found: '',
    message: problem.message,
    mend: problem.mend,
  }
}
