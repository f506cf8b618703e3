// What stands inside Payload/Compressed is judged like a payload: unpacked, guarded, parsed, validated.

import { pathOf } from '../../envelope/element.ts'
import type { Element } from '../../envelope/element.ts'
import type { EnvelopeView } from '../../envelope/envelope.ts'
import type { Draft, Finding } from '../../envelope/finding.ts'
import type { Limits } from '../../envelope/limits.ts'
import { partOf, partText } from '../../envelope/parts.ts'
import type { SchemaSet } from '../../schema/schemas.ts'
import { unpack } from './inflate.ts'
import type { UnpackFault } from './inflate.ts'
import { open } from './open.ts'
import type { Opened } from './open.ts'
import { innerSubjects } from './subjects.ts'
import { validateSubject } from './validate-subject.ts'
import type { Validators } from './validators.ts'

/** What the inner document is judged with. */
export interface InnerContext {
  readonly schemas: SchemaSet
  readonly validators: Validators
  readonly limits: Limits
  /** false: unpacked and opened for the limits' sake only */
  readonly validate: boolean
}

/**
 * Findings about the compressed payload, all at the Compressed element; none when there is no such element or its
 * Format is no XML. A Compressed inside the inner document is not unpacked: one level only.
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
    return context.validate ? innerFindings(inner, view, compressed, context) : []
  } finally {
    inner.dispose()
  }
}

function innerFindings(
  inner: Opened,
  view: EnvelopeView,
  compressed: Element,
  { schemas, validators }: InnerContext,
): readonly Draft[] {
  const subjects = innerSubjects(inner.root, view, schemas)
  if (subjects.length === 0) return [strangerDraft(inner.root, compressed)]
  const found = subjects.flatMap((it) => validateSubject(it, inner, schemas, validators))
  return found.map(({ attribute: _attribute, ...it }) => ({
    ...it,
    layer: 'payload-xsd',
    at: compressed.index,
    message: `Inside Compressed, ${pathOf(inner.root, it.at)}: ${it.message}`,
  }))
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

/** As lenient as for a payload that is not compressed (PAY-03). */
function strangerDraft({ name, ns }: Element, { index }: Element): Draft {
  return {
    layer: 'envelope-rule',
    rule: 'PAY-03',
    severity: 'warning',
    clause: '',
    at: index,
    expected: 'a root that a schema declares',
    found: ns,
    message: `Inside Compressed: no schema declares ${name} in ${ns || 'no namespace'}, so its content is not judged.`,
    mend: 'Check its name and namespace, or import its schema.',
  }
}
