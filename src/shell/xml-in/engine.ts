// libxml2 as WebAssembly: parse, compile a schema, validate. The only file that knows the library.
// Nothing is read from disk or network: the only input it can open is the schema map handed in here, and
// only while a schema is being compiled (an xsi:schemaLocation in a message must not change a shared schema).

import {
  ParseOption,
  XmlDocument,
  XmlElement,
  XmlError,
  XmlLibError,
  XsdValidator,
  xmlRegisterInputProvider,
  openBuffer,
  readBuffer,
  closeBuffer,
} from 'libxml2-wasm'
// The pinned version exports neither its memory nor node addresses; both are reached through its own structs.
import * as library from 'libxml2-wasm/lib/libxml2.mjs'
import type { Encoding } from './encoding.ts'

/** One complaint of the engine. */
export interface EngineError {
  readonly message: string
  readonly line: number
  readonly column: number
  /** address of the element's node, 0 when unknown */
  readonly node: number
}

/** The engine could not decide: never valid, never invalid. */
export interface EngineFailure {
  readonly failure: string
}

/** An accepted document in the engine's memory, to be released with `document.dispose()`. */
export interface ParsedDocument {
  readonly document: XmlDocument
  readonly rootAddress: number
  /** true when a DOCTYPE has slipped through the guard */
  readonly hasDoctype: boolean
}

/** A schema that is compiled once and used many times. */
export interface CompiledSchema {
  readonly validator: XsdValidator
}

/** HUGE lifts the library's own limits, which would pass for faults of the document; ours are stricter (guard, walk). */
const OPTIONS =
  ParseOption.XML_PARSE_NONET |
  ParseOption.XML_PARSE_NO_XXE |
  ParseOption.XML_PARSE_NO_SYS_CATALOG |
  ParseOption.XML_PARSE_NOCDATA |
  ParseOption.XML_PARSE_COMPACT |
  ParseOption.XML_PARSE_BIG_LINES |
  ParseOption.XML_PARSE_HUGE

/** complaints kept of one run; the diagnosis does not depend on them, only their number could fill the memory */
const MOST_COMPLAINTS = 10_000
/** characters kept of one; the engine quotes whole values */
const MESSAGE_LENGTH = 500
/** libxml2's xmlErrorLevel: 1 is a warning */
const ERROR_LEVEL = 2

/** the schema texts that may be opened right now, by location */
let opened: ReadonlyMap<string, Uint8Array> = new Map()
let trapped = false

xmlRegisterInputProvider({
  match: (location) => opened.has(location),
  open: (location) => openBuffer(opened.get(location) ?? new Uint8Array()),
  read: readBuffer,
  close: (handle) => {
    closeBuffer(handle)
    return true
  },
})

const {
  XmlErrorStruct,
  XmlNodeSetStruct,
  XmlNodeType,
  XmlTreeCommonStruct,
  error: errors,
} = library
/** makes a function that the engine can call; missing in the library's types */
const { addFunction } = library as unknown as {
  readonly addFunction: (run: typeof collect, signature: string) => number
}
// The library's own collector asks for the path of every node, which counts its siblings each time: quadratic.
errors.errorCollector = addFunction(collect, 'vii')

/** True after a fault of the wasm machine: its memory is in an unknown state, and it should be used no more. */
export function engineTrapped(): boolean {
  return trapped
}

/** The engine's memory as it is now; it never shrinks, and every growth makes a new buffer. */
export function engineMemory(): ArrayBufferLike {
  return XmlNodeSetStruct.nodeTable(0, 0).buffer
}

/** The document, or what is not well-formed in it. */
export function parse(
  bytes: Uint8Array,
  encoding: Encoding,
): ParsedDocument | readonly EngineError[] | EngineFailure {
  return attempt(() => {
    const document = XmlDocument.fromBuffer(bytes, { option: OPTIONS, encoding })
    return {
      document,
      rootAddress: addressOf(document.root),
      hasDoctype: document.dtd !== null,
    }
  })
}

