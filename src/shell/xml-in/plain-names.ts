// Names and characters of plain documents. A name that has been seen before is found again by its letters, without
// making a text of it: a message says the same few names over and over.

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

/** What a character may be; every other one is no character of a plain document's mark-up. */
const [ORDINARY, NAME, START] = [1, 2, 4] as const

/** By code, for US-ASCII. Not ordinary are `<`, `>`, `&` and what XML forbids or changes. */
const KINDS: Uint8Array = Uint8Array.from({ length: 0x80 }, (_, code) => kindOf(code))

function kindOf(code: number): number {
  const it = String.fromCharCode(code)
  const isOrdinaryOne = code >= 0x20 && !'<>&'.includes(it)
  const name = /[A-Za-z_]/.test(it) ? NAME | START : /[-.0-9:]/.test(it) ? NAME : 0
  return (isOrdinaryOne ? ORDINARY : 0) | name
}

/** True for a character of text that means itself wherever it stands. */
export function isOrdinary(code: number): boolean {
  return code < 0x80 ? ((KINDS[code] as number) & ORDINARY) !== 0 : code < 0xfffe
}

/** White space, line ends being `\n` already. */
export function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x09
}

/** Bits of a place in the table; a name that falls on the place of another takes it. */
const PLACES = 1 << 11
const known: (Name | undefined)[] = Array.from({ length: PLACES })

/** The name at this place; undefined when there is none, or none in ASCII with at most one colon. */
export function nameIn(text: string, from: number): Name | undefined {
  let code = text.charCodeAt(from)
  if (!(code < 0x80 && ((KINDS[code] as number) & START) !== 0)) return undefined
  let hash = 0
  let at = from
  do {
    hash = (Math.imul(hash, 31) + code) | 0
    at += 1
    code = text.charCodeAt(at)
  } while (code < 0x80 && ((KINDS[code] as number) & NAME) !== 0)
  const place = (hash ^ (hash >>> 11)) & (PLACES - 1)
  const found = known[place]
  if (found !== undefined && found.whole.length === at - from && text.startsWith(found.whole, from))
    return found
  return learned(text.slice(from, at), place)
}

function learned(written: string, place: number): Name | undefined {
  const made = written.length > LONGEST ? undefined : nameOf(copied(written))
  if (made !== undefined) known[place] = made
  return made
}

/** characters; a sender must not fill the memory with names */
const LONGEST = 256

function nameOf(whole: string): Name | undefined {
  if (!/^[A-Za-z_][-.\w]*(?::[A-Za-z_][-.\w]*)?$/.test(whole)) return undefined
  const colon = whole.indexOf(':')
  return {
    whole,
    prefix: colon < 0 ? '' : whole.slice(0, colon),
    local: whole.slice(colon + 1),
    document: 0,
    number: 0,
  }
}

/** The same letters in a text of their own: a piece of a document keeps the whole document in memory. */
export function copied(text: string): string {
  return String.fromCharCode(...Array.from(text, (it) => it.charCodeAt(0)))
}
