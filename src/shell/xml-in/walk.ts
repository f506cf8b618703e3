// The accepted libxml2 tree -> our element tree, read straight from the engine's memory.
// The offsets are those of libxml2's C structs on 32-bit WebAssembly; the library is pinned exactly, and
// walk.test.ts compares every kind of node with what the library's own interface says.

import type { Attribute, Element } from '../../envelope/element.ts'
import type { Limits } from '../../envelope/limits.ts'

/** Byte offsets of xmlNode, xmlAttr and xmlNs. */
const NODE = {
  type: 4,
  name: 8,
  children: 12,
  next: 24,
  ns: 36,
  content: 40,
  attributes: 44,
  declared: 48,
} as const
const NS = { next: 0, uri: 8, prefix: 12 } as const
const KIND = { element: 1, text: 3, cdata: 4 } as const

const NONE: readonly never[] = Object.freeze([])

export interface Walked {
  readonly root: Element
  /** address of the node of each element, by `Element.index` */
  readonly addresses: readonly number[]
}

/** A limit that the document exceeds. */
export interface Excess {
  readonly rule: 'LIM-DEPTH' | 'LIM-NODES' | 'LIM-ATTRIBUTES' | 'LIM-NAMESPACES' | 'LIM-NAME'
  readonly expected: string
  readonly found: string
}

interface Walk {
  readonly words: Int32Array
  readonly bytes: Buffer
  /** names, prefixes and namespaces are shared strings: each address is decoded once */
  readonly names: Map<number, string>
  readonly addresses: number[]
  readonly limits: Limits
  nodes: number
  excess: Excess | undefined
}

/**
 * Reads the tree under a root node.
 * @param memory of the engine as it is now; it must not grow while the tree is read
 */
export function walk(
  memory: ArrayBufferLike,
  rootAddress: number,
  limits: Limits,
): Walked | { readonly excess: Excess } {
  const state: Walk = {
    words: new Int32Array(memory),
    bytes: Buffer.from(memory as ArrayBuffer),
    names: new Map([[0, '']]),
    addresses: [],
    limits,
    nodes: 0,
    excess: undefined,
  }
  const root = readElement(state, rootAddress, 1)
  return state.excess === undefined
    ? { root, addresses: state.addresses }
    : { excess: state.excess }
}

function readElement(state: Walk, at: number, depth: number): Element {
  const { words } = state
  const index = state.addresses.length
  state.addresses.push(at)
  count(state, depth)
  const name = nameAt(state, word(words, at + NODE.name))
  const ns = word(words, at + NODE.ns)
  const attributes = readAttributes(state, word(words, at + NODE.attributes))
  const declared = readDeclared(state, word(words, at + NODE.declared))
  const content = readContent(state, word(words, at + NODE.children), depth)
  return {
    name,
    ns: ns === 0 ? '' : uriAt(state, word(words, ns + NS.uri)),
    prefix: ns === 0 ? '' : nameAt(state, word(words, ns + NS.prefix)),
    attributes,
    children: content.children,
    text: content.text,
    mixed: content.mixed,
    declared,
    index,
  }
}

type Content = Pick<Element, 'children' | 'text' | 'mixed'>

const NOTHING: Content = { children: NONE, text: '', mixed: null }

function readContent(state: Walk, first: number, depth: number): Content {
  if (first === 0) return NOTHING
  const { words } = state
  // By far most elements hold one text node and nothing else.
  if (word(words, first + NODE.next) === 0 && word(words, first + NODE.type) === KIND.text) {
    return { children: NONE, text: textAt(state, word(words, first + NODE.content)), mixed: null }
  }
  const children: Element[] = []
  let isBare = true
  for (
    let node = first;
    node !== 0 && state.excess === undefined;
    node = word(words, node + NODE.next)
  ) {
    const kind = word(words, node + NODE.type)
    if (kind === KIND.element) children.push(readElement(state, node, depth + 1))
    // White space between children is no content, and by far most text between children is white space.
    else if (isText(kind) && isBare) isBare = isBlankAt(state, word(words, node + NODE.content))
  }
  if (isBare && children.length > 0) return { children, text: '', mixed: null }
  return withText(state, first, children)
}

function isText(kind: number): boolean {
  return kind === KIND.text || kind === KIND.cdata
}

