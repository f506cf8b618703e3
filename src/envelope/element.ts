// The element tree: what is left of an accepted XML document once a parser has judged it.
// It knows names, namespaces and text; it does not parse, write or validate.

/** One attribute; namespace declarations are not attributes here, see `Element.declared`. */
export interface Attribute {
  readonly name: string
  readonly ns: string
  readonly prefix: string
  readonly value: string
}

/** One element of an accepted document. */
export interface Element {
  /** local name */
  readonly name: string
  /** namespace URI, empty when there is none */
  readonly ns: string
  /** the prefix as written, empty for the default namespace */
  readonly prefix: string
  readonly attributes: readonly Attribute[]
  /** element children only, in document order */
  readonly children: readonly Element[]
  /** all character data of this element (not of its descendants); empty where it is only the white space between children */
  readonly text: string
  /** children and text in document order; null unless the element holds both (mixed content) */
  readonly mixed: readonly (Element | string)[] | null
  /** namespace declarations on this very element as [prefix, URI]; null when there are none */
  readonly declared: readonly (readonly [string, string])[] | null
  /** place in document order, the root being 0; finds line and column again in the source text */
  readonly index: number
}

const NONE: readonly never[] = Object.freeze([])

/**
 * Makes an element for a document that does not come from a parser (its `index` is -1).
 * @param content text for a leaf, or the children
 */
export function element(
  ns: string,
  name: string,
  content: string | readonly Element[] = '',
  attributes: Readonly<Record<string, string>> = {},
): Element {
  return {
    name,
    ns,
    prefix: '',
    attributes: Object.entries(attributes).map(([key, value]) => ({
      name: key,
      ns: '',
      prefix: '',
      value,
    })),
    children: typeof content === 'string' ? NONE : content,
    text: typeof content === 'string' ? content : '',
    mixed: null,
    declared: null,
    index: -1,
  }
}

/** The first child with this local name (in `ns`, when given). */
export function child(parent: Element | undefined, name: string, ns?: string): Element | undefined {
  return parent?.children.find((it) => it.name === name && (ns === undefined || it.ns === ns))
}

/** All children with this local name (in `ns`, when given). */
export function childrenNamed(
  parent: Element | undefined,
  name: string,
  ns?: string,
): readonly Element[] {
  return (
    parent?.children.filter((it) => it.name === name && (ns === undefined || it.ns === ns)) ?? NONE
  )
}

/** The text of the first child with this local name, exactly as written; undefined when it is absent. */
export function childText(
  parent: Element | undefined,
  name: string,
  ns?: string,
): string | undefined {
  return child(parent, name, ns)?.text
}

/** The value of an attribute without namespace, or in `ns`. */
export function attribute(of: Element, name: string, ns = ''): string | undefined {
  return of.attributes.find((it) => it.name === name && it.ns === ns)?.value
}

/** The element at this place in document order, below (or equal to) `root`. */
export function elementAt(root: Element, index: number): Element | undefined {
  return lineage(root, index).at(-1)
}

/** From `root` down to the element at this place in document order; empty when it is not below `root`. */
export function lineage(root: Element, index: number): readonly Element[] {
  if (index < root.index) return NONE
  const way: Element[] = [root]
  for (let at = root; at.index !== index;) {
    const next = lastUpTo(index, at.children)
    if (next === undefined) return NONE
    way.push(next)
    at = next
  }
  return way
}

/** The last of these elements whose place is not behind `index`: a document may have a million siblings. */
function lastUpTo(index: number, sorted: readonly Element[]): Element | undefined {
  let low = 0
  for (let high = sorted.length; low < high;) {
    const middle = (low + high) >> 1
    if ((sorted[middle]?.index ?? index) <= index) low = middle + 1
    else high = middle
  }
  return sorted[low - 1]
}

/**
 * Where an element stands, as people write it: `/RequestMessage/Payload/DERGroups/EndDeviceGroup[2]/mRID`.
 * Local names only; a place in brackets, counted from 1, where siblings share the name.
 */
export function pathOf(root: Element, index: number): string {
  return pathsIn(root)(index)
}

/** The same for many elements of one document: siblings are counted once. */
export function pathsIn(root: Element): (index: number) => string {
  const counted = new Map<Element, ReadonlyMap<Element, number>>()
  const placesIn = (parent: Element) => {
    const known = counted.get(parent) ?? placesAmongNamesakes(parent.children)
    counted.set(parent, known)
    return known
  }
  return (index) => {
    const way = lineage(root, index)
    return way.map((it, depth) => step(it, way[depth - 1], placesIn)).join('')
  }
}

function step(
  it: Element,
  parent: Element | undefined,
  placesIn: (parent: Element) => ReadonlyMap<Element, number>,
): string {
  const place = parent === undefined ? undefined : placesIn(parent).get(it)
  return place === undefined ? `/${it.name}` : `/${it.name}[${place}]`
}

/** Counted from 1; nothing for an element that has no namesake. */
function placesAmongNamesakes(siblings: readonly Element[]): ReadonlyMap<Element, number> {
  const places = new Map<Element, number>()
  const last = new Map<string, Element>()
  for (const it of siblings) {
    const before = last.get(it.name)
    last.set(it.name, it)
    if (before === undefined) continue
    const place = places.get(before) ?? 1
    places.set(before, place).set(it, place + 1)
  }
  return places
}
