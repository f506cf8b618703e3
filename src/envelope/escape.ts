// Escaping of text and attribute values, in one place for everything that writes XML.
// What a reader would normalize away is written as a character reference: CR in text, and TAB, LF, CR in attributes.

const TEXT_MARKS = /[&<>\r]/g
const ATTRIBUTE_MARKS = /[&<>"\r\n\t]/g
/** XML 1.0 §2.2: control characters, non-characters and lone surrogates have no place in a document. */
const ILLEGAL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/u

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
  return found === undefined
    ? undefined
    : `U+${(found.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0')}`
}
