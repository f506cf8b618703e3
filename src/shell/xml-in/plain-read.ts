// Reads a plain document, which by far most messages are: names in ASCII, no DOCTYPE, no processing instruction, no
// mixed content, entities only the predefined ones. Whatever is unusual, over a limit or not well-formed it leaves
// alone: libxml2 reads that, and says what is wrong. What it does read, it reads as libxml2 does (plain-read.test.ts).

import type { Limits } from '../../envelope/limits.ts'
import { notPlain, unlessNotPlain } from './not-plain.ts'
import { PlainDocument } from './plain-document.ts'
import { isBlank, isOrdinary, nameIn } from './plain-names.ts'
import type { Name } from './plain-names.ts'
import { declaredBy, namespaceIn, resolved, spaceOf, within } from './plain-namespaces.ts'
import type { Space, Written } from './plain-namespaces.ts'
import { unescaped } from './plain-text.ts'

/**
 * A plain document; undefined for every other, well-formed or not.
 * @param text decoded, without byte order mark
 */
export function readPlain(text: string, limits: Limits): PlainDocument | undefined {
  const source = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text
  return unlessNotPlain(() => new Reader(source, limits).document())
}

/** XML 1.0 §2.8, as far as it is usual. */
const DECLARATION =
  /^<\?xml[ \t\n]+version="1\.0"(?:[ \t\n]+encoding="[Uu][Tt][Ff]-8")?(?:[ \t\n]+standalone="(?:yes|no)")?[ \t\n]*\?>/

/** The characters that the reader looks for, by their codes. */
const [LT, GT, SLASH, AMP, EQUALS, QUOTE, APOSTROPHE, BANG] = [
  0x3c, 0x3e, 0x2f, 0x26, 0x3d, 0x22, 0x27, 0x21,
] as const

class Reader {
  private readonly text: string
  private readonly limits: Limits
  private readonly read: PlainDocument
  private at = 0
  /** attributes so far */
  private attributes = 0
  /** on the start tag that is being read */
  private written: Written[] = []
  private declared: (readonly [string, string])[] = []
  /** the text that is being read does not stand so in the source */
  private isApart = false

  constructor(text: string, limits: Limits) {
    this.text = text
    this.limits = limits
    this.read = new PlainDocument(text)
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
      this.at += 2
      this.comment()
    }
  }

  private blanks(): void {
    const { text } = this
    let { at } = this
    while (isBlank(text.charCodeAt(at))) at += 1
    this.at = at
  }

  /** The place is behind `<!`. */
  private comment(): void {
    const { text, at } = this
    if (!text.startsWith('--', at)) notPlain()
    const end = text.indexOf('--', at + 2)
    if (end < 0 || text.charCodeAt(end + 2) !== GT) notPlain()
    for (let it = at + 2; it < end; it += 1) if (!isOrdinary(text.charCodeAt(it))) this.special(it)
    this.at = end + 3
  }

  /** A character that may stand in a comment or value, though it does not count as ordinary. */
  private special(at: number): void {
    const code = this.text.charCodeAt(at)
    if (code < 0x20 ? !isBlank(code) : code >= 0xfffe) notPlain()
  }

  private name(): Name {
    const name = nameIn(this.text, this.at)
    if (name === undefined || name.whole.length > this.limits.nameLength) notPlain()
    this.at += name.whole.length
    return name
  }

  /** The place is behind the `<` of the start tag, afterwards behind the end tag. */
  private element(around: Space | undefined, depth: number): void {
    const { text, limits, read } = this
    const name = this.name()
    if (depth > limits.depth || read.count + this.attributes >= limits.nodes) notPlain()
    const code = text.charCodeAt(this.at)
    const isBare = code === GT || code === SLASH
    const space = isBare ? around : this.furniture(around)
    const index = read.begin(name, spaceOf(space, name.prefix))
    if (!isBare) this.furnish(index, space)
    if (text.charCodeAt(this.at) === GT) this.content(index, space, depth, name.whole)
    else if (text.charCodeAt(this.at + 1) === GT) this.at += 2
    else notPlain()
    read.end(index)
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
    const written = this.name()
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
    return { prefix: written.prefix, name: written.local, value: this.value(from, end) }
  }

  /** XML 1.0 §3.3.3: white space becomes blanks, references are replaced after that. */
  private value(from: number, end: number): string {
    const { text } = this
    let isPlain = true
    for (let at = from; at < end; at += 1) {
      const code = text.charCodeAt(at)
      if (isOrdinary(code) || code === GT) continue
      if (code === LT) notPlain()
      if (code !== AMP) this.special(at)
      isPlain = false
    }
    const value = text.slice(from, end)
    return isPlain ? value : replaced(value.replace(/[\t\n]/g, ' '))
  }

  /** The place is at the end of the start tag, afterwards behind the end tag. */
  private content(index: number, space: Space | undefined, depth: number, whole: string): void {
    const { text, read } = this
    const start = this.at + 1
    let isSaid = false
    this.at = start
    this.isApart = false
    for (;;) {
      this.blanks()
      if (text.charCodeAt(this.at) !== LT) {
        isSaid = true
        this.characters()
      }
      const code = text.charCodeAt(this.at + 1)
      if (code === SLASH) break
      if (code === BANG) {
        this.at += 2
        this.comment()
        this.isApart = true
        continue
      }
      this.at += 1
      this.element(space, depth + 1)
    }
    if (read.count > index + 1) {
      if (isSaid) notPlain()
    } else if (this.at > start) this.says(index, start)
    this.end(whole)
  }

  private says(index: number, from: number): void {
    if (!this.isApart) return this.read.says(index, from, this.at)
    const pieces = this.text.slice(from, this.at).split(COMMENT)
    this.read.saysApart(index, pieces.map(replaced).join(''))
  }

  /** Goes on to the next `<`. */
  private characters(): void {
    const { text } = this
    let { at } = this
    for (;;) {
      let code = text.charCodeAt(at)
      while (isOrdinary(code)) {
        at += 1
        code = text.charCodeAt(at)
      }
      if (code === LT) break
      if (at >= text.length) notPlain()
      if (code === AMP) this.isApart = true
      else if (code !== GT) this.special(at)
      else if (text.startsWith(']]', at - 2)) notPlain()
      at += 1
    }
    this.at = at
  }

  /** The place is at `</`. */
  private end(whole: string): void {
    const { text } = this
    const at = this.at + 2
    if (!text.startsWith(whole, at)) notPlain()
    this.at = at + whole.length
    if (text.charCodeAt(this.at) !== GT) this.blanks()
    if (text.charCodeAt(this.at) !== GT) notPlain()
    this.at += 1
  }
}

/** Well-formed where it has been read. */
const COMMENT = /<!--[^]*?-->/

/** References replaced by what they mean. */
function replaced(text: string): string {
  return unescaped(text) ?? notPlain()
}
