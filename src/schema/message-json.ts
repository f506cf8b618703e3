// CIM-JSON of a whole message, both ways: {"message","header","request","reply","payload"} around the payload's own JSON.
// The envelope's content comes from the message schema like any other; only this outer shape is written here.

import type { Element } from '../envelope/element.ts'
import { lineage } from '../envelope/element.ts'
import { readEnvelope } from '../envelope/envelope.ts'
import { isMessageKind } from '../envelope/message-kind.ts'
import { MESSAGE_NS } from '../envelope/namespaces.ts'
import { spansOf } from '../envelope/scan.ts'
import { selfContained } from './extension.ts'
import { isObject, put } from './json-text.ts'
import type { Json, JsonObject } from './json-text.ts'
import type { ElementDecl, Model, Type } from './model.ts'
import { scopeAlong, scopeIn } from './scope.ts'
import type { Scope } from './scope.ts'
import { EXTENSION, fieldFor, shapeOf } from './shape.ts'
import type { Field } from './shape.ts'
import { toJson } from './to-json.ts'
import type { Extensions, Reading } from './to-json.ts'

/** A declaration together with the model that it belongs to. */
export interface Declared {
  readonly decl: ElementDecl
  readonly model: Model
}

/** Finds declarations; everything that the codec needs to know of a catalogue. */
export interface Schemas {
  /** A message root; `ns` undefined = by its name. */
  readonly message: (
    ns: string | undefined,
    root: string,
    verb: string | undefined,
  ) => Declared | undefined
  /** A payload root; `ns` undefined = whatever the catalogue has under that name. */
  readonly payload: (
    ns: string | undefined,
    root: string,
    verb: string | undefined,
  ) => Declared | undefined
}

/** Keys of a message in CIM-JSON and the elements that they stand for. */
export const PARTS = {
  header: 'Header',
  request: 'Request',
  reply: 'Reply',
  payload: 'Payload',
} as const

/**
 * A valid message, or a bare payload, as CIM-JSON.
 * @param root an accepted document's message: for SOAP the Body's child
 * @param text the decoded source text, for extensions that are kept byte by byte; asked for when there are some
 * @param documentRoot the root of the whole document, where it is not `root`
 * @param given the verb under which a bare payload is meant
 */
export function messageToJson(
  root: Element,
  text: string | (() => string),
  schemas: Schemas,
  documentRoot = root,
  given?: string,
): JsonObject {
  const kept = new Map<number, Record<string, Json>>()
  const verb = readEnvelope(root).verb?.trim() ?? given
  const extensions = extensionsOf(schemas, verb, kept)
  const scope = scopeAlong(lineage(documentRoot, root.index).slice(0, -1))
  const message = schemas.message(root.ns, root.name, verb)
  const made =
    message === undefined
      ? bare(root, schemas, extensions, scope, given)
      : envelope(root, message, extensions, scopeIn(root, scope))
  if (kept.size > 0) fill(kept, typeof text === 'string' ? text : text(), documentRoot)
  return made
}

function extensionsOf(
  schemas: Schemas,
  verb: string | undefined,
  kept: Map<number, Record<string, Json>>,
): Extensions {
  const extensions: Extensions = {
    keep: (it) => {
      const made: Record<string, Json> = { ns: it.ns, xml: '' }
      kept.set(it.index, made)
      return made
    },
    known: (it, parent, scope) => {
      if (!HOLDERS.includes(parent.name)) return undefined
      const own = parent.name === 'Operation' ? operationVerb(parent) : verb
      const found = schemas.payload(it.ns, it.name, own)
      return found === undefined
        ? undefined
        : { key: it.name, value: withNamespace(it, found, extensions, scope) }
    },
  }
  return extensions
}

/** Elements of the envelope whose wildcard admits payload roots. */
const HOLDERS: readonly string[] = ['Payload', 'Request', 'Operation']

