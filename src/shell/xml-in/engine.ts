// libxml2 as WebAssembly: parse, compile a schema, validate. The only file that knows what the library can do.
// Nothing is read from disk or network: the only input it can open is the schema map handed in here, and
// only while a schema is being compiled (an xsi:schemaLocation in a message must not change a shared schema).

import type { Encoding } from './encoding.ts'
import type { Library } from './libxml2.ts'

/** One complaint of the engine. */
export interface EngineError {
  readonly message: string
  readonly line: number
  readonly column: number
  /** name of the text, where it has one: those of schemas do */
  readonly file?: string | null
  /** address of the element's node, 0 when unknown */
  readonly node: number
}

/** The engine could not decide: never valid, never invalid. */
export interface EngineFailure {
  readonly failure: string
}

/** An accepted document in the engine's memory, to be released with `release`. */
export interface ParsedDocument {
  readonly documentAddress: number
  readonly rootAddress: number
  /** true when a DOCTYPE has slipped through the guard */
  readonly hasDoctype: boolean
  /** names of elements and attributes by address, as far as they have been read; documents of one parser share them */
  readonly names: Map<number, string>
}

/** A schema that is compiled once and used many times, to be released with `releaseSchema`. */
export interface CompiledSchema {
  readonly schemaAddress: number
}

/** xmlParserOption. HUGE lifts the library's own limits, which would pass for faults of the document; ours are stricter (guard, survey). */
const PARSE = {
  NONET: 1 << 11,
  NOCDATA: 1 << 14,
  COMPACT: 1 << 16,
  HUGE: 1 << 19,
  BIG_LINES: 1 << 22,
  NO_XXE: 1 << 23,
  NO_SYS_CATALOG: 1 << 25,
} as const
const OPTIONS = Object.values(PARSE).reduce((all, it) => all | it, 0)

/** complaints kept of one run; the diagnosis does not depend on them, only their number could fill the memory */
const MOST_COMPLAINTS = 10_000
/** characters kept of one; the engine quotes whole values */
const MESSAGE_LENGTH = 500
/** libxml2's xmlErrorLevel: 1 is a warning */
const ERROR_LEVEL = 2

/** the schema texts that may be opened right now, by location */
let opened: ReadonlyMap<string, Uint8Array> = new Map()
/** complaints of the run that is going on */
let found: Detail[] = []
let trapped = false

/** address of `collect` in the engine; 0 until it is loaded */
let collector = 0
let loading: Promise<void> | undefined
/** the functions of libxml2; undefined until they are loaded */
let library: Library

/** Loads the engine, once: before that has ended nothing here can be used but `isEngineLoaded` and `engineTrapped`. */
export function loadEngine(): Promise<void> {
  return (loading ??= load())
}

async function load(): Promise<void> {
  const { loadLibrary } = await import('./libxml2.ts')
  const loaded = await loadLibrary({ textAt: (it) => opened.get(it), collect })
  library = loaded.library
  collector = loaded.collector
}

/** True once `loadEngine` has ended. */
export function isEngineLoaded(): boolean {
  return collector !== 0
}

/** True after a fault of the wasm machine: its memory is in an unknown state, and it should be used no more. */
export function engineTrapped(): boolean {
  return trapped
}

/** The engine's memory as it is now; it never shrinks, and every growth makes a new buffer. */
export function engineMemory(): ArrayBufferLike {
  return library.XmlNodeSetStruct.nodeTable(0, 0).buffer
}

/** The engine's memory in the two ways in which it is read. */
export interface Views {
  readonly words: Int32Array
  readonly bytes: Buffer
}

let views: Views = { words: new Int32Array(), bytes: Buffer.alloc(0) }

/** The memory to read from: to be asked for anew after everything that may have made it grow. */
export function engineViews(): Views {
  // The buffer before a growth has no octets left.
  if (views.words.length === 0) {
    const memory = engineMemory() as ArrayBuffer
    views = { words: new Int32Array(memory), bytes: Buffer.from(memory) }
  }
  return views
}

/** The document, or what is not well-formed in it. */
export function parse(
  bytes: Uint8Array,
  encoding: Encoding,
): ParsedDocument | readonly EngineError[] | EngineFailure {
  return attempt(() => {
    const documentAddress = read(parserFor(bytes.length), bytes, null, encoding)
    if (documentAddress === 0) return NO_DOCUMENT
    return {
      documentAddress,
      rootAddress: library.xmlDocGetRootElement(documentAddress),
      hasDoctype: library.xmlGetIntSubset(documentAddress) !== 0,
      names,
    }
  })
}

/** Gives the memory of a document back; nothing of its tree may be read afterwards. */
export function release({ documentAddress }: ParsedDocument): void {
  if (!trapped) library.xmlFreeDoc(documentAddress)
}

/**
 * Validates a document, or the subtree under one of its nodes as if it were a document of its own.
 * @returns all complaints; none = valid
 */
export function validate(
  { documentAddress, rootAddress }: ParsedDocument,
  { schemaAddress }: CompiledSchema,
  address: number,
): readonly EngineError[] | EngineFailure {
  return attempt(() => {
    const context = library.xmlSchemaNewValidCtxt(schemaAddress)
    library.xmlSchemaSetValidStructuredErrors(context, collector, 0)
    const result =
      address === rootAddress
        ? library.xmlSchemaValidateDoc(context, documentAddress)
        : library.xmlSchemaValidateOneElement(context, address)
    library.xmlSchemaFreeValidCtxt(context)
    if (result === 0) return NO_ERRORS
    return result < 0 ? { failure: 'Invalid input or internal error' } : NO_REASON
  })
}

