// What libxml2's parser says of a document that is not well-formed, as sentences with a way to mend it.
// A table and nothing else; which of its words count is decided in wellformed.ts.

/** What is said of a mistake. */
export interface Words {
  readonly message: string
  readonly expected: string
  readonly found: string
  readonly mend: string
}

/** @param quoted what the groups of the pattern have found */
type Say = (...quoted: readonly string[]) => Words

/** the recommendation that nearly all clauses are of */
export const XML = 'XML 1.0'
const NAMES = 'Namespaces in XML 1.0'

/** Pattern of the parser's words, clause, sentences; the first that fits is meant. */
export const MEANINGS: readonly (readonly [RegExp, string, Say])[] = [
  [
    /^Opening and ending tag mismatch: (\S+) line (\d+) and (\S+)/,
    `${XML} §3`,
    (open = '', line = '', close = '') => ({
      message: `<${open}> of line ${line} is not closed: ${close === 'unparsable' ? 'an end tag that cannot be read' : `</${close}>`} comes first.`,
      expected: `</${open}>`,
      found: close === 'unparsable' ? 'an unreadable end tag' : `</${close}>`,
      mend: `Close <${open}> with </${open}> before this place, or take its start tag out.`,
    }),
  ],
  [
    /^(?:Premature end of data in tag|EndTag: '<\/' not found in) (\S+) line (\d+)/,
    `${XML} §3`,
    (open = '', line = '') => ({
      message: `The document ends before <${open}> of line ${line} is closed.`,
      expected: `</${open}>`,
      found: 'the end of the document',
      mend: `Add what is missing up to </${open}>; the document may have been cut off on its way.`,
    }),
  ],
  [
    /^Entity '([^']*)' not defined/,
    `${XML} §4.1`,
    (name = '') => ({
      message: `&${name}; is not defined; only &amp; &lt; &gt; &quot; and &apos; are.`,
      expected: '&amp; &lt; &gt; &quot; &apos; or a character by its number',
      found: `&${name};`,
      mend: `Write &amp;${name}; if the ampersand is meant as it stands, or else the character itself.`,
    }),
  ],
  [
    /^(?:xmlParseEntityRef: no name|EntityRef: expecting ';')/,
    `${XML} §2.4`,
    () => ({
      message: 'An & stands in the text as it is.',
      expected: '&amp;',
      found: '&',
      mend: 'Write &amp; for &.',
    }),
  ],
  [
    /^Unescaped '<' not allowed in attributes/,
    `${XML} §3.1`,
    () => ({
      message: 'A < stands in the value of an attribute, or the value before it is not closed.',
      expected: '&lt;',
      found: '<',
      mend: 'Write &lt; for <, or close the value with its quotation mark.',
    }),
  ],
  [
    /^StartTag: invalid element name/,
    `${XML} §2.3`,
    () => ({
      message: 'A < is not followed by the name of an element.',
      expected: 'a name, which begins with a letter or _',
      found: '< before something else',
      mend: 'Write &lt; if < is meant as it stands; a name follows < without a blank.',
    }),
  ],
  [
    /^Couldn't find end of Start Tag (\S+)/,
    `${XML} §3.1`,
    (name = '') => ({
      message: `The start tag <${name} does not end.`,
      expected: '>',
      found: 'something else',
      mend: `Write > behind the attributes of ${name}.`,
    }),
  ],
  [
    /^expected '>'/,
    `${XML} §3.1`,
    () => ({
      message: 'A tag does not end with >.',
      expected: '>',
      found: 'something else',
      mend: 'Write the name, and > behind it.',
    }),
  ],
  [
    /^(?:AttValue: (?:" or ' expected|['"] expected)|AttValue length)/,
    `${XML} §3.1`,
    () => ({
      message: 'The value of an attribute does not stand between quotation marks.',
      expected: 'a value in "…" or \'…\'',
      found: 'a value that is not quoted or not closed',
      mend: 'Put the value between two quotation marks of the same kind.',
    }),
  ],
  [
    /^Specification mandates value for attribute (\S+)/,
    `${XML} §3.1`,
    (name = '') => ({
      message: `The attribute ${name} has no value.`,
      expected: `${name}="…"`,
      found: name,
      mend: `Write ${name}="…", or take it out.`,
    }),
  ],
  [
    /^(?:Namespaced )?Attribute (\S+)(?: in '.*')? redefined/,
    `${XML} §3.1`,
    (name = '') => ({
      message: `The attribute ${name} stands twice in one tag.`,
      expected: `one ${name}`,
      found: 'two',
      mend: 'Take one of the two out.',
    }),
  ],
  [
    /^(?:attributes construct error|error parsing attribute name)/,
    `${XML} §3.1`,
    () => ({
      message: 'Attributes are not written as name="value" with a blank before each.',
      expected: 'name="value"',
      found: 'something else',
      mend: 'Put a blank before each attribute, = behind its name and the value in quotation marks.',
    }),
  ],
  [
    /^Namespace prefix (\S+)(?: for (\S+))? on (\S+) is not defined/,
    `${NAMES} §5`,
    (prefix = '', attribute = '', name = '') => ({
      message: `The prefix ${prefix} of ${attribute || name} is not declared.`,
      expected: `xmlns:${prefix}="…"`,
      found: `${prefix}:${attribute || name}`,
      mend: `Declare xmlns:${prefix}="…" on ${name} or around it.`,
    }),
  ],
  [
    /^(xmlns\S*): .*(?:Empty XML namespace|not a valid URI|is not absolute)|^(xml namespace prefix mapped|redefinition of the xmlns)|^xml.* cannot be/i,
    `${NAMES} §3`,
    (name = '') => ({
      message: `${name || 'xmlns:xml or xmlns:xmlns'} is not declared as a namespace may be.`,
      expected: 'the URI of a namespace, without blanks',
      found: 'something else',
      mend: 'Write the URI as the schema has it, or take the declaration out.',
    }),
  ],
  [
    /^Failed to parse QName '([^']*)'/,
    `${NAMES} §4`,
    (name = '') => ({
      message: `${name} is no name with a prefix: it has a colon too many, or one at its end.`,
      expected: 'prefix:name',
      found: name,
      mend: 'Write one prefix, a colon and the name.',
    }),
  ],
  [
    /^Extra content at the end of the document/,
    `${XML} §2.1`,
    () => ({
      message: 'Something stands behind the end of the root element.',
      expected: 'the end of the document',
      found: 'more text or a second root',
      mend: 'Take it out, or send each message in a document of its own.',
    }),
  ],
  [
    /^Document is empty/,
    `${XML} §2.1`,
    () => ({
      message: 'The document is empty.',
      expected: 'a root element',
      found: 'nothing',
      mend: 'Send the message itself.',
    }),
  ],
  [
    /^Start tag expected, '<' not found/,
    `${XML} §2.1`,
    () => ({
      message: 'No root element begins here.',
      expected: 'a root element',
      found: 'something else, or nothing',
      mend: 'Begin the document with < or its XML declaration, and nothing before it.',
    }),
  ],
  [
    /^XML declaration allowed only at the start/,
    `${XML} §2.8`,
    () => ({
      message: 'An XML declaration stands behind the beginning of the document.',
      expected: '<?xml …?> as the very first characters, once',
      found: '<?xml further on',
      mend: 'Take out what stands before it, blanks too, or the second declaration.',
    }),
  ],
  [
    /^(?:Malformed declaration expecting version|Blank needed here|parsing XML declaration|Unsupported version|standalone accepts|String not (?:started|closed)|xmlParseXMLDecl|Invalid XML encoding name)/,
    `${XML} §2.8`,
    () => ({
      message: 'The XML declaration is not as it has to be.',
      expected: '<?xml version="1.0" encoding="UTF-8"?>',
      found: 'another declaration',
      mend: 'Write <?xml version="1.0" encoding="UTF-8"?>, or leave it out.',
    }),
  ],
  [
    /^(?:xmlParseCharRef: |CharRef: )(?:invalid xmlChar value (\d+)|.*)/,
    `${XML} §4.1`,
    (number = '') => ({
      message: `A character by its number is none that XML has${number === '' || number === '0' ? '' : `: ${number}`}.`,
      expected: '&#…; or &#x…; with the number of a character',
      found: number === '' || number === '0' ? '&#' : `&#${number};`,
      mend: 'Write the character itself, or leave out what XML cannot carry.',
    }),
  ],
  [
    /^(?:PCDATA invalid Char value|Invalid character: Char|invalid character in attribute value|.*invalid xmlChar|.*out of allowed range)\D*(0x\w+|\d+)?/i,
    `${XML} §2.2`,
    (number = '') => ({
      message: `The text holds a character that XML 1.0 does not allow${number === '' ? '' : `: number ${Number(number)}`}.`,
      expected: 'text without control characters',
      found: number === '' ? 'another character' : `character ${Number(number)}`,
      mend: 'Take the character out; XML 1.0 cannot carry it in any form.',
    }),
  ],
  [
    /^(?:Invalid bytes in character encoding|Input is not proper|input conversion failed|encoder error)/i,
    `${XML} §4.3.3`,
    () => ({
      message: 'The octets at this place are no characters in the encoding of the document.',
      expected: 'the encoding that is declared, UTF-8 where none is',
      found: 'other octets',
      mend: 'Write the document in the encoding that it declares; an editor may have saved it in another.',
    }),
  ],
  [
    /^Sequence '\]\]>' not allowed/,
    `${XML} §2.4`,
    () => ({
      message: ']]> stands in the text.',
      expected: ']]&gt;',
      found: ']]>',
      mend: 'Write ]]&gt; for ]]>.',
    }),
  ],
  [
    /^(?:CData section not finished|Comment not terminated|ParsePI: PI (?:\S+) (?:never end|space expected)|.*not terminated)/,
    `${XML} §2`,
    () => ({
      message: 'A comment, CDATA section or processing instruction does not end.',
      expected: '-->, ]]> or ?>',
      found: 'the end of the document',
      mend: 'Close it where it is to end.',
    }),
  ],
  [
    /^(?:Double hyphen within comment|Hyphen)/,
    `${XML} §2.5`,
    () => ({
      message: '-- stands inside a comment.',
      expected: '-->',
      found: '--',
      mend: 'Write a single hyphen inside comments.',
    }),
  ],
  [
    /^(?:Invalid PI name|colons are forbidden from PI|xmlParsePI|xmlParsePITarget)/,
    `${XML} §2.6`,
    () => ({
      message: 'A processing instruction has a name that is not allowed.',
      expected: 'a name other than xml, without a colon',
      found: 'another name',
      mend: 'Take the instruction out: no message needs one.',
    }),
  ],
]
