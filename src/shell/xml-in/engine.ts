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
import { XmlNodeSetStruct } from 'libxml2-wasm/lib/libxml2.mjs'
import type { Encoding } from './guard.ts'

/** One complaint of the engine. */
export interface EngineError {
  readonly message: string
  /** 1 = warning, 2 = error, 3 = fatal */
  readonly level: number
  readonly line: number
  readonly column: number
  /** node path in libxml2's own notation: `/*` + `/*[2]`, empty when unknown */
  readonly path: string
}

/** The engine could not decide: never valid, never invalid. */
export interface EngineFailure {
  readonly failure: string
}

export interface ParsedDocument {
  readonly document: XmlDocument
  readonly rootAddress: number
  readonly memory: () => ArrayBufferLike
}

/** A schema that is compiled once and used many times. */
export interface CompiledSchema {
  readonly validator: XsdValidator
}

const OPTIONS =
  ParseOption.XML_PARSE_NONET |
  ParseOption.XML_PARSE_NO_XXE |
  ParseOption.XML_PARSE_NO_SYS_CATALOG |
  ParseOption.XML_PARSE_NOCDATA |
  ParseOption.XML_PARSE_COMPACT |
  ParseOption.XML_PARSE_BIG_LINES

/** the schema texts that may be opened right now, by location */
let opened: ReadonlyMap<string, Uint8Array> = new Map()

xmlRegisterInputProvider({
  match: (location) => opened.has(location),
  open: (location) => openBuffer(opened.get(location) ?? new Uint8Array()),
  read: readBuffer,
  close: (handle) => {
    closeBuffer(handle)
    return true
  },
})

/** The document (to be released with `dispose`), or what is not well-formed in it. */
export function parse(
  bytes: Uint8Array,
  encoding: Encoding,
): ParsedDocument | readonly EngineError[] | EngineFailure {
  return attempt(() => {
    // libxml2 finds UTF-16 by its byte order mark; latin1 is named because octets alone do not tell.
    const document = XmlDocument.fromBuffer(bytes, {
      option: OPTIONS,
      ...(encoding === 'iso-8859-1' ? { encoding } : {}),
    })
    const rootAddress = nodeAddress(document.root)
    return {
      document,
      rootAddress,
      memory: () => XmlNodeSetStruct.nodeTable(rootAddress, 0).buffer,
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
  const whole = address === parsed.rootAddress
  return attempt(() => {
    if (whole) schema.validator.validate(parsed.document)
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
      opened = new Map()
      document.dispose()
    }
  })
}

/** A fault of the wasm machine, or an internal error of libxml2, is a failure of ours and never a verdict. */
function attempt<T>(run: () => T): T | readonly EngineError[] | EngineFailure {
  try {
    return run()
  } catch (error) {
    if (error instanceof XmlLibError && error.details.length > 0)
      return error.details.map(complaint)
    if (error instanceof XmlError || error instanceof RangeError || isTrap(error))
      return { failure: error.message }
    throw error
  } finally {
    opened = new Map()
  }
}

/** A wasm trap: out of memory, out of stack, a defect of the engine. */
function isTrap(error: unknown): error is Error {
  return error instanceof Error && error.name === 'RuntimeError'
}

interface Detail {
  readonly message: string
  readonly level: number
  readonly line: number
  readonly col: number
  readonly xpath?: string
}

function complaint(detail: Detail): EngineError {
  return {
    message: detail.message.trim(),
    level: detail.level,
    line: detail.line,
    column: detail.col,
    path: detail.xpath ?? '',
  }
}

/** The library hides node addresses behind an internal field. */
function nodeAddress(element: XmlElement): number {
  return (element as unknown as { _nodePtr: number })._nodePtr
}

function elementAt(address: number): XmlElement {
  return Object.assign(Object.create(XmlElement.prototype) as XmlElement, { _nodePtr: address })
}
