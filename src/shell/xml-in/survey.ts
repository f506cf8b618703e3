// One pass over the nodes of an accepted document, in the engine's memory: is it within the limits. It makes no
// object for an element and reads no text, so that a message of which nobody reads more costs no more.

import type { Limits } from '../../envelope/limits.ts'
import { engineViews } from './engine.ts'
import type { ParsedDocument, Views } from './engine.ts'
import { field, nameAt, NODE, NS, textAt, toNextElement } from './node-layout.ts'
import type { Cursor } from './node-layout.ts'

/** A limit that the document exceeds. */
export interface Excess {
  readonly rule: 'LIM-DEPTH' | 'LIM-NODES' | 'LIM-ATTRIBUTES' | 'LIM-NAMESPACES' | 'LIM-NAME'
  readonly expected: string
  readonly found: string
}

/** The first limit that a document exceeds, in document order. */
export function survey({ rootAddress, names }: ParsedDocument, limits: Limits): Excess | undefined {
  const run: Run = { views: engineViews(), names, limits, nodes: 0 }
  const cursor = { node: rootAddress, depth: 1 }
  do {
    const excess = excessOf(run, cursor)
    if (excess !== undefined) return excess
  } while (toNextElement(run.views, cursor))
  return undefined
}

interface Run {
  readonly views: Views
  readonly names: Map<number, string>
  readonly limits: Limits
  /** elements and attributes so far */
  nodes: number
}

/** The first limit that an element exceeds by its place, its name, its attributes or its declarations. */
function excessOf(run: Run, { node, depth }: Cursor): Excess | undefined {
  const { limits } = run
  const { words } = run.views
  run.nodes += 1
  if (run.nodes > limits.nodes) return over('NODES', limits.nodes)
  if (depth > limits.depth) return over('DEPTH', limits.depth)
  const at = node >> 2
  if (nameAt(run.views, run.names, words[at + NODE.name] as number).length > limits.nameLength)
    return over('NAME', limits.nameLength)
  const attributes = words[at + NODE.attributes] as number
  const declared = words[at + NODE.declared] as number
  if (attributes === 0 && declared === 0) return undefined
  return inAttributes(run, attributes) ?? inDeclarations(run, declared)
}

function inAttributes(run: Run, first: number): Excess | undefined {
  const { views, limits } = run
  let count = 0
  for (let node = first; node !== 0; node = field(views, node, NODE.next)) {
    if (count === limits.attributes) return over('ATTRIBUTES', limits.attributes)
    count += 1
    const ns = field(views, node, NODE.ns)
    if (nameAt(views, run.names, field(views, node, NODE.name)).length > limits.nameLength)
      return over('NAME', limits.nameLength)
    const excess = ns === 0 ? undefined : (longUri(run, ns) ?? longPrefix(run, ns))
    if (excess !== undefined) return excess
  }
  run.nodes += count
  return undefined
}

/** Of every namespace in use, for it is declared somewhere. */
function inDeclarations(run: Run, first: number): Excess | undefined {
  const { views, limits } = run
  let count = 0
  for (let ns = first; ns !== 0; ns = field(views, ns, NS.next)) {
    if (count === limits.namespaces) return over('NAMESPACES', limits.namespaces)
    count += 1
    const excess = longPrefix(run, ns) ?? longUri(run, ns)
    if (excess !== undefined) return excess
  }
  return undefined
}

function longPrefix({ views, limits: { nameLength } }: Run, ns: number): Excess | undefined {
  const address = field(views, ns, NS.prefix)
  return isLonger(views, address, nameLength) ? over('NAME', nameLength) : undefined
}

/** A namespace may be longer than a name, and is no data either. */
function longUri({ views, limits }: Run, ns: number): Excess | undefined {
  const most = limits.nameLength * URI_TO_NAME
  const isLong = isLonger(views, field(views, ns, NS.uri), most)
  return isLong ? over('NAME', most, 'characters in a namespace') : undefined
}

const URI_TO_NAME = 4

function isLonger(views: Views, address: number, most: number): boolean {
  return isOver(views, address, most) && textAt(views, address).length > most
}

/** True for more octets than this many up to the NUL. */
function isOver({ bytes }: Views, address: number, most: number): boolean {
  if (address === 0) return false
  let at = address
  while (bytes[at] !== 0) {
    if (at - address === most) return true
    at += 1
  }
  return false
}

const WHAT = {
  NODES: 'elements and attributes',
  DEPTH: 'levels of elements',
  ATTRIBUTES: 'attributes on one element',
  NAMESPACES: 'namespace declarations on one element',
  NAME: 'characters in a name',
} as const

function over(limit: keyof typeof WHAT, most: number, what: string = WHAT[limit]): Excess {
  return {
    rule: `LIM-${limit}`,
    expected: `at most ${most} ${what}`,
    found: `more than ${most} ${what}`,
  }
}
