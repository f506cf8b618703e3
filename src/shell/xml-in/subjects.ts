// What in a message is judged by which schema: the envelope by one, each payload root by its own.

import type { Element } from '../../envelope/element.ts'
import { isMessageRoot, readEnvelope } from '../../envelope/envelope.ts'
import type { EnvelopeView } from '../../envelope/envelope.ts'
import type { Draft, Layer } from '../../envelope/finding.ts'
import type { SchemaFile } from '../../schema/catalogue.ts'
import { operationVerb } from '../../schema/message-json.ts'
import type { SchemaSet } from '../../schema/schemas.ts'

/** An element and the schema that judges it as a document of its own. */
export interface Subject {
  readonly element: Element
  readonly file: SchemaFile
  readonly layer: Layer
  /** subtrees whose findings belong to the payload although the envelope's schema makes them (typed messages) */
  readonly payloads: readonly Element[]
}

/** The message's root under the message schema, or a typed one; none when it is no message, or no schema declares it. */
export function envelopeSubjects(view: EnvelopeView, schemas: SchemaSet): readonly Subject[] {
  if (!isMessageRoot(view.root)) return []
  const file = schemas.fileFor(view.root.ns, view.root.name, variantVerb(view))
  const payloads = view.typed === undefined ? [] : [...view.payloadRoots, ...view.requestRoots]
  return file === undefined ? [] : [{ element: view.root, file, layer: 'envelope-xsd', payloads }]
}

/**
 * Payload roots, query parameters and the payloads of operations; or the root itself when it is a bare payload.
 * @param given the verb under which a bare payload is meant
 */
export function payloadSubjects(
  view: EnvelopeView,
  schemas: SchemaSet,
  given?: string,
): readonly Subject[] {
  if (!isMessageRoot(view.root)) return subjectsOf(view.root, given, schemas)
  const verb = variantVerb(view)
  const found: Subject[] = []
  // A typed schema judges its payload itself; only what it leaves open is judged here.
  if (view.typed === undefined)
    for (const roots of [view.payloadRoots, view.requestRoots])
      for (const it of roots) found.push(...subjectsOf(it, verb, schemas))
  for (const { element, payloadRoot } of view.operations)
    if (payloadRoot !== undefined)
      found.push(...subjectsOf(payloadRoot, operationVerb(element), schemas))
  return found
}

/** What a compressed document holds: a payload under the verb of the message around it, or a whole message. */
export function innerSubjects(
  root: Element,
  outer: EnvelopeView,
  schemas: SchemaSet,
): readonly Subject[] {
  if (!isMessageRoot(root)) return subjectsOf(root, variantVerb(outer), schemas)
  const view = readEnvelope(root)
  return [...envelopeSubjects(view, schemas), ...payloadSubjects(view, schemas)]
}

/** The verb in the name of a typed root outranks the Header's: it is what the schema is chosen by. */
function variantVerb(view: EnvelopeView): string | undefined {
  return view.typed?.verb ?? view.verb?.trim()
}

function subjectsOf(
  element: Element,
  verb: string | undefined,
  schemas: SchemaSet,
): readonly Subject[] {
  const file = schemas.catalogue.select(element.ns, element.name, verb)?.file
  return file === undefined ? [] : [{ element, file, layer: 'payload-xsd', payloads: [] }]
}

/** Findings of a subject, each in the layer of what it is about. */
export function layered(drafts: readonly Draft[], subject: Subject): readonly Draft[] {
  return drafts.map((it) => (isInside(subject, it.at) ? { ...it, layer: 'payload-xsd' } : it))
}

/** True for a place in one of the payloads that are judged along with an envelope. */
function isInside({ payloads }: Subject, index: number): boolean {
  return payloads.some((it) => index >= it.index && index <= lastIndex(it))
}

/** Place of the last element in a subtree. */
function lastIndex(element: Element): number {
  const last = element.children.at(-1)
  return last === undefined ? element.index : lastIndex(last)
}

/** The namespace in which the selected schema declares a root of this name. */
export function namespacesIn({ catalogue }: SchemaSet): (name: string) => string | undefined {
  return (name) => catalogue.select(undefined, name)?.targetNamespace
}
