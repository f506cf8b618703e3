// Reads a plain document, which by far most messages are: names in ASCII, no DOCTYPE, no processing instruction, no
// mixed content, entities only the predefined ones. Whatever is unusual, over a limit or not well-formed it leaves
// alone: libxml2 reads that, and says what is wrong. What it does read, it reads as libxml2 does (plain-read.test.ts).
// It looks for marks with what the language has built in, which is fast from the first message on.

import { unescaped } from '../../envelope/escape.ts'
import type { Limits } from '../../envelope/limits.ts'
import { notPlain, unlessNotPlain } from './not-plain.ts'
import { PlainDocument } from './plain-document.ts'
import { bareTag, nameIn } from './plain-names.ts'
import type { Name } from './plain-names.ts'
import { declaredBy, namespaceIn, resolved, spaceOf, within } from './plain-namespaces.ts'
import type { Space, Written } from './plain-namespaces.ts'

/**
 * A plain document; undefined for every other, well-formed or not.
 * @param text decoded, without byte order mark
 */
export function readPlain(text: string, limits: Limits): PlainDocument | undefined {
  // No characters of XML (§2.2), and what may not stand in text (§2.4).
  if (NO_CHARACTER.test(text) || text.includes(']]>')) return undefined
  const source = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text
  return unlessNotPlain(() => new Reader(source, limits).document())
}

const NO_CHARACTER = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/

/** XML 1.0 §2.8, as far as it is usual. */
const DECLARATION =
  /^<\?xml[ \t\n]+version="1\.0"(?:[ \t\n]+encoding="[Uu][Tt][Ff]-8")?(?:[ \t\n]+standalone="(?:yes|no)")?[ \t\n]*\?>/

/** The characters that the reader looks at, by their codes. */
const [LT, GT, SLASH, EQUALS, QUOTE, APOSTROPHE, BANG] = [
  0x3c, 0x3e, 0x2f, 0x3d, 0x22, 0x27, 0x21,
] as const

class Reader {
  private readonly text: string
  private readonly limits: Limits
  private readonly read: PlainDocument
  /** there are entities or characters by number */
  private readonly refers: boolean
  private at = 0
  /** attributes so far */
  private attributes = 0
  /** on the start tag that is being read */
  private written: Written[] = []
  private declared: (readonly [string, string])[] = []

  constructor(text: string, limits: Limits) {
    this.text = text
    this.limits = limits
    this.read = new PlainDocument(text)
    this.refers = text.includes('&')
  }

  document(): PlainDocument {
    const { text } = this
    this.at = DECLARATION.exec(text)?.[0].length ?? 0
    this.misc()
    if (text.charCodeAt(this.at) !== LT) notPlain()
    this.at += 1
    this.element(undefined, 1)
    this.misc()
    return this.at === text.length ? this.read : notPlain()
  }

  /** White space and comments around the root. */
  private misc(): void {
    for (;;) {
      this.blanks()
      if (!this.text.startsWith('<!--', this.at)) return
      this.comment()
    }
  }

  private blanks(): void {
    while (isBlank(this.text.charCodeAt(this.at))) this.at += 1
  }

  /** The place is at `<!`. */
  private comment(): void {
    const { text, at } = this
    const end = text.startsWith('<!--', at) ? text.indexOf('--', at + 4) : -1
    if (end < 0 || text.charCodeAt(end + 2) !== GT) notPlain()
    this.at = end + 3
  }

  /** The place is behind the `<` of the start tag, afterwards behind the end tag. */
  private element(around: Space | undefined, depth: number): void {
    const { text, read, limits } = this
    if (depth > limits.depth || read.count + this.attributes >= limits.nodes) notPlain()
    const end = text.indexOf('>', this.at)
    const tag = end < 0 ? notPlain() : bareTag(text, this.at, end)
    if (tag === undefined) return this.furnished(around, depth)
    const { name, isEmpty } = tag
    if (name.whole.length > limits.nameLength) notPlain()
    const space = spaceOf(around, name.prefix)
    this.at = end + 1
    if (!isEmpty && this.leaf(name, space)) return
    const index = read.begin(name, space)
    if (!isEmpty) this.content(index, around, depth, name.whole)
    read.end(index)
  }

  /** An element of text alone, as most are, read at once. False for every other; the place is behind the start tag. */
  private leaf(name: Name, space: number): boolean {
    const { text, at, read, refers } = this
    const { whole } = name
    const lt = text.indexOf('<', at)
    if (refers || text.charCodeAt(lt + 1) !== SLASH) return false
    const end = lt + 2 + whole.length
    if (text.charCodeAt(end) !== GT || !text.startsWith(whole, lt + 2)) return false
    read.leaf(name, space, at, lt)
    this.at = end + 1
    return true
  }