/**
 * Validates a document, or the subtree under one of its nodes as if it were a document of its own.
 * @returns all complaints; none = valid
 */
export function validate(
  parsed: ParsedDocument,
  schema: CompiledSchema,
  address: number,
): readonly EngineError[] | EngineFailure {
  return attempt(() => {
    if (address === parsed.rootAddress) schema.validator.validate(parsed.document)
    else schema.validator.validate(elementAt(address))
    return NO_ERRORS
  })
}

const NO_ERRORS: readonly EngineError[] = []

/** @param texts every schema file of the closure by location; nothing else can be opened */
export function compileSchema(
  location: string,
  texts: ReadonlyMap<string, Uint8Array>,
): CompiledSchema | readonly EngineError[] | EngineFailure {
  const source = texts.get(location)
  if (source === undefined) return { failure: `the schema ${location} is not loaded` }
  return attempt(() => {
    opened = texts
    const document = XmlDocument.fromBuffer(source, { url: location, option: OPTIONS })
    try {
      return { validator: XsdValidator.fromDoc(document) }
    } finally {
      document.dispose()
    }
  })
}

/** A fault of the wasm machine, or an internal error of libxml2, is a failure of ours and never a verdict. */
function attempt<T>(run: () => T): T | readonly EngineError[] | EngineFailure {
  try {
    return run()
  } catch (error) {
    if (error instanceof XmlLibError && error.details.length > 0) return complaints(error)
    if (isTrap(error)) trapped = true
    else if (!(error instanceof XmlError)) throw error
    return { failure: error.message || 'no reason given' }
  } finally {
    opened = new Map()
  }
}

/** Out of memory, out of stack, or a defect of the engine. */
function isTrap(error: unknown): error is Error {
  return error instanceof RangeError || (error as Error).name === 'RuntimeError'
}

/** libxml2's codes for its own troubles, of which it speaks in the same list as of the document's: internal error, no memory, and both again in schemas and validation. */
const INTERNAL_CODES: readonly number[] = [1, 2, 1818, 3069]

function complaints(error: XmlLibError): readonly EngineError[] | EngineFailure {
  const found = error.details as unknown as readonly Detail[]
  const internal = found.find((it) => INTERNAL_CODES.includes(it.code))
  return internal === undefined ? found : { failure: internal.message || 'out of memory' }
}

/** A complaint as the library carries it: it asks for the level and passes the rest on. */
interface Detail extends EngineError {
  readonly level: number
  readonly code: number
}

/** of the code in libxml2's struct of an error, which the library does not read */
const CODE_OFFSET = 4

/** Called by the engine for each complaint, while the node it is about is still there. */
function collect(slot: number, error: number): void {
  const list = errors.storage.get(slot) as unknown as Detail[]
  const level = XmlErrorStruct.level(error)
  if (level < ERROR_LEVEL || list.length >= MOST_COMPLAINTS) return
  list.push({
    message: XmlErrorStruct.message(error).slice(0, MESSAGE_LENGTH).trim(),
    level,
    code: new Int32Array(engineMemory())[(error + CODE_OFFSET) >> 2] ?? 0,
    line: XmlErrorStruct.line(error),
    column: XmlErrorStruct.col(error),
    node: elementOf(XmlErrorStruct.node(error)),
  })
}

/** Of what stands in an element, such as an attribute or a text, its element. */
function elementOf(node: number): number {
  const isElement = node === 0 || XmlTreeCommonStruct.type(node) === XmlNodeType.XML_ELEMENT_NODE
  return isElement ? node : XmlTreeCommonStruct.parent(node)
}

/** The library hides node addresses behind an internal field. */
function addressOf(element: XmlElement): number {
  return (element as unknown as { _nodePtr: number })._nodePtr
}

function elementAt(address: number): XmlElement {
  return Object.assign(Object.create(XmlElement.prototype) as XmlElement, { _nodePtr: address })
}
