// Edits of the tree of a message, by paths as scripts write them.

import { find } from '../find.ts'
import type { Node } from '../xml.ts'

/** The tree with every node that a path leads to changed; undefined = it is taken out. */
export function edited(
  root: Node,
  path: string,
  change: (node: Node, at: number) => Node | undefined,
): Node {
  const found = find(root, path)
  const walk = (node: Node): readonly Node[] => {
    const at = found.indexOf(node)
    if (at < 0) return [{ ...node, children: node.children.flatMap(walk) }]
    const made = change(node, at)
    return made === undefined ? [] : [made]
  }
  return walk(root)[0] ?? root
}

/** Every node, or attribute, of a path with this text. */
export function withText(root: Node, path: string, text: string | ((node: Node) => string)): Node {
  const [, of, name] = /^(.*)\/@(\w+)$/.exec(path) ?? []
  if (of !== undefined && name !== undefined)
    return edited(root, of, (it) => {
      const [found] = find(it, `@${name}`)
      if (found === undefined) return it
      const put = typeof text === 'string' ? text : text(found)
      return { ...it, attributes: { ...it.attributes, [name]: put } }
    })
  return edited(root, path, (it) => ({ ...it, text: typeof text === 'string' ? text : text(it) }))
}

/** Without the nodes of a path, or without those that are meant. */
export function without(
  root: Node,
  path: string,
  isMeant: (node: Node, at: number) => boolean = () => true,
): Node {
  return edited(root, path, (it, at) => (isMeant(it, at) ? undefined : it))
}
