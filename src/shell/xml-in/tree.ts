// The accepted libxml2 tree as our element tree, read from the engine's memory as far as somebody looks:
// of a valid message hardly more than its envelope. It ends with its document; `detached` makes a copy that stays.

import type { Attribute, Element } from '../../envelope/element.ts'
import { engineViews } from './engine.ts'
import type { ParsedDocument, Views } from './engine.ts'
import { field, isBlankAt, isText, KIND, nameAt, NODE, NS } from './node-layout.ts'
import { textAt, toNextElement } from './node-layout.ts'

const NONE: readonly never[] = Object.freeze([])

/** The root of a document. */
export function treeOf({ rootAddress, names }: ParsedDocument): Element {
  const tree: Tree = { rootAddress, names, spaces: new Map([[0, NOWHERE]]), ends: undefined }
  return new Node(tree, rootAddress, undefined)
}

/** Address of the node of an element. */
export function addressOf(element: Element): number {
  return (element as Node).address
}

/** What the elements of one document share. */
interface Tree {
  readonly rootAddress: number
  readonly names: Map<number, string>
  /** by the address of their declaration */
  readonly spaces: Map<number, Space>
  /** for each element in document order the place behind the last one in it; counted when a place is asked for */
  ends: readonly number[] | undefined
}

type Space = Pick<Element, 'ns' | 'prefix'>

const NOWHERE: Space = { ns: '', prefix: '' }

/** One element; what it holds is read when it is first asked for. */
class Node implements Element {
  readonly name: string
  readonly ns: string
  readonly prefix: string
  readonly address: number
  readonly tree: Tree
  private readonly parent: Node | undefined
  private place: number
  private readAttributes: readonly Attribute[] | undefined
  private readDeclared: Element['declared'] | undefined
  private readChildren: readonly Node[] | undefined
  private readText: string | undefined
  private readMixed: Element['mixed']

  constructor(tree: Tree, address: number, parent: Node | undefined) {
    const views = engineViews()
    const { ns, prefix } = spaceAt(tree, views, field(views, address, NODE.ns))
    this.name = nameAt(views, tree.names, field(views, address, NODE.name))
    this.ns = ns
    this.prefix = prefix
    this.address = address
    this.tree = tree
    this.parent = parent
    this.place = parent === undefined ? 0 : UNKNOWN
    this.readAttributes = undefined
    this.readDeclared = undefined
    this.readChildren = undefined
    this.readText = undefined
    this.readMixed = null
  }

  get index(): number {
    if (this.place === UNKNOWN) this.parent?.number()
    return this.place
  }

  get attributes(): readonly Attribute[] {
    return (this.readAttributes ??= attributesOf(this.tree, this.address))
  }

  get declared(): Element['declared'] {
    if (this.readDeclared === undefined) this.readDeclared = declaredOn(this.tree, this.address)
    return this.readDeclared
  }

  get children(): readonly Node[] {
    return (this.readChildren ??= childrenOf(this.tree, this))
  }

  get text(): string {
    return this.readText ?? this.content()
  }

  get mixed(): Element['mixed'] {
    if (this.readText === undefined) this.content()
    return this.readMixed
  }

  private content(): string {
    const { text, mixed } = contentOf(this.address, this.children)
    this.readMixed = mixed
    this.readText = text
    return text
  }

  /** Gives the children their places. */
  private number(): void {
    const ends = (this.tree.ends ??= endsIn(this.tree.rootAddress))
    let place = this.index + 1
    for (const it of this.children) {
      it.place = place
      place = ends[place] as number
    }
  }
}

const UNKNOWN = -1

function endsIn(rootAddress: number): readonly number[] {
  const views = engineViews()
  const ends: number[] = []
  /** places of the elements around the cursor */
  const around: number[] = []
  const cursor = { node: rootAddress, depth: 1 }
  const end = (depth: number) => {
    while (around.length >= depth) ends[around.pop() as number] = ends.length
  }
  do {
    end(cursor.depth)
    around.push(ends.length)
    ends.push(0)
  } while (toNextElement(views, cursor))
  end(1)
  return ends
}

function childrenOf(tree: Tree, parent: Node): readonly Node[] {
  const views = engineViews()
  const children: Node[] = []
  let node = field(views, parent.address, NODE.children)
  for (; node !== 0; node = field(views, node, NODE.next))
    if (field(views, node, NODE.type) === KIND.element) children.push(new Node(tree, node, parent))
  return children.length === 0 ? NONE : children
}

type Content = Pick<Element, 'text' | 'mixed'>

const NOTHING: Content = { text: '', mixed: null }