/** elementOperation removes parts of an object, so its payload is that of a change (facts/envelope.md §2 OperationSet). */
export function operationVerb(operation: Element): string | undefined {
  const text = (name: string) => operation.children.find((it) => it.name === name)?.text.trim()
  return ['true', '1'].includes(text('elementOperation') ?? '') ? 'change' : text('verb')
}

function bare(
  root: Element,
  schemas: Schemas,
  extensions: Extensions,
  scope: Scope,
  verb: string | undefined,
): JsonObject {
  const found = schemas.payload(root.ns, root.name, verb)
  return found === undefined
    ? { [EXTENSION]: [extensions.keep(root)] }
    : { [root.name]: withNamespace(root, found, extensions, scope) }
}

function withNamespace(
  root: Element,
  { decl, model }: Declared,
  extensions: Extensions,
  scope: Scope,
): Json {
  return named(root, toJson(root, decl.type, { model, extensions, scope }))
}

/** `@xmlns` is always written at a payload root. */
function named(root: Element, content: Json): Json {
  return isObject(content) ? { '@xmlns': root.ns, ...content } : { '@xmlns': root.ns, $: content }
}

function envelope(
  root: Element,
  { decl, model }: Declared,
  extensions: Extensions,
  scope: Scope,
): JsonObject {
  const made: Record<string, Json> = { message: root.name }
  if (root.ns !== MESSAGE_NS || !isMessageKind(root.name) || root.name === 'Message')
    made['@xmlns'] = root.ns
  for (const [name, part] of Object.entries(PARTS)) {
    const child = root.children.find((it) => it.name === part)
    const field = child === undefined ? undefined : fieldIn(decl.type, model, child)
    if (child !== undefined && field !== undefined)
      made[name] = partToJson(name, child, field.decl.type, { model, extensions, scope })
  }
  return made
}

/** What the type declares for a child; undefined for what stands there by a wildcard. */
function fieldIn(type: Type, model: Model, { ns, name }: Element): Field | undefined {
  return type.kind === 'complex' ? fieldFor(shapeOf(type, model), ns, name) : undefined
}

/** One object, or an array of one-key objects where several payload roots stand side by side. */
function partToJson(name: string, part: Element, type: Type, around: Reading): Json {
  const foreign = part.children.filter((it) => it.ns !== part.ns)
  const reading = { ...around, scope: scopeIn(part, around.scope) }
  if (name === 'payload' && foreign.length > 1)
    return part.children.map((it) => entryOf(it, part, type, reading))
  const made = toJson(part, type, around)
  if (!ROOTED.includes(name) || !isObject(made)) return made
  // In a typed message the noun is declared by the message's own schema; its namespace is written all the same.
  const rooted = Object.entries(made).map(([at, value]) => {
    const root = foreign.find((it) => fieldIn(type, around.model, it)?.key === at)
    return [at, root === undefined ? value : named(root, value)] as const
  })
  return Object.fromEntries(rooted)
}

/** Parts that hold payload roots. */
const ROOTED: readonly string[] = ['payload', 'request']

function entryOf(it: Element, parent: Element, type: Type, reading: Reading): Json {
  const field = fieldIn(type, reading.model, it)
  if (field !== undefined) {
    const value = toJson(it, field.decl.type, reading)
    return { [field.key]: field.array ? [value] : value }
  }
  const known = reading.extensions.known(it, parent, reading.scope)
  return known === undefined
    ? { [EXTENSION]: [reading.extensions.keep(it)] }
    : { [known.key]: known.value }
}

/** Puts the exact source text of each kept extension into its place. */
function fill(kept: ReadonlyMap<number, Record<string, Json>>, text: string, root: Element): void {
  const spans = spansOf(text, new Set(kept.keys()))
  for (const [index, made] of kept) {
    const span = spans.get(index)
    const slice = span === undefined ? '' : text.slice(span.start, span.end)
    put(made, 'xml', selfContained(slice, lineage(root, index)))
  }
}
