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
  if (path.includes('|')) return path.split('|').flatMap((it) => find(root, it))
  let found: readonly Node[] = [root]
  for (const step of path.split('/')) found = under(found, step)
  return found
}

/** What a step leads to from each of these. */
function under(nodes: readonly Node[], step: string): readonly Node[] {
  if (step === '**') return nodes.flatMap(wholeOf)
  if (step.startsWith('@')) return nodes.flatMap((it) => attribute(it, step.slice(1)))
  const [, name, having] = /^([^[]+)(?:\[(.+)\])?$/.exec(step) ?? []
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