function contentOf(address: number, children: readonly Element[]): Content {
  const views = engineViews()
  const first = field(views, address, NODE.children)
  if (first === 0) return NOTHING
  if (children.length === 0) return { text: textFrom(views, first), mixed: null }
  // White space between children is no content, and by far most text between children is white space.
  return isBlankFrom(views, first) ? NOTHING : mixedFrom(views, first, children)
}

function textFrom(views: Views, first: number): string {
  let text = ''
  for (let node = first; node !== 0; node = field(views, node, NODE.next))
    if (isText(field(views, node, NODE.type)))
      text += textAt(views, field(views, node, NODE.content))
  return text
}

function isBlankFrom(views: Views, first: number): boolean {
  for (let node = first; node !== 0; node = field(views, node, NODE.next))
    if (
      isText(field(views, node, NODE.type)) &&
      !isBlankAt(views, field(views, node, NODE.content))
    )
      return false
  return true
}

function mixedFrom(views: Views, first: number, children: readonly Element[]): Content {
  const pieces: (Element | string)[] = []
  const rest = children.values()
  for (let node = first; node !== 0; node = field(views, node, NODE.next)) {
    const kind = field(views, node, NODE.type)
    if (kind === KIND.element) pieces.push(rest.next().value as Element)
    else if (isText(kind)) pieces.push(textAt(views, field(views, node, NODE.content)))
  }
  return { text: pieces.filter((it) => typeof it === 'string').join(''), mixed: pieces }
}

function attributesOf(tree: Tree, element: number): readonly Attribute[] {
  const views = engineViews()
  const first = field(views, element, NODE.attributes)
  if (first === 0) return NONE
  const made: Attribute[] = []
  for (let node = first; node !== 0; node = field(views, node, NODE.next))
    made.push({
      name: nameAt(views, tree.names, field(views, node, NODE.name)),
      ...spaceAt(tree, views, field(views, node, NODE.ns)),
      value: textFrom(views, field(views, node, NODE.children)),
    })
  return made
}

function declaredOn(tree: Tree, element: number): Element['declared'] {
  const views = engineViews()
  const first = field(views, element, NODE.declared)
  if (first === 0) return null
  const made: (readonly [string, string])[] = []
  for (let at = first; at !== 0; at = field(views, at, NS.next)) {
    const { prefix, ns } = spaceAt(tree, views, at)
    made.push([prefix, ns])
  }
  return made
}

function spaceAt({ spaces }: Tree, views: Views, address: number): Space {
  const known = spaces.get(address)
  if (known !== undefined) return known
  const space = {
    ns: textAt(views, field(views, address, NS.uri)),
    prefix: textAt(views, field(views, address, NS.prefix)),
  }
  spaces.set(address, space)
  return space
}

/**
 * Finds elements by the addresses of their nodes, also of many one after the other.
 * @param root what `treeOf` gave
 */
export function finderIn(root: Element): (address: number) => Element | undefined {
  const children = new Map<Node, ReadonlyMap<number, Node>>()
  const inside = (parent: Node) => {
    const known = children.get(parent) ?? new Map(parent.children.map((it) => [it.address, it]))
    children.set(parent, known)
    return known
  }
  const { address: rootAddress } = root as Node
  const find = (address: number): Node | undefined => {
    if (address === rootAddress) return root as Node
    const parent = address === 0 ? 0 : field(engineViews(), address, NODE.parent)
    const found = parent === 0 ? undefined : find(parent)
    return found === undefined ? undefined : inside(found).get(address)
  }
  return find
}

/**
 * The same tree as plain objects, which may be kept when the document is released.
 * @param root what `treeOf` gave
 */
export function detached(root: Element): Element {
  const { tree, address } = root as Node
  return plain(tree, address, { count: root.index })
}

/** @param places how many elements are before this one */
function plain(tree: Tree, address: number, places: { count: number }): Element {
  const views = engineViews()
  const { ns, prefix } = spaceAt(tree, views, field(views, address, NODE.ns))
  const index = places.count
  places.count += 1
  const children: Element[] = []
  let node = field(views, address, NODE.children)
  for (; node !== 0; node = field(views, node, NODE.next))
    if (field(views, node, NODE.type) === KIND.element) children.push(plain(tree, node, places))
  return {
    name: nameAt(views, tree.names, field(views, address, NODE.name)),
    ns,
    prefix,
    attributes: attributesOf(tree, address),
    children: children.length === 0 ? NONE : children,
    ...contentOf(address, children),
    declared: declaredOn(tree, address),
    index,
  }
}
