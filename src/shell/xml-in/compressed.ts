// What stands inside Payload/Compressed is judged like a payload: unpacked, guarded, parsed, validated.

import { pathsIn } from '../../envelope/element.ts'
import type { Element } from '../../envelope/element.ts'
import { isMessageRoot, readEnvelope } from '../../envelope/envelope.ts'
import type { EnvelopeView } from '../../envelope/envelope.ts'
import type { Draft, Finding } from '../../envelope/finding.ts'
import type { Limits } from '../../envelope/limits.ts'
import { partOf, partText } from '../../envelope/parts.ts'
import { locator } from '../../envelope/scan.ts'
import { undeclared } from '../../envelope/rules-payload.ts'
import { OFFICIAL_RULES } from '../../envelope/rules-official.ts'
import type { SchemaSet } from '../../schema/schemas.ts'
import { unpack } from './inflate.ts'
import type { UnpackFault } from './inflate.ts'
import { open } from './open.ts'
import type { Opened } from './open.ts'
import { innerSubjects } from './subjects.ts'
import { validateSubject } from './validate-subject.ts'
import type { Validators } from './validators.ts'

/** What the inner document is judged with. */
export interface InnerContext extends InnerOptions {
  readonly schemas: SchemaSet
  readonly validators: Validators
}

/** What of it the message around it decides. */
export interface InnerOptions {
  readonly limits: Limits
  /** false: unpacked and opened for the limits' sake only */
  readonly validate: boolean
  /** drafts are refused in the inner document too */
  readonly officialOnly: boolean
}

/**
 * Findings about the compressed payload: their lines are those of the Compressed element, their paths go on inside it.
 * None when there is no such element or its Format is no XML. One level is unpacked, and a second one refused.
 */
export function compressedFindings(view: EnvelopeView, context: InnerContext): readonly Draft[] {
  const compressed = partOf(view.payload, 'Compressed')
  const format = partText(view.payload, 'Format')?.trim().toUpperCase() ?? 'XML'
  if (compressed === undefined || format !== 'XML') return []
  const unpacked = unpack(compressed.text, context.limits)
  if ('fault' in unpacked) return [faultDraft(unpacked.fault, compressed)]
  const { limits } = context
  const inner = open(unpacked.bytes, { ...limits, bodyBytes: limits.unpackedBytes })
  if ('findings' in inner) return inner.findings.map((it) => notOpenedDraft(it, compressed))
  try {
    const drafts = context.officialOnly ? officialFindings(inner, compressed) : []
    const found = context.validate ? innerFindings(inner, view, compressed, context) : []
    return [...drafts, ...found]
  } finally {
    inner.dispose()
  }
}

function officialFindings({ root }: Opened, { index }: Element): readonly Draft[] {
  const context = { ...NO_NOUNS, officialOnly: true }
  const found = OFFICIAL_RULES.flatMap((it) => it.check?.(readEnvelope(root), context) ?? [])
  return found.map((it) => ({ ...it, at: index, message: `Inside Compressed: ${it.message}` }))
}

/** The rule asks nothing about nouns. */
const NO_NOUNS = {
  isNoun: () => true,
  suggestNoun: () => undefined,
  queries: () => undefined,
  hasSchema: () => true,
}

function innerFindings(
  inner: Opened,
  view: EnvelopeView,
  compressed: Element,
  { schemas, validators }: InnerContext,
): readonly Draft[] {
  const subjects = innerSubjects(inner.root, view, schemas)
  if (subjects.length === 0) return [strangerDraft(inner.root, compressed, schemas)]
  const stray = strayNoun(inner.root, view, schemas)
  if (stray !== undefined) return [stray]
  const found = subjects.flatMap((it) => validateSubject(it, inner, schemas, validators))
  if (partOf(readEnvelope(inner.root).payload, 'Compressed') !== undefined)
    return [faultDraft(NESTED, compressed)]
  if (found.length === 0) return found
  const [pathOf, locate] = [pathsIn(inner.root), locator(inner.text())]
  return found.map((it) => {
    const { line, column } = locate(it.at)
    return {
      ...it,
      layer: 'payload-xsd',
      at: compressed.index,
      inside: pathOf(it.at),
      message: `Inside Compressed, ${line}:${column}: ${it.message}`,
    }
  })
}

const NESTED: UnpackFault = {
  rule: 'PAY-04',
  expected: 'a payload in the open inside Compressed',
  found: 'a message whose payload is compressed once more',
  mend: 'Compress the payload once.',
}

function faultDraft(fault: UnpackFault, { index }: Element): Draft {
  return {
    ...fault,
    layer: fault.rule === 'PAY-04' ? 'payload-rule' : 'limits',
    severity: 'error',
    clause: 'IEC 61968-100:2013 6.5',
    at: index,
    message: `Compressed cannot be read: it holds ${fault.found}.`,
  }
}

function notOpenedDraft({ path: _path, line, column, ...it }: Finding, { index }: Element): Draft {
  const place = line > 0 ? `, ${line}:${column}` : ''
  return { ...it, at: index, message: `Inside Compressed${place}: ${it.message}` }
}

/** NOU-01 of what cannot be seen from outside: a known Noun is that of the payload inside, or of the query for it. */
function strayNoun(root: Element, view: EnvelopeView, { catalogue }: SchemaSet): Draft | undefined {
  const place = partOf(view.header, 'Noun')
  if (place === undefined || isMessageRoot(root)) return undefined
  const noun = place.text
  const isQuery = view.role === 'reply' && catalogue.queried(noun) === root.name
  if (noun === root.name || isQuery || !catalogue.isNoun(noun)) return undefined
  return {
    layer: 'envelope-rule',
    rule: 'NOU-01',
    severity: 'error',
    clause: 'IEC 61968-100:2013 6.2.3, 6.4',
    at: place.index,
    expected: root.name,
    found: noun,
    message: `The Noun is ${noun}, but what is compressed is ${root.name}.`,
    mend: `Write ${root.name}, or send what ${noun} names.`,
  }
}

/** As lenient as for a payload that is not compressed (PAY-03). */
function strangerDraft(root: Element, { index }: Element, { catalogue }: SchemaSet): Draft {
  const breach = undeclared(root, {
    hasSchema: (ns, name) => catalogue.select(ns, name) !== undefined,
    namespaceOf: (name) => catalogue.select(undefined, name)?.targetNamespace,
  })
  return {
    ...breach,
    layer: 'envelope-rule',
    rule: 'PAY-03',
    severity: 'warning',
    clause: '',
    at: index,
    inside: `/${root.name}`,
    message: `Inside Compressed: ${breach.message}`,
  }
}
