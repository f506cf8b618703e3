// Names in plain documents. A message says the same few over and over, so each is looked up as it is written.

/** A name as written, in its parts. */
export interface Name {
  /** with its prefix */
  readonly whole: string
  /** empty when there is none */
  readonly prefix: string
  readonly local: string
  /** the document that has given it a number last, by its own number, and the number */
  document: number
  number: number
}

/** A tag without attributes, as by far most are. */
export interface BareTag {
  readonly name: Name
  /** `<a/>` */
  readonly isEmpty: boolean
}

/** characters of a name; a sender must not fill the memory with names */
const LONGEST = 256
/** names that are remembered; then it begins anew */
const MOST_KNOWN = 2000
const names = new Map<string, Name>()
const tags = new Map<string, BareTag>()

/** In US-ASCII, with at most one colon (Namespaces in XML 1.0 §4). */
const NAME = /[A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?/y

/** The name at this place; undefined when there is none that is plain. */
export function nameIn(text: string, from: number): Name | undefined {
  NAME.lastIndex = from
  if (!NAME.test(text) || NAME.lastIndex - from > LONGEST) return undefined
  return nameOf(text.slice(from, NAME.lastIndex))
}

function nameOf(written: string): Name {
  const known = names.get(written)
  if (known !== undefined) return known
  const whole = copied(written)
  const colon = whole.indexOf(':')
  const prefix = colon < 0 ? '' : whole.slice(0, colon)
  return remembered(names, whole, {
    whole,
    prefix,
    local: whole.slice(colon + 1),
    document: 0,
    number: 0,
  })
}

/** The start tag of which this stands between `<` and `>`; undefined when there is more in it than a name. */
export function bareTag(text: string, from: number, to: number): BareTag | undefined {
  if (to - from > LONGEST) return undefined
  const written = text.slice(from, to)
  const known = tags.get(written)
  if (known !== undefined) return known
  const isEmpty = written.endsWith('/')
  const name = nameIn(text, from)
  if (name === undefined || name.whole.length !== to - from - (isEmpty ? 1 : 0)) return undefined
  return remembered(tags, copied(written), { name, isEmpty })
}

function remembered<T>(known: Map<string, T>, written: string, made: T): T {
  if (known.size >= MOST_KNOWN) known.clear()
  known.set(written, made)
  return made
}

/** The same letters in a text of their own: a piece of a document keeps the whole document in memory. */
export function copied(text: string): string {
  return String.fromCharCode(...Array.from(text, (it) => it.charCodeAt(0)))
}