/** The same nodes again, for their text; the children are read already. */
function withText(state: Walk, first: number, children: readonly Element[]): Content {
  const { words } = state
  const pieces: (Element | string)[] = []
  const rest = children.values()
  for (let node = first; node !== 0; node = word(words, node + NODE.next)) {
    const kind = word(words, node + NODE.type)
    if (kind === KIND.element) pieces.push(rest.next().value as Element)
    else if (isText(kind)) pieces.push(textAt(state, word(words, node + NODE.content)))
  }
  const text = pieces.filter((it) => typeof it === 'string').join('')
  return children.length === 0
    ? { children: NONE, text, mixed: null }
    : { children, text, mixed: pieces }
}

/** Only blanks, tabs and line ends up to the NUL. */
function isBlankAt(state: Walk, address: number): boolean {
  const { bytes } = state
  let at = address
  while (bytes[at] === 0x20 || bytes[at] === 0x0a || bytes[at] === 0x0d || bytes[at] === 0x09)
    at += 1
  return bytes[at] === 0
}

function readAttributes(state: Walk, first: number): readonly Attribute[] {
  if (first === 0) return NONE
  const { words, limits } = state
  const made: Attribute[] = []
  for (let node = first; node !== 0; node = word(words, node + NODE.next)) {
    if (made.length === limits.attributes) {
      exceed(state, 'LIM-ATTRIBUTES', limits.attributes, 'attributes on one element')
      break
    }
    made.push(readAttribute(state, node))
  }
  state.nodes += made.length
  return made
}

function readAttribute(state: Walk, node: number): Attribute {
  const ns = word(state.words, node + NODE.ns)
  return {
    name: nameAt(state, word(state.words, node + NODE.name)),
    ns: ns === 0 ? '' : uriAt(state, word(state.words, ns + NS.uri)),
    prefix: ns === 0 ? '' : nameAt(state, word(state.words, ns + NS.prefix)),
    value: attributeText(state, word(state.words, node + NODE.children)),
  }
}

function attributeText(state: Walk, first: number): string {
  let text = ''
  for (let node = first; node !== 0; node = word(state.words, node + NODE.next))
    text += textAt(state, word(state.words, node + NODE.content))
  return text
}

function readDeclared(state: Walk, first: number): Element['declared'] {
  if (first === 0) return null
  const { words, limits } = state
  const made: (readonly [string, string])[] = []
  for (let ns = first; ns !== 0; ns = word(words, ns + NS.next)) {
    if (made.length === limits.namespaces) {
      exceed(state, 'LIM-NAMESPACES', limits.namespaces, 'namespace declarations on one element')
      break
    }
    made.push([nameAt(state, word(words, ns + NS.prefix)), uriAt(state, word(words, ns + NS.uri))])
  }
  return made
}

function count(state: Walk, depth: number): void {
  state.nodes += 1
  if (state.nodes > state.limits.nodes)
    exceed(state, 'LIM-NODES', state.limits.nodes, 'elements and attributes')
  if (depth > state.limits.depth)
    exceed(state, 'LIM-DEPTH', state.limits.depth, 'levels of elements')
}

function exceed(state: Walk, rule: Excess['rule'], most: number, what: string): void {
  state.excess ??= { rule, expected: `at most ${most} ${what}`, found: `more than ${most} ${what}` }
}

function word(words: Int32Array, address: number): number {
  return words[address >> 2] ?? 0
}

/** A local name or a prefix. */
function nameAt(state: Walk, address: number): string {
  const text = sharedAt(state, address)
  const { nameLength } = state.limits
  if (text.length > nameLength) exceed(state, 'LIM-NAME', nameLength, 'characters in a name')
  return text
}

/** A namespace may be longer than a name, and is no data either. */
function uriAt(state: Walk, address: number): string {
  const text = sharedAt(state, address)
  const most = state.limits.nameLength * URI_TO_NAME
  if (text.length > most) exceed(state, 'LIM-NAME', most, 'characters in a namespace')
  return text
}

const URI_TO_NAME = 4

function sharedAt(state: Walk, address: number): string {
  const known = state.names.get(address)
  if (known !== undefined) return known
  const text = textAt(state, address)
  state.names.set(address, text)
  return text
}

/** A NUL-terminated UTF-8 string; the plain ASCII ones take the short way. */
function textAt(state: Walk, address: number): string {
  if (address === 0) return ''
  const { bytes } = state
  let end = address
  let plain = true
  for (let it = bytes[end]; it !== undefined && it !== 0; it = bytes[end]) {
    if (it > 0x7f) plain = false
    end += 1
  }
  return bytes.toString(plain ? 'latin1' : 'utf8', address, end)
}
