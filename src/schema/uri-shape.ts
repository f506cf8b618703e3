// The lexical space of xs:anyURI (XML Schema Part 2 §3.2.17): a reference by RFC 3986, in which characters that no URI
// has may stand as they are, because they would be escaped. It says nothing of what a scheme asks for.

/** Any character but these, and but a per cent sign without its two digits. */
function any(but: string): string {
  return `(?:[^%${but}]|%[0-9A-Fa-f]{2})`
}

/** A first segment with a colon would be a scheme. */
const SCHEME = '(?:[A-Za-z][A-Za-z0-9+.-]*:|(?![^/?#]*:))'
const USER = `(?:${any('#?/[\\]@')}*@)?`
const HOST = `(?:\\[[^\\]]*\\]|${any('#?/[\\]@:')}*)`
/** The engine holds no larger port. */
const PORT = '(?::0*\\d{1,8})?'
const PATH = `${any('#?[\\]')}*`
const QUERY = `(?:\\?${any('#[\\]')}*)?`
const FRAGMENT = `(?:#${any('#')}*)?`

/** A value, white space folded. */
export const URI = new RegExp(
  `^${SCHEME}(?://${USER}${HOST}${PORT}(?:/${PATH})?|(?!//)${PATH})${QUERY}${FRAGMENT}$`,
  'u',
)
