// What in a message is judged by which schema: the envelope by one, each payload root by its own.

import type { Element } from '../../envelope/element.ts'
import { isMessageRoot } from '../../envelope/envelope.ts'
import type { EnvelopeView } from '../../envelope/envelope.ts'
import type { Draft, Layer } from '../../envelope/finding.ts'
import { writeElement } from '../../envelope/write.ts'
import type { SchemaFile } from '../../schema/catalogue.ts'
import { diagnose } from '../../schema/diagnose.ts'
import { key } from '../../schema/model.ts'
import type { SchemaSet } from '../../schema/schemas.ts'
import { complaintsToDrafts } from './complaints.ts'
import { compileSchema, validate } from './engine.ts'
import type { CompiledSchema, EngineFailure } from './engine.ts'
import { linked } from './linked.ts'
import type { Opened } from './open.ts'

/** An element and the schema that judges it as a document of its own. */
export interface Subject {
  readonly element: Element
  readonly file: SchemaFile
  readonly layer: Layer
  /** subtrees whose findings belong to the payload although the envelope's schema makes them (typed messages) */
  readonly payloads: readonly Element[]
}

/** Compiled schemas, each compiled once. */
export interface Validators {
  readonly of: (file: SchemaFile) => CompiledSchema | EngineFailure
  /** files whose schema the engine refuses, or that it takes too long for */
  readonly dispose: () => void
}

export function validatorsOf(schemas: SchemaSet): Validators {
  const compiled = new Map<string, CompiledSchema | EngineFailure>()
  const of = (file: SchemaFile): CompiledSchema | EngineFailure => {
    const known = compiled.get(file.location)
    if (known !== undefined) return known
    const made = compileFile(file, schemas)
    compiled.set(file.location, made)
    return made
  }
  const dispose = () => {
    for (const it of compiled.values()) if ('validator' in it) it.validator.dispose()
    compiled.clear()
  }
  return { of, dispose }
}

function compileFile(file: SchemaFile, schemas: SchemaSet): CompiledSchema | EngineFailure {
  const documents = schemas.closureOf(file)
  const texts = new Map(
    documents.map((it) => [it.location, Buffer.from(writeElement(linked(it, documents)))]),
  )
  const result = compileSchema(file.location, texts)
  if ('validator' in result || 'failure' in result) return result
  return {
    failure: `the schema ${file.path} does not compile: ${result.map((it) => it.message).join(' ')}`,
  }
}

/** The message's root under the message schema, or a typed one. */
export function envelopeSubjects(view: EnvelopeView, schemas: SchemaSet): readonly Subject[] {
  if (!isMessageRoot(view.root)) return []
  const file = schemas.fileFor(view.root.ns, view.root.name, variantVerb(view))
  const payloads = view.typed === undefined ? [] : [...view.payloadRoots, ...view.requestRoots]
  return file === undefined ? [] : [{ element: view.root, file, layer: 'envelope-xsd', payloads }]
}

/** The verb in the name of a typed root outranks the Header's: it is what the schema is chosen by. */
function variantVerb(view: EnvelopeView): string | undefined {
  return view.typed?.verb ?? view.verb?.trim()
}

/** Payload roots, query parameters and the payloads of operations; or the root itself when it is a bare payload. */
export function payloadSubjects(view: EnvelopeView, schemas: SchemaSet): readonly Subject[] {
  const verb = variantVerb(view)
  if (!isMessageRoot(view.root)) return subjectsOf([view.root], undefined, schemas)
  // A typed schema judges its payload itself; only what it leaves open is judged here.
  const own =
    view.typed === undefined
      ? subjectsOf([...view.payloadRoots, ...view.requestRoots], verb, schemas)
      : []
  const operations = view.operations.flatMap((it) =>
    subjectsOf(
      it.payloadRoot === undefined ? [] : [it.payloadRoot],
      it.elementOperation ? 'change' : it.verb?.trim(),
      schemas,
    ),
  )
  return [...own, ...operations]
}

function subjectsOf(
  elements: readonly Element[],
  verb: string | undefined,
  schemas: SchemaSet,
): readonly Subject[] {
  return elements.flatMap((element) => {
    const file = schemas.catalogue.select(element.ns, element.name, verb)?.file
    return file === undefined
      ? []
      : [{ element, file, layer: 'payload-xsd' as const, payloads: [] }]
  })
}

/** The findings of one subject; none when the engine finds it valid. */
export function validateSubject(
  subject: Subject,
  opened: Opened,
  schemas: SchemaSet,
  validators: Validators,
): readonly Draft[] | EngineFailure {
  const schema = validators.of(subject.file)
  if ('failure' in schema) return schema
  const errors = validate(opened.parsed, schema, opened.addresses[subject.element.index] ?? 0)
  if ('failure' in errors || errors.length === 0) return errors as EngineFailure | readonly never[]
  const model = schemas.modelOf(subject.file)
  const decl = model.elements.get(key(subject.element.ns, subject.element.name))
  const ours = decl === undefined ? [] : diagnose(subject.element, decl, model, subject.layer)
  const drafts = complaintsToDrafts(errors, ours, opened.root, subject.layer)
  return drafts.map((it) =>
    subject.payloads.some((one) => contains(one, it.at)) ? { ...it, layer: 'payload-xsd' } : it,
  )
}

/** True for an element and everything in it. */
function contains(element: Element, index: number): boolean {
  return index >= element.index && index <= lastIndex(element)
}

function lastIndex(element: Element): number {
  const last = element.children.at(-1)
  return last === undefined ? element.index : lastIndex(last)
}
