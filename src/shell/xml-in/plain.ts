// Plain documents judged without libxml2, which by far most messages are, right or wrong. What is not sure is thrown
// away, and libxml2 judges the document from the beginning: it has the last word on all that is unusual.

import { isAscii, isUtf8 } from 'node:buffer'
import { elementAt } from '../../envelope/element.ts'
import type { Element } from '../../envelope/element.ts'
import type { EnvelopeView } from '../../envelope/envelope.ts'
import { CimError } from '../../envelope/errors.ts'
import type { Draft } from '../../envelope/finding.ts'
import { LIMITS } from '../../envelope/limits.ts'
import { partOf } from '../../envelope/parts.ts'
import { assess } from '../../schema/assess/assess.ts'
import { diagnoseEach } from '../../schema/diagnose/diagnose.ts'
import { key } from '../../schema/model.ts'
import type { SchemaSet } from '../../schema/schemas.ts'
import type { InnerOptions } from './compressed.ts'
import { isEmpty } from './aliased.ts'
import { decode } from './encoding.ts'
import { hasTooMuchMarkup } from './guard.ts'
import type { JudgeOptions } from './judgement.ts'
import type { Opened } from './open.ts'
import type { PlainDocument } from './plain-document.ts'
import { readPlain } from './plain-read.ts'
import { layered, namespacesIn } from './subjects.ts'
import type { Subject } from './subjects.ts'
import type { Validators } from './validators.ts'

/** How the layers that take a schema are judged. */
export interface Judged {
  readonly validate: (subject: Subject) => readonly Draft[]
  readonly compressed: (view: EnvelopeView, how: InnerOptions) => readonly Draft[]
}

/** A document that has been read without libxml2. */
export interface OpenedPlain extends Pick<Opened, 'root' | 'text' | 'notes'> {
  readonly document: PlainDocument
}

/**
 * Undefined for what libxml2 has to read. All that is refused unread (guard.ts) is not plain: another encoding, by its
 * declaration or its octets, a DOCTYPE, too many nodes.
 */
export function openPlain(bytes: Uint8Array, options: JudgeOptions): OpenedPlain | undefined {
  const { limits = LIMITS, aliases } = options
  if (aliases !== undefined && !isEmpty(aliases)) return undefined
  if (bytes.length > limits.bodyBytes || hasTooMuchMarkup(bytes, limits.nodes)) return undefined
  const octets = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const text = isAscii(octets) ? octets.toString('latin1') : textIn(octets)
  if (text === undefined) return undefined
  const document = readPlain(text, limits)
  return document && { document, root: document.root(), text: () => text, notes: [] }
}

function textIn(octets: Buffer): string | undefined {
  return isUtf8(octets) ? decode(octets, 'utf-8') : undefined
}

/** It takes libxml2 to judge the document. */
const UNSURE = new Error('it takes the XML engine to judge this')

/** The judgement, or undefined where libxml2 has to make it, also of what a foreign schema asks too much for. */
export function unlessUnsure<T>(judge: () => T): T | undefined {
  try {
    return judge()
  } catch (error) {
    if (error === UNSURE || error instanceof CimError || error instanceof RangeError)
      return undefined
    throw error
  }
}

/** The layers of a plain document. @throws what `unlessUnsure` catches */
export function plainLayers(
  opened: OpenedPlain,
  schemas: SchemaSet,
  validators: Validators,
): Judged {
  return {
    validate: (subject) => plainFindings(subject, opened, schemas, validators),
    compressed({ payload }) {
      if (partOf(payload, 'Compressed') !== undefined) throw UNSURE
      return []
    },
  }
}

function plainFindings(
  subject: Subject,
  { document, root }: OpenedPlain,
  schemas: SchemaSet,
  validators: Validators,
): readonly Draft[] {
  const { element, file, layer } = subject
  if (!validators.isUsable(file)) throw UNSURE
  const model = schemas.modelOf(file)
  const decl = model.elements.get(key(element.ns, element.name))
  const wrong = decl && assess(document, element.index, decl, model)
  if (wrong === undefined) throw UNSURE
  if (wrong.length === 0) return []
  const each = wrong.map((it) => ({
    // A wrapped message is called by its kind.
    element: it.at === element.index ? element : elementOf(root, it.at),
    decl: it.decl,
  }))
  const drafts = diagnoseEach(each, model, layer, { root, namespaceOf: namespacesIn(schemas) })
  // What cannot be explained is not sure.
  if (drafts.length < wrong.length) throw UNSURE
  return layered(drafts, subject)
}

function elementOf(root: Element, at: number): Element {
  return elementAt(root, at) ?? root
}
