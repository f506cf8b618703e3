// How libxml2 lays its nodes out in memory, and how texts are read from there.
// The offsets are those of its C structs on 32-bit WebAssembly; the library is pinned exactly, and
// tree.test.ts compares every kind of node with what the library's own interface says.

import type { Views } from './engine.ts'

/** Offsets of xmlNode, the first ones of xmlAttr too, in words of four octets. */
export const NODE = {
  type: 1,
  name: 2,
  children: 3,
  parent: 5,
  next: 6,
  ns: 9,
  content: 10,
  attributes: 11,
  declared: 12,
} as const

/** Offsets of xmlNs, in words. */
export const NS = { next: 0, uri: 2, prefix: 3 } as const

/** xmlElementType */
export const KIND = { element: 1, text: 3, cdata: 4 } as const

/** True for character data; CDATA sections are no different from other text. */
export function isText(kind: number | undefined): boolean {
  return kind === KIND.text || kind === KIND.cdata
}

/** A field of the struct at this address. */
export function field({ words }: Views, address: number, offset: number): number {
  return words[(address >> 2) + offset] ?? 0
}

/** The name of an element or attribute, which is a shared string and decoded once. */
export function nameAt(views: Views, names: Map<number, string>, address: number): string {
  const known = names.get(address)
  if (known !== undefined) return known
  const text = textAt(views, address)
  names.set(address, text)
  return text
}

/** A NUL-terminated UTF-8 string; the plain ASCII ones take the short way. */
export function textAt({ bytes }: Views, address: number): string {
  if (address === 0) return ''
  let end = address
  let plain = true
  for (let it = bytes[end]; it !== undefined && it !== 0; it = bytes[end]) {
    if (it > 0x7f) plain = false
    end += 1
  }
  if (plain && end - address <= SHORT) return shortText(bytes, address, end)
  return bytes.toString(plain ? 'latin1' : 'utf8', address, end)
}

/** characters up to which a text is put together faster here than by a call out of JavaScript */
const SHORT = 12

function shortText(bytes: Buffer, from: number, to: number): string {
  let text = ''
  for (let at = from; at < to; at += 1) text += String.fromCharCode(bytes[at] as number)
  return text
}

/** Only blanks, tabs and line ends up to the NUL. */
export function isBlankAt({ bytes }: Views, address: number): boolean {
  let at = address
  while (bytes[at] === 0x20 || bytes[at] === 0x0a || bytes[at] === 0x0d || bytes[at] === 0x09)
    at += 1
  return bytes[at] === 0
}

/** A place that goes through the elements of a document in their order. */
export interface Cursor {
  /** address of an element */
  node: number
  /** 1 = the root */
  depth: number
}

/** Moves on by one element; false when there is none, and then the place is of no use any more. */
export function toNextElement({ words }: Views, cursor: Cursor): boolean {
  let { node, depth } = cursor
  let next = firstInside(words, node)
  if (next !== 0) depth += 1
  else if (depth === 1) return false
  else next = words[(node >> 2) + NODE.next] as number
  while (words[(next >> 2) + NODE.type] !== KIND.element || next === 0) {
    if (next === 0) {
      depth -= 1
      if (depth === 1) return false
      node = words[(node >> 2) + NODE.parent] as number
    } else node = next
    next = words[(node >> 2) + NODE.next] as number
  }
  cursor.node = next
  cursor.depth = depth
  return true
}

/** The first node inside an element where an element may be among them; by far most elements hold one text node and nothing else. */
function firstInside(words: Int32Array, node: number): number {
  const first = words[(node >> 2) + NODE.children] as number
  const at = first >> 2
  const isAlone = words[at + NODE.next] === 0 && words[at + NODE.type] !== KIND.element
  return isAlone ? 0 : first
}
