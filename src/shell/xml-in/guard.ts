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
 * Counts `<` and `=`, of which every tag and every attribute has one: a document with fewer of them than allowed
 * nodes cannot have too many. Spares the parser the memory; the exact count is the tree's.
 */
function hasTooMuchMarkup(bytes: Uint8Array, most: number): boolean {
  if (bytes.length < most) return false
  let tags = most * 2 // start and end tags
  let attributes = most
  for (let at = 0; at < bytes.length; at += 1) {
    const it = bytes[at] as number
    // Both marks at once: they differ in the last bit alone.
    if ((it & 0xfe) !== 0x3c) continue
    if (it === 0x3c) tags -= 1
    else attributes -= 1
  }
  return tags < 0 || attributes < 0
}

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
    found: `more than ${limits.nodes}`,
    mend: 'Send the objects in several messages.',
  }
}
