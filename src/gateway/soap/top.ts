// What a SOAP request says before anybody judges it: version, header blocks, and the first element of the Body. Only
// that much of the text is read, so that a large message costs no more than a small one.

import type { Element } from '../../envelope/element.ts'
import { soapBody } from '../../envelope/soap.ts'
import type { SoapBody } from '../../envelope/soap.ts'
import { topOf } from '../../envelope/scan.ts'

/** Reads a document under the guard of messages; undefined for what is none. */
export type ReadXml = (bytes: Uint8Array) => Element | undefined

/** The top of a document. */
export interface Top {
  readonly root: Element
  /** undefined when the root is no SOAP Envelope */
  readonly soap: SoapBody | undefined
}

/** elements that begin before the content of a wrapped message: wrapper, message, Header */
const DEPTH_IN_BODY = 3

/** Undefined for what is not well-formed up to there, or refused; the judge says why. */
export function readTop(bytes: Uint8Array, readXml: ReadXml): Top | undefined {
  const text = decoded(bytes)
  // What is not in UTF-8 is read as a whole: its declaration or its mark says how.
  const top = text === undefined ? undefined : topOf(text, isBody, DEPTH_IN_BODY)
  const root = readXml(top === undefined ? bytes : new TextEncoder().encode(top))
  return root && { root, soap: soapBody(root) }
}

function isBody(tag: string, depth: number): boolean {
  return depth === 1 && /(?:^|:)Body$/.test(tag)
}

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}