  /** An element with attributes, declarations or blanks in its start tag. */
  private furnished(around: Space | undefined, depth: number): void {
    const { text, read } = this
    const name = this.name()
    const space = this.furniture(around)
    const index = read.begin(name, spaceOf(space, name.prefix))
    this.furnish(index, space)
    const isEmpty = text.charCodeAt(this.at) === SLASH
    this.at += isEmpty ? 2 : 1
    if (text.charCodeAt(this.at - 1) !== GT) notPlain()
    if (!isEmpty) this.content(index, space, depth, name.whole)
    read.end(index)
  }

  private name(): Name {
    const name = nameIn(this.text, this.at)
    if (name === undefined || name.whole.length > this.limits.nameLength) notPlain()
    this.at += name.whole.length
    return name
  }

  /** Attributes and declarations. @returns the declarations in force */
  private furniture(around: Space | undefined): Space | undefined {
    let space = around
    this.written = []
    this.declared = []
    for (;;) {
      const from = this.at
      this.blanks()
      const code = this.text.charCodeAt(this.at)
      if (code === GT || code === SLASH) return space
      if (this.at === from) notPlain()
      const it = this.attribute()
      const prefix = declaredBy(it)
      if (prefix === undefined) this.written.push(it)
      else space = this.declare(prefix, it.value, space)
      this.furnishing()
    }
  }

  private declare(prefix: string, value: string, outer: Space | undefined): Space {
    const { declared, limits, read } = this
    if (value.length > limits.nameLength) notPlain()
    const ns = namespaceIn(value, prefix, declared)
    declared.push([prefix, ns])
    return within(outer, prefix, ns, read.space(ns))
  }

  /** Within the limits of one start tag, as far as it has been read. */
  private furnishing(): void {
    const { written, declared, limits } = this
    if (written.length > limits.attributes || declared.length > limits.namespaces) notPlain()
  }

  private furnish(index: number, space: Space | undefined): void {
    const { written, declared, limits, read } = this
    if (written.length + declared.length === 0) return
    this.attributes += written.length
    if (this.attributes + read.count > limits.nodes) notPlain()
    read.furnish(index, {
      attributes: resolved(written, space),
      declared: declared.length === 0 ? null : declared,
    })
  }

  private attribute(): Written {
    const { text } = this
    const { prefix, local } = this.name()
    this.blanks()
    if (text.charCodeAt(this.at) !== EQUALS) notPlain()
    this.at += 1
    this.blanks()
    const quote = text.charCodeAt(this.at)
    if (quote !== QUOTE && quote !== APOSTROPHE) notPlain()
    const from = this.at + 1
    const end = text.indexOf(quote === QUOTE ? '"' : "'", from)
    if (end < 0) notPlain()
    this.at = end + 1
    return { prefix, name: local, value: valueOf(text.slice(from, end)) }
  }

  /** The place is behind the start tag, afterwards behind the end tag. */
  private content(index: number, space: Space | undefined, depth: number, whole: string): void {
    const { text, read } = this
    const start = this.at
    let isSaid = false
    let isApart = false
    for (;;) {
      const lt = text.indexOf('<', this.at)
      if (lt < 0) notPlain()
      isSaid ||= this.hasText(lt)
      this.at = lt
      const code = text.charCodeAt(lt + 1)
      if (code === SLASH) break
      if (code === BANG) {
        this.comment()
        isApart = true
      } else {
        this.at = lt + 1
        this.element(space, depth + 1)
      }
    }
    if (read.count > index + 1) {
      if (isSaid) notPlain()
    } else if (this.at > start) this.says(index, start, isApart)
    this.end(whole)
  }

  /** Whether there is more than white space up to this place. */
  private hasText(to: number): boolean {
    this.blanks()
    return this.at < to
  }

  private says(index: number, from: number, isApart: boolean): void {
    const { text, at, read, refers } = this
    if (!isApart && !refers) return read.says(index, from, at)
    const said = text.slice(from, at)
    if (isApart) read.saysApart(index, said.split(COMMENT).map(replaced).join(''))
    else if (said.includes('&')) read.saysApart(index, replaced(said))
    else read.says(index, from, at)
  }

  /** The place is at `</`. */
  private end(whole: string): void {
    const { text } = this
    if (!text.startsWith(whole, this.at + 2)) notPlain()
    this.at += 2 + whole.length
    this.blanks()
    if (text.charCodeAt(this.at) !== GT) notPlain()
    this.at += 1
  }
}

/** White space, line ends being `\n` already. */
function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x09
}

/** Well-formed where it has been read. */
const COMMENT = /<!--[^]*?-->/

/** References replaced by what they mean. */
function replaced(text: string): string {
  return text.includes('&') ? (unescaped(text) ?? notPlain()) : text
}

/** XML 1.0 §3.3.3: white space becomes blanks, references are replaced after that. */
function valueOf(written: string): string {
  if (!/[<&\t\n]/.test(written)) return written
  return written.includes('<') ? notPlain() : replaced(written.replace(/[\t\n]/g, ' '))
}