const NO_ERRORS: readonly EngineError[] = []
/** what it comes to when the engine refuses something and has complained of nothing */
const NO_REASON: EngineFailure = { failure: 'no reason given' }
const NO_DOCUMENT: EngineFailure = { failure: 'Failed to parse XML' }

/** @param texts every schema file of the closure by location; nothing else can be opened */
export function compileSchema(
  location: string,
  texts: ReadonlyMap<string, Uint8Array>,
): CompiledSchema | readonly EngineError[] | EngineFailure {
  const source = texts.get(location)
  if (source === undefined) return { failure: `the schema ${location} is not loaded` }
  return attempt(() => {
    opened = texts
    const document = read(newParser(), source, location, null)
    if (document === 0) return NO_DOCUMENT
    try {
      return compiled(document)
    } finally {
      library.xmlFreeDoc(document)
    }
  })
}

function compiled(document: number): CompiledSchema | EngineFailure {
  const context = library.xmlSchemaNewDocParserCtxt(document)
  if (context === 0) return { failure: 'Schema is null or failed to allocate memory' }
  library.xmlSchemaSetParserStructuredErrors(context, collector, 0)
  const schemaAddress = library.xmlSchemaParse(context)
  library.xmlSchemaFreeParserCtxt(context)
  return schemaAddress === 0 ? NO_REASON : { schemaAddress }
}

/** Gives the memory of a schema back. */
export function releaseSchema({ schemaAddress }: CompiledSchema): void {
  if (!trapped) library.xmlSchemaFree(schemaAddress)
}

/**
 * Octets of documents for which one parser is used. It keeps the names that it has seen, where they are, which
 * spares time and costs memory: as much as the octets are at most.
 */
const OCTETS_OF_A_PARSER = 256 * 1024
let parser = 0
let octetsLeft = 0
let names = new Map<number, string>()

function parserFor(octets: number): number {
  if (octetsLeft <= 0) {
    if (parser !== 0) library.xmlFreeParserCtxt(parser)
    parser = newParser()
    octetsLeft = OCTETS_OF_A_PARSER
    names = new Map()
  }
  octetsLeft -= octets
  return parser
}

function newParser(): number {
  const context = library.xmlNewParserCtxt()
  library.xmlCtxtSetErrorHandler(context, collector, 0)
  return context
}

/** @returns address of the document; 0 when there is none, or when there are complaints about it */
function read(
  context: number,
  bytes: Uint8Array,
  url: string | null,
  encoding: Encoding | null,
): number {
  const document = library.xmlReadMemory(context, bytes, url, encoding, OPTIONS)
  if (context !== parser) library.xmlFreeParserCtxt(context)
  if (found.length === 0) return document
  octetsLeft = 0
  if (document !== 0) library.xmlFreeDoc(document)
  return 0
}

/** A fault of the wasm machine, or an internal error of libxml2, is a failure of ours and never a verdict. */
function attempt<T extends object>(
  run: () => T | EngineFailure,
): T | readonly EngineError[] | EngineFailure {
  try {
    const result = run()
    // Complaints are the reason why there is no result.
    return 'failure' in result && found.length > 0 ? complaints(found) : result
  } catch (error) {
    if (isTrap(error)) {
      trapped = true
      parser = octetsLeft = 0
    } else if (!(error instanceof library.XmlError)) throw error
    return { failure: error.message || 'no reason given' }
  } finally {
    opened = NO_TEXTS
    if (found.length > 0) found = []
  }
}

const NO_TEXTS: ReadonlyMap<string, Uint8Array> = new Map()

/** Out of memory, out of stack, or a defect of the engine. */
function isTrap(error: unknown): error is Error {
  return error instanceof RangeError || (error as Error).name === 'RuntimeError'
}

/** libxml2's codes for its own troubles, of which it speaks in the same list as of the document's: internal error, no memory, and both again in schemas and validation. */
const INTERNAL_CODES: readonly number[] = [1, 2, 1818, 3069]

function complaints(all: readonly Detail[]): readonly EngineError[] | EngineFailure {
  const internal = all.find((it) => INTERNAL_CODES.includes(it.code))
  return internal === undefined ? all : { failure: internal.message || 'out of memory' }
}

/** A complaint together with libxml2's number for it. */
interface Detail extends EngineError {
  readonly code: number
}

/** of the code in libxml2's struct of an error, which the library does not read */
const CODE_OFFSET = 4

/** Called by the engine for each complaint, while the node it is about is still there. */
function collect(_slot: number, error: number): void {
  const { XmlErrorStruct } = library
  if (XmlErrorStruct.level(error) < ERROR_LEVEL || found.length >= MOST_COMPLAINTS) return
  found.push({
    message: XmlErrorStruct.message(error).slice(0, MESSAGE_LENGTH).trim(),
    code: engineViews().words[(error + CODE_OFFSET) >> 2] ?? 0,
    line: XmlErrorStruct.line(error),
    column: XmlErrorStruct.col(error),
    file: XmlErrorStruct.file(error),
    node: elementOf(XmlErrorStruct.node(error)),
  })
}

/** Of what stands in an element, such as an attribute or a text, its element. */
function elementOf(node: number): number {
  const { XmlNodeType, XmlTreeCommonStruct } = library
  const isElement = node === 0 || XmlTreeCommonStruct.type(node) === XmlNodeType.XML_ELEMENT_NODE
  return isElement ? node : XmlTreeCommonStruct.parent(node)
}
