// One place to ask for schemas: the catalogue plus what is derived from it, each model compiled once.

import { MESSAGE_NS } from '../envelope/namespaces.ts'
import { isMessageKind } from '../envelope/message-kind.ts'
import { typedRootNamed } from '../envelope/typed-roots.ts'
import { verbRow } from '../envelope/verbs.ts'
import type { Catalogue, SchemaFile } from './catalogue.ts'
import { messageNamespace } from './catalogue.ts'
import { compile } from './compile/compile.ts'
import type { SchemaDocument } from './compile/compile.ts'
import type { Declared, Schemas } from './message-json.ts'
import { key } from './model.ts'
import type { Model } from './model.ts'
import { typedSchema } from './typed.ts'

/** The catalogue in use: selection, models, and the files behind them for the XSD engine. */
export interface SchemaSet extends Schemas {
  readonly catalogue: Catalogue
  /** The schema that judges this root under this verb: a file, or one derived for a typed message. */
  readonly fileFor: (ns: string, root: string, verb: string | undefined) => SchemaFile | undefined
  /** The file and all it imports and includes. */
  readonly closureOf: (file: SchemaFile) => readonly SchemaDocument[]
  readonly modelOf: (file: SchemaFile) => Model
}

/** @param catalogue stays as it is; another catalogue is another set */
export function schemasOf(catalogue: Catalogue): SchemaSet {
  const typed = new Map<string, SchemaFile>()
  const models = new Map<string, Model>()
  /** by name, whose declaration was asked for last */
  const roots = new Map<Model, Map<string, Declared>>()

  function fileFor(ns: string, root: string, verb: string | undefined): SchemaFile | undefined {
    return (
      catalogue.select(ns, root, verb)?.file ??
      (ns.endsWith('Message') ? derived(ns, verb) : undefined)
    )
  }

  function derived(ns: string, verb: string | undefined): SchemaFile | undefined {
    // Namespace and verb are whatever a message says: only what exists is kept, so that no sender can fill the memory.
    const known = verbRow(verb) === undefined ? undefined : verb
    const id = `${ns} ${known ?? ''}`
    const file = typed.get(id) ?? typedSchema(catalogue, ns, known)
    if (file !== undefined) typed.set(id, file)
    return file
  }

  function modelOf(file: SchemaFile): Model {
    const known = models.get(file.location)
    if (known !== undefined) return known
    const model = compile(catalogue.closure(file))
    models.set(file.location, model)
    return model
  }

  function declared(
    ns: string | undefined,
    root: string,
    verb: string | undefined,
  ): Declared | undefined {
    const file =
      ns === undefined ? catalogue.select(undefined, root, verb)?.file : fileFor(ns, root, verb)
    if (file === undefined) return undefined
    const model = modelOf(file)
    const known = roots.get(model)?.get(root)
    if (known !== undefined && (ns === undefined || known.decl.ns === ns)) return known
    const decl = (ns === undefined ? model.namespaces : [ns])
      .map((it) => model.elements.get(key(it, root)))
      .find((it) => it !== undefined)
    if (decl === undefined) return undefined
    const found = { decl, model }
    roots.set(model, (roots.get(model) ?? new Map<string, Declared>()).set(root, found))
    return found
  }

  function message(
    ns: string | undefined,
    root: string,
    verb: string | undefined,
  ): Declared | undefined {
    const space = ns ?? (isMessageKind(root) ? MESSAGE_NS : typedNamespace(catalogue, root))
    const known =
      space !== undefined &&
      (space === MESSAGE_NS ? isMessageKind(root) : space.endsWith('Message'))
    return known ? declared(space, root, verb) : undefined
  }

  return { catalogue, fileFor, closureOf: catalogue.closure, modelOf, message, payload: declared }
}

/** The namespace of a typed root by its name alone: that of the noun's own message schema. */
function typedNamespace(catalogue: Catalogue, root: string): string | undefined {
  const typed = typedRootNamed(root)
  if (typed === undefined) return undefined
  const stem = typed.reply.replace(/ResponseMessage$/, '')
  const own = catalogue.isNoun(stem) ? catalogue.select(undefined, stem) : undefined
  if (own !== undefined) return messageNamespace(own.targetNamespace)
  const noun = stem.replace(/OperationSet$/, '')
  const set = catalogue.isNoun(noun) ? catalogue.select(undefined, noun) : undefined
  return set === undefined
    ? undefined
    : messageNamespace(set.targetNamespace).replace(/Message$/, 'OperationSetMessage')
}
