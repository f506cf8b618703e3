// Where things stand in a message, in the words of the scripts: `Reply/Error/code`, `Payload/DERGroups/EndDeviceGroup/mRID`.
// Names are local names: that they are in the right namespace is what the schemas say.

import type { Node } from './xml.ts'

/**
 * Every element that a path leads to from the root, in document order. `**` stands for any number of steps, and
 * `Names[kind]` for those that have a child of this name, `Error[code=5.3]` for those whose child has this text; `ID/@kind`
 * leads to an attribute, as an element of its text.
 */
export function find(root: Node | undefined, path: string): readonly Node[] {
  if (root === undefined) return []
  const [only, ...others] = waysIn(path)
  const first = only === undefined ? [] : reached(root, only)
  return others.length === 0 ? first : [...first, ...others.flatMap((it) => reached(root, it))]
}

function reached(root: Node, steps: readonly Step[]): readonly Node[] {
  let found: readonly Node[] = [root]
  for (const step of steps) found = under(found, step)
  return found
}

/** One step of a path, taken apart. */
interface Step {
  /** as it is written */
  readonly text: string
  readonly name: string | undefined
  readonly having: string | undefined
}

/** Scripts and checks have some hundreds of paths, and ask for each of them over and over. */
const known = new Map<string, readonly (readonly Step[])[]>()
const MOST_KNOWN = 10_000

function waysIn(path: string): readonly (readonly Step[])[] {
  const made = known.get(path) ?? path.split('|').map((it) => it.split('/').map(stepIn))
  if (known.size > MOST_KNOWN) known.clear()
  known.set(path, made)
  return made
}

function stepIn(text: string): Step {
  const [, name, having] = /^([^[]+)(?:\[(.+)\])?$/.exec(text) ?? []
  return { text, name, having }
}

/** What a step leads to from each of these. */
function under(nodes: readonly Node[], { text, name, having }: Step): readonly Node[] {
  if (text === '**') return nodes.flatMap(wholeOf)
  if (text.startsWith('@')) return nodes.flatMap((it) => attribute(it, text.slice(1)))
  const named: Node[] = []
  for (const { children } of nodes)
    for (const it of children) if (name === '*' || it.name === name) named.push(it)
  return having === undefined ? named : named.filter((it) => hasChild(it, having))
}

/** An element and all below it, in document order. */
function wholeOf(node: Node): readonly Node[] {
  const whole = [node]
  const below = (it: Node) => {
    for (const child of it.children) {
      whole.push(child)
      below(child)
    }
  }
  below(node)
  return whole
}

function hasChild(node: Node, having: string): boolean {
  const [name = '', text] = having.split('=', 2)
  return find(node, name).some((it) => text === undefined || it.text === text)
}

function attribute({ attributes, line }: Node, name: string): readonly Node[] {
  const text = attributes[name]
  return text === undefined
    ? []
    : [{ name: `@${name}`, ns: '', attributes: {}, children: [], text, line }]
}

/** The text of the first that is found; of an element with children theirs, with dots between. */
export function textAt(root: Node | undefined, path: string): string | undefined {
  const found = find(root, path)[0]
  return found === undefined ? undefined : wholeText(found)
}

function wholeText({ text, children }: Node): string {
  return children.length === 0 ? text : children.map(wholeText).join('.')
}

/** The texts of all that are found. */
export function textsAt(root: Node | undefined, path: string): readonly string[] {
  return find(root, path).map((it) => it.text)
}
