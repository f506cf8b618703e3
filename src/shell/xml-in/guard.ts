// What is refused before any parser sees it: too many octets, an encoding that we do not read or that
// contradicts itself, every DOCTYPE in every encoding, and more mark-up than a document may have.

import type { Limits } from '../../envelope/limits.ts'
import { decode, encodingOf, signatureOf } from './encoding.ts'
import type { Encoding } from './encoding.ts'
import { readProlog } from './prolog.ts'
import type { Prolog } from './prolog.ts'

/** Why a document is refused. */
export interface Refusal {
  readonly rule: 'LIM-SIZE' | 'LIM-NODES' | 'SEC-DOCTYPE' | 'SEC-ENCODING'
  readonly expected: string
  readonly found: string
  readonly mend: string
}

/** Octets in which nearly every prolog ends, then those in which it ends with a licence in front; of the others the whole document is decoded. */
const HEAD_BYTES = [128, 4 * 1024]

/** The encoding of an acceptable document, or why it is refused. */
export function guard(
  bytes: Uint8Array,
  limits: Limits,
): { readonly encoding: Encoding } | { readonly refusal: Refusal } {
  if (bytes.length > limits.bodyBytes) return { refusal: tooLarge(bytes.length, limits) }
  const signature = signatureOf(bytes)
  const prolog = prologOf(bytes, signature.otherwise ?? 'utf-8')
  const encoding = encodingOf(signature, prolog.declared)
  if (encoding === undefined) return { refusal: badEncoding(signature.words, prolog.declared) }
  if (prolog.doctype) return { refusal: DOCTYPE }
  return hasTooMuchMarkup(bytes, limits.nodes) ? { refusal: tooManyNodes(limits) } : { encoding }
}

/** Names and marks of a prolog are ASCII, so that the family of encodings is enough to read it. */
function prologOf(bytes: Uint8Array, encoding: Encoding): Prolog {
  for (const length of HEAD_BYTES) {
    const head = readProlog(decode(bytes.subarray(0, length), encoding), false)
    if (head !== undefined) return head
  }
  return readProlog(decode(bytes, encoding), true) as Prolog
}

/**
 * Counts what begins an element, and what stands between the name of an attribute and its value: that spares the parser the
 * memory of a tree which is refused all the same. Attributes written with blanks are left to the exact count, the tree's.
 */
export function hasTooMuchMarkup(bytes: Uint8Array, most: number): boolean {
  if (bytes.length < most) return false
  let left = most
  for (let at = 0; at < bytes.length && left >= 0; at += 1) {
    const it = bytes[at] as number
    // Both marks at once: they differ in the last bit alone.
    if ((it & 0xfe) !== 0x3c) continue
    // In UTF-16 the other half of a character of ASCII is 0.
    const next = bytes[at + 1] || bytes[at + 2] || 0
    if (it === 0x3c ? !NO_ELEMENT.has(next) : QUOTES.has(next)) left -= 1
  }
  return left < 0
}

/** behind `<`: end tags, comments, CDATA, instructions */
const NO_ELEMENT: ReadonlySet<number> = new Set(Buffer.from('/!?'))
const QUOTES: ReadonlySet<number> = new Set(Buffer.from(`"'`))

function tooLarge(length: number, limits: Limits): Refusal {
  return {
    rule: 'LIM-SIZE',
    expected: `at most ${limits.bodyBytes} octets`,
    found: `${length} octets`,
    mend: 'Send the objects in several messages, or raise the limit in the configuration.',
  }
}

function badEncoding(octets: string, declared: string | undefined): Refusal {
  return {
    rule: 'SEC-ENCODING',
    expected:
      'UTF-8, UTF-16 with a byte order mark, US-ASCII or ISO-8859-1, declared as what it is',
    found: `${octets}, ${declared === undefined ? 'nothing declared' : `declared ${declared}`}`,
    mend: 'Write the message in UTF-8 and declare encoding="UTF-8".',
  }
}

/** Any DOCTYPE, also a harmless one: a deliberate deviation from XML 1.0. */
export const DOCTYPE: Refusal = {
  rule: 'SEC-DOCTYPE',
  expected: 'a document without DOCTYPE',
  found: 'a DOCTYPE',
  mend: 'Take the DOCTYPE out; CIM messages need no entities and no DTD.',
}

function tooManyNodes(limits: Limits): Refusal {
  return {
    rule: 'LIM-NODES',
    expected: `at most ${limits.nodes} elements and attributes`,
    found: `more than ${limits.nodes} elements and attributes`,
    mend: 'Send the objects in several messages.',
  }
}
