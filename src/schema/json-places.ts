// Where in a JSON text the things are that findings speak of: from a path in the words of XML to the piece of text,
// and to its JSON Pointer (RFC 6901).
// It is no reader: it trusts that the text has been read, and looks only where a path leads.

import type { JsonIssue } from './writing.ts'

/** A piece of the text, as offsets: `end` is behind it. */
export interface Piece {
  readonly start: number
  readonly end: number
}

/** A piece with the way to the value that it is, or is the key of. */
export interface Place extends Piece {
  /** JSON Pointer; empty for the whole document */
  readonly pointer: string
}

/** What is looked for: an element or attribute by its path, and a key under it where the key itself is wrong. */
export interface Sought extends Pick<JsonIssue, 'path'> {
  readonly key?: string
  /** the array as a whole is meant where there is one, not an item of it */
  readonly whole?: boolean
}

/** One member or item of the text: its key, if it has one, and its value. */
interface Node extends Place {
  readonly key?: Piece & { readonly name: string }
  readonly isArray: boolean
}

/**
 * Finds pieces of one text.
 * @param text CIM-JSON of a message, a bare payload or a part of one, read before without fault
 * @param form of the text; a part of a payload may have keys that look like those of a message
 * @returns a function that gives the key where a value is made of others, else the value; for what is not there, what
 *   is around it
 */
export function piecesIn(text: string, form?: 'message' | 'content'): (sought: Sought) => Place {
  const known = new Map<number, readonly Node[]>()
  const inside = (it: Node): readonly Node[] => {
    const nodes = known.get(it.start) ?? nodesIn(text, it)
    known.set(it.start, nodes)
    return nodes
  }
  const start = skipSpace(text, text.charCodeAt(0) === 0xfeff ? 1 : 0)
  const isArray = text[start] === '['
  const document: Node = { start, end: valueEnd(text, start), isArray, pointer: '' }
  const isMessage =
    form === undefined
      ? inside(document).some((it) => TOP.has(it.key?.name ?? ''))
      : form === 'message'
  return ({ path, key, whole = false }) => {
    const steps = stepsOf(path)
    const way = isMessage ? steps.slice(1) : steps
    let at = document
    for (const [depth, step] of way.entries()) {
      const isWhole = (isMessage && at === document) || (whole && depth === way.length - 1)
      const next = below(at, step, inside, isMessage && at === document, isWhole)
      if (next === undefined) break
      at = next
    }
    const own = key === undefined ? undefined : inside(at).find((it) => it.key?.name === key)
    const { pointer } = own ?? at
    return { ...pieceOf(own ?? at, text, own !== undefined), pointer }
  }
}

/** Keys at the top of a message; a bare payload has none of them. */
const TOP: ReadonlySet<string> = new Set(['message', 'header', 'request', 'reply', 'payload'])

interface Step {
  readonly name: string
  /** counted from 0 */
  readonly place: number
}

/** `/RequestMessage/Payload/DERGroups/EndDeviceGroup[2]/@kind` */
function stepsOf(path: string): readonly Step[] {
  const parts = path.split('/').filter((it) => it !== '')
  return parts.map((it) => {
    const [, name = it, place = '1'] = /^(.*)\[(\d+)\]$/.exec(it) ?? []
    return { name, place: Number(place) - 1 }
  })
}

function below(
  at: Node,
  { name, place }: Step,
  inside: (it: Node) => readonly Node[],
  isTop: boolean,
  isWhole: boolean,
): Node | undefined {
  // Payload with several roots is an array of objects of one key.
  const members = at.isArray ? inside(at).flatMap(inside) : inside(at)
  const wanted = isTop ? name.toLowerCase() : name
  const own = members.filter((it) => it.key?.name.replace(/^(@?)\{[^}]*\}/, '$1') === wanted)
  const items = own.flatMap((it) => (it.isArray && !isWhole ? inside(it) : [it]))
  return items[place] ?? own[0]
}

/** A value that is one line of text by itself, a whole object by its key or its opening bracket. */
function pieceOf(node: Node, text: string, byKey: boolean): Piece {
  const isWhole = '{['.includes(text[node.start] ?? '')
  if (node.key !== undefined && (byKey || isWhole)) return node.key
  return isWhole ? { start: node.start, end: node.start + 1 } : node
}

/** Members of an object or items of an array; none of anything else. */
function nodesIn(text: string, { start, pointer }: Node): readonly Node[] {
  const open = text[start]
  if (open !== '{' && open !== '[') return []
  const nodes: Node[] = []
  for (let at = skipSpace(text, start + 1); !'}]'.includes(text[at] ?? '}');) {
    const key = open === '{' ? keyAt(text, at) : undefined
    const from = key === undefined ? at : skipSpace(text, skipSpace(text, key.end) + 1)
    const end = valueEnd(text, from)
    nodes.push({
      start: from,
      end,
      isArray: text[from] === '[',
      pointer: `${pointer}/${key === undefined ? nodes.length : escaped(key.name)}`,
      ...(key === undefined ? {} : { key }),
    })
    at = skipSpace(text, end)
    if (text[at] === ',') at = skipSpace(text, at + 1)
  }
  return nodes
}

/** @see RFC 6901 §3 */
function escaped(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1')
}

function keyAt(text: string, start: number): Piece & { readonly name: string } {
  const end = stringEnd(text, start)
  return { start, end, name: String(JSON.parse(text.slice(start, end))) }
}

function skipSpace(text: string, from: number): number {
  let at = from
  while (' \t\r\n'.includes(text[at] ?? 'x')) at += 1
  return at
}

/** Behind a value; what is nested in it is only counted. */
function valueEnd(text: string, start: number): number {
  if (text[start] === '"') return stringEnd(text, start)
  if (text[start] !== '{' && text[start] !== '[') return literalEnd(text, start)
  let depth = 0
  for (let at = start; at < text.length; at += 1) {
    const it = text[at]
    if (it === '"') at = stringEnd(text, at) - 1
    else if (it === '{' || it === '[') depth += 1
    else if (it === '}' || it === ']') {
      depth -= 1
      if (depth === 0) return at + 1
    }
  }
  return text.length
}

function literalEnd(text: string, start: number): number {
  let at = start
  while (at < text.length && !',]} \t\r\n'.includes(text[at] ?? '')) at += 1
  return at
}

function stringEnd(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1
    else if (text[at] === '"') return at + 1
  }
  return text.length
}
