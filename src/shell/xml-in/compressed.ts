// What stands inside Payload/Compressed is judged like a payload: unpacked, guarded, parsed, validated.

import type { EnvelopeView } from '../../envelope/envelope.ts'
import type { Draft } from '../../envelope/finding.ts'
import type { Limits } from '../../envelope/limits.ts'
import { partOf, partText } from '../../envelope/parts.ts'
import type { SchemaSet } from '../../schema/schemas.ts'
import { unpack } from './inflate.ts'
import { open } from './open.ts'
import { payloadSubjects, validateSubject } from './subjects.ts'
import type { Validators } from './subjects.ts'
import { readEnvelope } from '../../envelope/envelope.ts'
import { pathOf } from '../../envelope/element.ts'

/** Findings about the compressed payload, all at the Compressed element; none when there is no such element or its Format is no XML. */
export function compressedFindings(
  view: EnvelopeView,
  schemas: SchemaSet,
  validators: Validators,
  limits: Limits,
): readonly Draft[] {
  const compressed = partOf(view.payload, 'Compressed')
  const format = partText(view.payload, 'Format')?.trim().toUpperCase() ?? 'XML'
  if (compressed === undefined || format !== 'XML') return []
  const at = compressed.index
  const unpacked = unpack(compressed.text, limits)
  if ('fault' in unpacked) {
    const { fault } = unpacked
    const layer = fault.rule === 'PAY-04' ? 'payload-rule' : 'limits'
    return [
      {
        ...fault,
        layer,
        severity: 'error',
        clause: 'IEC 61968-100:2013 6.5',
        at,
        message: `Compressed cannot be read: ${fault.found}.`,
      },
    ]
  }
  const inner = open(unpacked.bytes, { ...limits, bodyBytes: limits.unpackedBytes })
  if ('findings' in inner)
    return inner.findings.map(({ path: _path, line, column, ...it }) => ({
      ...it,
      at,
      message: `Inside Compressed, ${line}:${column}: ${it.message}`,
    }))
  try {
    const found = payloadSubjects(readEnvelope(inner.root), schemas).flatMap((it) => {
      const result = validateSubject(it, inner, schemas, validators)
      return 'failure' in result ? [] : result
    })
    return found.map((it) => ({
      ...it,
      at,
      message: `Inside Compressed, ${pathOf(inner.root, it.at)}: ${it.message}`,
    }))
  } finally {
    inner.parsed.document.dispose()
  }
}
