// XML that we have written ourselves as an element tree, and edits of such a tree: the ground that mutants grow on.
// It is no parser: it trusts the text, and whatever comes from outside goes to the XML engine instead.

import type { Attribute, Element } from '../../envelope/element.ts'
import { unescaped } from '../../envelope/escape.ts'

/** Positions among the children, from the root down to an element. */
export type Place = readonly number[]

type Scope = ReadonlyMap<string, string>

const XML_SCOPE: Scope = new Map([
  ['', ''],
  ['xml', 'http://www.w3.org/XML/1998/namespace'],
])

/** comment or instruction, character data, tag (closing mark, name, attributes, empty mark), text */
const TOKEN =
  /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!\[CDATA\[(?<data>[\s\S]*?)\]\]>|<(?<close>\/?)(?<name>[^\s/>]+)(?<attributes>(?:\s+[^\s=]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(?<empty>\/?)>|(?<text>[^<]+)/g

/** @param xml one element, as the writer of this ring makes it; comments and instructions are left out */
export function readOwn(xml: string): Element {
  const tokens = xml.matchAll(TOKEN)
  const [root] = contentOf(tokens, XML_SCOPE)
  if (root === undefined || typeof root === 'string') throw new Error('the text holds no element')
  return numbered(root)
}

type Token = RegExpExecArray
type Piece = Element | string

/** Everything up to the closing tag, or to the end of the text. */
function contentOf(tokens: Iterator<Token>, scope: Scope): readonly Piece[] {
  const pieces: Piece[] = []
  for (let it = tokens.next(); it.done !== true; it = tokens.next()) {
    const groups = it.value.groups ?? {}
    if (groups['close'] === '/') break
    if (groups['name'] !== undefined) pieces.push(elementOf(groups, tokens, scope))
    else pieces.push(groups['data'] ?? plainText(groups['text'] ?? ''))
  }
  return pieces
}

function elementOf(
  groups: Readonly<Record<string, string | undefined>>,
  tokens: Iterator<Token>,
  outer: Scope,
): Element {
  const written = attributesIn(groups['attributes'] ?? '')
  const declared = written.flatMap(([name, value]) => declaration(name, value))
  const scope = declared.length === 0 ? outer : new Map([...outer, ...declared])
  const pieces = groups['empty'] === '/' ? [] : contentOf(tokens, scope)
  const [prefix, name] = split(groups['name'] ?? '')
  return {
    name,
    prefix,
    ns: scope.get(prefix) ?? '',
    attributes: written
      .filter(([it]) => declaration(it, '').length === 0)
      .map(([it, value]) => attributeOf(it, value, scope)),
    declared: declared.length === 0 ? null : declared,
    index: -1,
    ...content(pieces),
  }
}

/** Content as an element keeps it: white space between children is none. */
function content(pieces: readonly Piece[]): Pick<Element, 'children' | 'text' | 'mixed'> {
  const children = pieces.filter((it) => typeof it !== 'string')
  const text = pieces.filter((it) => typeof it === 'string').join('')
  if (children.length === 0) return { children, text, mixed: null }
  return text.trim() === ''
    ? { children, text: '', mixed: null }
    : { children, text, mixed: pieces }
}

function attributesIn(text: string): readonly (readonly [string, string])[] {
  return [...text.matchAll(/([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)].map(
    ([, name = '', double, single = '']) => [name, plainText(double ?? single)] as const,
  )
}

/** What is kept of a document has been judged, so that its references mean something. */
function plainText(written: string): string {
  return unescaped(written) ?? written
}

function declaration(name: string, ns: string): readonly (readonly [string, string])[] {
  if (name === 'xmlns') return [['', ns]]
  return name.startsWith('xmlns:') ? [[name.slice('xmlns:'.length), ns]] : []
}

function attributeOf(written: string, value: string, scope: Scope): Attribute {
  const [prefix, name] = split(written)
  return { name, prefix, ns: prefix === '' ? '' : (scope.get(prefix) ?? ''), value }
}

function split(name: string): readonly [string, string] {
  const colon = name.indexOf(':')
  return colon < 0 ? ['', name] : [name.slice(0, colon), name.slice(colon + 1)]
}

/** The same tree, numbered in document order. */
export function numbered(root: Element): Element {
  let next = 0
  const number = (it: Element): Element => {
    const index = next
    next += 1
    const children = it.children.map(number)
    const left = [...children]
    const mixed = it.mixed?.map((one) => (typeof one === 'string' ? one : (left.shift() ?? one)))
    return { ...it, index, children, mixed: mixed ?? null }
  }
  return number(root)
}

/** The element at a place. */
export function at(root: Element, place: Place): Element | undefined {
  return place.reduce<Element | undefined>((it, position) => it?.children[position], root)
}

/** The tree with the element at a place put through `edit`. */
export function edited(root: Element, place: Place, edit: (it: Element) => Element): Element {
  const [first, ...rest] = place
  if (first === undefined) return edit(root)
  const child = root.children[first]
  return child === undefined
    ? root
    : withChildren(root, root.children.with(first, edited(child, rest, edit)))
}

/** The element with other children; text between them goes. */
export function withChildren(it: Element, children: readonly Element[]): Element {
  return { ...it, children, mixed: null, text: '' }
}

/** The element with text and nothing else. */
export function withText(it: Element, text: string): Element {
  return { ...it, children: [], mixed: null, text }
}

/** An element beside `sibling`, in the same namespace under the same prefix. */
export function beside(sibling: Element, name: string, text = ''): Element {
  return { ...withText(sibling, text), name, attributes: [], declared: null }
}

/** Positions of the first elements with these names, each in the one before; undefined when one is missing. */
export function placeOf(root: Element, names: readonly string[]): Place | undefined {
  const place: number[] = []
  let it = root
  for (const name of names) {
    const position = it.children.findIndex((one) => one.name === name)
    const child = it.children[position]
    if (child === undefined) return undefined
    place.push(position)
    it = child
  }
  return place
}
