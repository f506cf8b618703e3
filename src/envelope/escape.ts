// Escaping of text and attribute values, in one place for everything that writes XML, and references read again.
// What a reader would normalize away is written as a character reference: CR in text, and TAB, LF, CR in attributes.

const TEXT_MARKS = /[&<>\r]/g
const ATTRIBUTE_MARKS = /[&<>"\r\n\t]/g
/** XML 1.0 §2.2: control characters, non-characters and lone surrogates have no place in a document. */
const ILLEGAL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/u
const EVERY_ILLEGAL = new RegExp(ILLEGAL, 'gu')

const REFERENCES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
  '\n': '&#10;',
  '\t': '&#9;',
}

/** Character data; the text must be legal in XML, see `illegalCharacter`. */
export function escapeText(text: string): string {
  return text.replace(TEXT_MARKS, (it) => REFERENCES[it] as string)
}

/** An attribute value, without its quotes. */
export function escapeAttribute(text: string): string {
  return text.replace(ATTRIBUTE_MARKS, (it) => REFERENCES[it] as string)
}

/** The first character that XML 1.0 cannot carry, as `U+0007`; undefined when there is none. */
export function illegalCharacter(text: string): string | undefined {
  const found = ILLEGAL.exec(text)?.[0]
  return found === undefined ? undefined : named(found)
}

/** The text with each character that XML 1.0 cannot carry by its name, `U+0007`: for what is repeated of what was refused. */
export function legible(text: string): string {
  return text.replace(EVERY_ILLEGAL, named)
}

function named(character: string): string {
  return `U+${(character.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0')}`
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
}

/** XML 1.0 §2.2 */
function isCharacter(code: number): boolean {
  if (code < 0x20) return code === 0x09 || code === 0x0a || code === 0x0d
  return code < 0xd800 || (code > 0xdfff && code < 0xfffe) || (code > 0xffff && code < 0x110000)
}

/**
 * Text with its references replaced: the five predefined entities and characters by number.
 * @returns undefined where an ampersand begins anything else, or a character that XML does not have
 */
export function unescaped(text: string): string | undefined {
  let isRight = true
  const replaced = text.replace(
    /&(?:#([0-9]{1,7}|x[0-9A-Fa-f]{1,6})|(amp|lt|gt|quot|apos));|&/g,
    (_, number: string | undefined, entity: string | undefined) => {
      if (entity !== undefined) return ENTITIES[entity] as string
      const code = number === undefined ? 0 : Number(number.startsWith('x') ? `0${number}` : number)
      isRight &&= isCharacter(code)
      return isRight ? String.fromCodePoint(code) : ''
    },
  )
  return isRight ? replaced : undefined
}
