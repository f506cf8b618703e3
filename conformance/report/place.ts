// Where in the text of a message a finding points to: the line, and the element on it that is marked.

import { find } from '../find.ts'
import { readXml } from '../xml.ts'
import type { Node } from '../xml.ts'

/** A place in a text. */
export interface Place {
  /** from 1 */
  readonly line: number
  /** of the element that is marked; empty: the whole line */
  readonly name: string
}

/** undefined where nothing in the message is meant, or it cannot be read and no line is known */
export function placeIn(
  bytes: Uint8Array,
  { path, line }: { readonly path: string; readonly line: number },
): Place | undefined {
  const names = namesIn(path)
  if (line > 0) return { line, name: names.at(-1) ?? '' }
  return names.length === 0 ? undefined : deepest(readXml(bytes), names)
}

/** The element itself, without any in its stead; undefined where it is not there. */
export function elementIn(bytes: Uint8Array, path: string): Place | undefined {
  if (path === '') return undefined
  const node = find(readXml(bytes), path)[0]
  return node === undefined ? undefined : { line: node.line, name: node.name }
}

function namesIn(path: string): readonly string[] {
  return path
    .replace(/\[[^\]]*\]|\/?@.*$/g, '')
    .split('/')
    .filter((it) => it !== '' && it !== '**')
    .map((it) => it.replace(/^.*:/, ''))
}

/** What the path leads to, or the last on the way to it that is there: something is missing in it. */
function deepest(root: Node | undefined, names: readonly string[]): Place | undefined {
  if (root === undefined) return undefined
  const inside = [root.name, '*'].includes(names[0] ?? '') ? names.slice(1) : names
  for (let length = inside.length; length > 0; length -= 1) {
    const node = find(root, `**/${inside.slice(0, length).join('/')}`)[0]
    if (node !== undefined) return { line: node.line, name: node.name }
  }
  return { line: root.line, name: root.name }
}

/** Line and column of what is marked on a line: the element with its content, as far as it stands there. */
export function markedOn(text: string, name: string): readonly [from: number, to: number] {
  const own = name.replace(/[^\w.-]/g, '')
  const tag = new RegExp(`<(?:[\\w.-]+:)?${own}(?=[\\s/>])`).exec(text)
  const start = own === '' || tag === null ? text.search(/\S|$/) : tag.index
  const closing = new RegExp(`</(?:[\\w.-]+:)?${own}\\s*>`).exec(text.slice(start))
  const end =
    own === '' || tag === null || closing === null
      ? text.trimEnd().length
      : start + closing.index + closing[0].length
  return [start, Math.max(start, end)]
}
