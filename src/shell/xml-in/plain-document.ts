// A plain document as it has been read: numbers in a row, five for each element, in document order. An object for
// an element is made when somebody asks for it, so that a message of which nobody reads more costs no more.

import type { Attribute, Element } from '../../envelope/element.ts'
import type { Places } from '../../schema/assess/assess.ts'
import { notPlain } from './not-plain.ts'
import type { Name } from './plain-names.ts'

/** What stands on a start tag beside its name. */
export interface Furniture {
  readonly attributes: readonly Attribute[]
  readonly declared: Element['declared']
}

const NONE: readonly never[] = Object.freeze([])
const BARE: Furniture = { attributes: NONE, declared: null }

/** The numbers of one element. */
const [NAME, SPACE, END, FROM, TO] = [0, 1, 2, 3, 4] as const
const STRIDE = 5
/** in SPACE, beside the number of the namespace */
const FURNISHED = 1
/** in place of FROM: TO counts in `texts` */
const APART = -1

/** namespaces of one document; each declaration is looked up among them */
const MOST_SPACES = 256

/** documents so far */
let serials = 0

const NO_ROWS = new Int32Array()
/** what the last document needed: it takes longer to get new memory than to read a small document */
let spare: Int32Array = NO_ROWS
/** numbers that are kept: 1 MB */
const MOST_SPARE = 256 * 1024

/** Written by the reader, and read by places (as `schema/assess/assess.ts` does) or as elements. */
export class PlainDocument implements Places {
  readonly source: string
  /** elements so far */
  count = 0
  private readonly serial = (serials += 1)
  private rows: Int32Array
  private readonly names: Name[] = []
  private readonly spaces: string[] = ['']
  /** what is not written as it reads: references replaced, or in pieces */
  private readonly texts: string[] = []
  private readonly furniture = new Map<number, Furniture>()

  /** @param source line ends being `\n` already */
  constructor(source: string) {
    this.source = source
    // Most messages have an element for every sixteen characters or more.
    const wanted = STRIDE * ((source.length >> 4) + 8)
    this.rows = spare.length >= wanted ? spare : new Int32Array(wanted)
    if (this.rows === spare) spare = NO_ROWS
  }

  /** Gives the memory to the next document; nothing of this one may be read afterwards. */
  release(): void {
    if (this.rows.length > spare.length && this.rows.length <= MOST_SPARE) spare = this.rows
    this.rows = NO_ROWS
  }

  /** @returns the place of a new element, the root being 0 */
  begin(name: Name, space: number): number {
    this.leaf(name, space, 0, 0)
    return this.count - 1
  }

  /** An element without children, and where its text stands in the source. */
  leaf(name: Name, space: number, from: number, to: number): void {
    const at = this.count * STRIDE
    if (at === this.rows.length) this.grow()
    const { rows } = this
    rows[at + NAME] = this.numbered(name)
    rows[at + SPACE] = space << 1
    rows[at + END] = this.count += 1
    rows[at + FROM] = from
    rows[at + TO] = to
  }

  private grow(): void {
    const { rows } = this
    this.rows = new Int32Array(rows.length * 2)
    this.rows.set(rows)
  }

  /** Names are shared by documents, their numbers are not. */
  private numbered(name: Name): number {
    if (name.document !== this.serial) {
      name.document = this.serial
      name.number = this.names.push(name) - 1
    }
    return name.number
  }

  /** @returns a number for a namespace, which is declared once and used often */
  space(ns: string): number {
    const known = this.spaces.indexOf(ns)
    if (known >= 0) return known
    return this.spaces.length < MOST_SPACES ? this.spaces.push(ns) - 1 : notPlain()
  }

  furnish(index: number, furniture: Furniture): void {
    const at = index * STRIDE + SPACE
    this.furniture.set(index, furniture)
    this.rows[at] = (this.rows[at] as number) | FURNISHED
  }

  /** All that stands in an element has been read. */
  end(index: number): void {
    this.rows[index * STRIDE + END] = this.count
  }

  /** The text of an element without children, as it stands in the source. */
  says(index: number, from: number, to: number): void {
    this.rows[index * STRIDE + FROM] = from
    this.rows[index * STRIDE + TO] = to
  }

  /** The text of an element without children, where it does not stand so in the source. */
  saysApart(index: number, text: string): void {
    this.says(index, APART, this.texts.push(text) - 1)
  }

  name(index: number): Name {
    return this.names[this.rows[index * STRIDE + NAME] as number] as Name
  }

  /** Local name. */
  local(index: number): string {
    return this.name(index).local
  }

  /** Namespace, empty where there is none. */
  ns(index: number): string {
    return this.spaces[(this.rows[index * STRIDE + SPACE] as number) >> 1] as string
  }

  /** The place behind the last element in this one: that of its next sibling, if it has one. */
  after(index: number): number {
    return this.rows[index * STRIDE + END] as number
  }

  /** As in `Element`. */
  text(index: number): string {
    const at = index * STRIDE
    const from = this.rows[at + FROM] as number
    const to = this.rows[at + TO] as number
    return from === APART ? (this.texts[to] as string) : this.source.slice(from, to)
  }

  furnitureOf(index: number): Furniture {
    const space = this.rows[index * STRIDE + SPACE] as number
    return (space & FURNISHED) === 0 ? BARE : (this.furniture.get(index) as Furniture)
  }

  /** As in `Element`. */
  attributes(index: number): readonly Attribute[] {
    return this.furnitureOf(index).attributes
  }

  /** The root; what is below it is made when it is asked for. */
  root(): Element {
    return new Node(this, 0)
  }
}

/** The same tree as plain objects, which may be kept without the document. */
export function plainTree(document: PlainDocument, index = 0): Element {
  const children: Element[] = []
  const end = document.after(index)
  for (let at = index + 1; at < end; at = document.after(at)) children.push(plainTree(document, at))
  return {
    name: document.local(index),
    ns: document.ns(index),
    prefix: document.name(index).prefix,
    ...document.furnitureOf(index),
    children: children.length === 0 ? NONE : children,
    text: document.text(index),
    mixed: null,
    index,
  }
}

class Node implements Element {
  readonly name: string
  readonly ns: string
  readonly index: number
  readonly mixed = null
  private readonly document: PlainDocument
  private made: readonly Node[] | undefined

  constructor(document: PlainDocument, index: number) {
    this.name = document.local(index)
    this.ns = document.ns(index)
    this.index = index
    this.document = document
    this.made = undefined
  }

  get prefix(): string {
    return this.document.name(this.index).prefix
  }

  get text(): string {
    return this.document.text(this.index)
  }

  get attributes(): readonly Attribute[] {
    return this.document.attributes(this.index)
  }

  get declared(): Element['declared'] {
    return this.document.furnitureOf(this.index).declared
  }

  get children(): readonly Node[] {
    return (this.made ??= this.make())
  }

  private make(): readonly Node[] {
    const { document, index } = this
    const end = document.after(index)
    if (end === index + 1) return NONE
    const made: Node[] = []
    for (let at = index + 1; at < end; at = document.after(at)) made.push(new Node(document, at))
    return made
  }
}
