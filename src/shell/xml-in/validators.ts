// Schema files -> compiled schemas, each compiled once. A schema that does not compile stays a failure.

import { CimError } from '../../envelope/errors.ts'
import type { SchemaFile } from '../../schema/catalogue.ts'
import type { SchemaDocument } from '../../schema/compile/compile.ts'
import { placeOf } from '../../schema/schema-place.ts'
import type { SchemaSet } from '../../schema/schemas.ts'
import { compileSchema, releaseSchema } from './engine.ts'
import type { CompiledSchema, EngineError, EngineFailure } from './engine.ts'
import { elementOn, engineText } from './engine-text.ts'
import type { EngineText } from './engine-text.ts'
import { engineName, linked, unresolved } from './linked.ts'

/** Compiled schemas by file. */
export interface Validators {
  readonly of: (file: SchemaFile) => CompiledSchema | EngineFailure
  /** false for a schema that the engine refuses; of those that came with the product none is tried for this */
  readonly isUsable: (file: SchemaFile) => boolean
  readonly dispose: () => void
}

/** What is known beforehand, and who wants to know when a compilation begins. */
export interface CompileOptions {
  /** schemas not to be tried again, by location, with the reason */
  readonly hopeless?: ReadonlyMap<string, string>
  /** true for what must not be compiled here: asking for it throws `Elsewhere` */
  readonly elsewhere?: (file: SchemaFile) => boolean
  /** called with the file before, and with undefined after */
  readonly onCompile?: (file: Pick<SchemaFile, 'location' | 'path'> | undefined) => void
}

/** The schema is to be compiled in another thread, where a deadline ends it. */
export class Elsewhere extends Error {}

/** Compiles each schema when it is asked for first, and keeps it. */
export function validatorsOf(schemas: SchemaSet, options: CompileOptions = {}): Validators {
  const compiled = new Map<string, CompiledSchema | EngineFailure>()
  for (const [location, failure] of options.hopeless ?? []) compiled.set(location, { failure })
  const of = (file: SchemaFile): CompiledSchema | EngineFailure => {
    const known = compiled.get(file.location)
    if (known !== undefined) return known
    if (options.elsewhere?.(file) === true) throw new Elsewhere()
    options.onCompile?.({ location: file.location, path: file.path })
    const made = compileFile(file, schemas)
    options.onCompile?.(undefined)
    compiled.set(file.location, made)
    return made
  }
  const isImported = importedIn(schemas)
  const isUsable = (file: SchemaFile) => !isImported(file) || 'schemaAddress' in of(file)
  const dispose = () => {
    for (const it of compiled.values()) if ('schemaAddress' in it) releaseSchema(it)
    compiled.clear()
  }
  return { of, isUsable, dispose }
}

function compileFile(file: SchemaFile, schemas: SchemaSet): CompiledSchema | EngineFailure {
  const documents = schemas.closureOf(file)
  const missing = documents.flatMap(unresolved)
  if (missing.length > 0) return failureOf(file, `it needs ${missing.join(', ')}`)
  const written = new Map(
    documents.map((document) => [
      engineName(document, documents),
      { document, ...engineText(linked(document, documents)) },
    ]),
  )
  const texts = new Map([...written].map(([name, { text }]) => [name, Buffer.from(text)]))
  const result = compileSchema(engineName(file, documents), texts)
  if ('schemaAddress' in result) return result
  const fault = faultIn(file, schemas)
  if (fault !== undefined) return { failure: fault }
  return failureOf(file, 'failure' in result ? result.failure : wordsOf(result, written))
}

/** What the model says is wrong: with its place, which the engine does not have. */
function faultIn(file: SchemaFile, schemas: SchemaSet): string | undefined {
  try {
    const { elements, types } = schemas.modelOf(file)
    // Each is made when it is asked for.
    void [...elements, ...types]
    return undefined
  } catch (error) {
    if (error instanceof CimError) return error.message
    throw error
  }
}

function failureOf(file: SchemaFile, reason: string): EngineFailure {
  return { failure: `the schema ${file.path} does not compile: ${reason}` }
}

/** complaints about a schema that are worth printing; the first ones cause the rest */
const MOST_WORDS = 5

/** The texts of a closure by the names that the engine knows them by, each with what it was made of. */
type Written = ReadonlyMap<string, EngineText & { readonly document: SchemaDocument }>

function wordsOf(errors: readonly EngineError[], written: Written): string {
  const words = errors.slice(0, MOST_WORDS).map((it) => `${placeIn(it, written)}${it.message}`)
  const rest = errors.length - words.length
  return `${words.join(' ')}${rest > 0 ? ` (and ${rest} more)` : ''}`
}

/** Whether a schema is, or stands on, a file that did not come with the product. */
export function importedIn({ catalogue, closureOf }: SchemaSet): (file: SchemaFile) => boolean {
  const imported = new Set(catalogue.files.filter((it) => !it.shipped).map((it) => it.location))
  if (imported.size === 0) return (file) => !file.shipped
  return (file) => !file.shipped || closureOf(file).some((it) => imported.has(it.location))
}

/** File, line and column of what a complaint is about, and a colon; nothing where the engine does not tell. */
function placeIn({ file, line }: EngineError, written: Written): string {
  const text = written.get(file ?? '')
  const node = text === undefined ? undefined : elementOn(line, text)
  return text === undefined || node === undefined
    ? ''
    : `${placeOf({ node, document: text.document })}: `
}
