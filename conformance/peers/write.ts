// Writes trees of elements as XML. Small on purpose and the suite's own: what peers say must not come from the code that
// the suite is to judge.

import type { Node } from '../xml.ts'

/** The namespace of messages. */
export const MESSAGE = 'http://iec.ch/TC57/2011/schema/message'

/** An element of text, or of elements; what is undefined is left out. */
export function element(
  ns: string,
  name: string,
  content: string | readonly (Node | undefined)[],
): Node {
  const isText = typeof content === 'string'
  const children = isText ? [] : content.filter((it) => it !== undefined)
  return { name, ns, attributes: {}, children, text: isText ? content : '', line: 0 }
}

/** The document of a tree, each namespace declared where it begins. */
export function writeXml(root: Node): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${written(root, undefined)}\n`
}

function written(node: Node, outer: string | undefined): string {
  const { name, ns, attributes, children, text } = node
  const declared = ns === outer ? '' : ` xmlns="${escaped(ns)}"`
  const pairs = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`)
  const inside =
    children.length === 0
      ? escaped(node.raw ?? text)
      : children.map((it) => written(it, ns)).join('')
  return `<${name}${declared}${pairs.join('')}>${inside}</${name}>`
}

function escaped(text: string): string {
  return text.replace(/[&<>"\r\t\n]/g, (it) => `&#${it.charCodeAt(0)};`)
}
