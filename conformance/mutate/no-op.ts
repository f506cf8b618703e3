// What may be written otherwise and is the same message: no verdict may change. Each is done to every answer of a target.

import { writeXml } from '../peers/write.ts'
import type { Answer } from '../transport/answer.ts'
import { block, inSoap } from './carriers.ts'
import { readXml } from '../xml.ts'
import type { Node } from '../xml.ts'

type Answered = Extract<Answer, { kind: 'answered' }>

/** One of them. */
export interface NoOp {
  readonly id: string
  readonly change: (answer: Answered) => Answered
}

const DECLARATION = /^<\?xml[^>]*\?>\n/
const TEXT = /(?<=>)[^<>]+(?=<\/)/g

/** [what is otherwise, how the text is written then] */
const TEXTS: readonly (readonly [string, (text: string) => string])[] = [
  ['white space between the elements', (it) => it.replace(/></g, '>\n\t <')],
  ['lines that end as elsewhere', (it) => it.replace(/></g, '>\r\n<')],
  [
    'comments everywhere between the elements',
    (it) => it.replace(DECLARATION, '').replace(/></g, '><!-- <Result>FAILED</Result> --><'),
  ],
  [
    'instructions between the elements',
    (it) => it.replace(/(?<!\?)></g, '><?app Result=FAILED?><'),
  ],
  [
    'texts as CDATA',
    (it) => it.replace(TEXT, (text) => (/&/.test(text) ? text : `<![CDATA[${text}]]>`)),
  ],
  [
    'a comment in the middle of a text',
    (it) =>
      it.replace(TEXT, (text) =>
        /&/.test(text) || text.length < 2 ? text : `${text.slice(0, 1)}<!-- -->${text.slice(1)}`,
      ),
  ],
  [
    'texts as character references',
    (it) =>
      it.replace(TEXT, (text) =>
        /&/.test(text)
          ? text
          : text.replace(/[^]/g, (one) => `&#x${one.charCodeAt(0).toString(16)};`),
      ),
  ],
  ['no XML declaration', (it) => it.replace(DECLARATION, '')],
  [
    'a declaration in single quotes',
    (it) => it.replace(DECLARATION, "<?xml version='1.0' encoding='utf-8' standalone='yes'?>\n"),
  ],
  ['namespaces in single quotes', (it) => it.replace(/xmlns="([^"]*)"/g, "xmlns = '$1'")],
  [
    'namespaces declared that nobody uses',
    (it) =>
      it.replace(
        /(?<=^<(Response|Fault)Message)/m,
        ' xmlns:unused="urn:unused" xmlns:xsd="http://www.w3.org/2001/XMLSchema"',
      ),
  ],
  [
    'a hint where the schema is',
    (it) =>
      it.replace(
        /(?<=^<(Response|Fault)Message)/m,
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://iec.ch/TC57/2011/schema/message Message.xsd"',
      ),
  ],
  [
    'times in another zone',
    (it) =>
      it.replace(/(?<=>)(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?)Z(?=<)/g, (_all, at: string) =>
        inZone(at),
      ),
  ],
  ['times at +00:00', (it) => it.replace(/(?<=T\d\d:\d\d:\d\d(?:\.\d+)?)Z(?=<)/g, '+00:00')],
  [
    'a Context, a Comment, a User',
    (it) =>
      it
        .replace('<Timestamp>', '<Context>PRODUCTION</Context><Timestamp>')
        .replace('<MessageID>', '<User><UserID>7</UserID></User><MessageID>')
        .replace(
          '</Header>',
          '<Comment>none</Comment><Property><Name>a</Name><Value>b</Value></Property></Header>',
        ),
  ],
  ['no Source and no Revision', (it) => it.replace(/<(Source|Revision)>[^<]*<\/\1>/g, '')],
  [
    'an extension in the Header',
    (it) => it.replace('</Header>', '<x:trace xmlns:x="urn:example:trace">7</x:trace></Header>'),
  ],
  [
    'a remark on what went well',
    (it) =>
      it.replace(
        '<Result>OK</Result>',
        '<Result>OK</Result><Error><code>0.0</code><level>INFORM</level><reason>all of it</reason></Error>',
      ),
  ],
  ['prefixes for every namespace', (it) => prefixed(it)],
  ['white space at the end', (it) => `${it}\n\n  \n`],
]

/** All of them. */
export const NO_OPS: readonly NoOp[] = [
  ...TEXTS.map(([id, write]) => ({ id, change: rewritten(write) })),
  { id: 'UTF-16', change: (it) => ({ ...it, bytes: utf16(textOf(it)) }) },
  { id: 'a byte order mark', change: rewritten((it) => `\uFEFF${it}`) },
  { id: 'SOAP 1.1 around it, as around the request', change: inSoap('1.1') },
  { id: 'SOAP 1.2 around it, as around the request', change: inSoap('1.2') },
  { id: 'a header of SOAP that may be left', change: inSoap('1.1', block('s:mustUnderstand="0"')) },
  {
    id: 'a header of SOAP that is a duty of somebody else',
    change: inSoap('1.2', block('s:mustUnderstand="1" s:role="urn:example:broker"')),
  },
  {
    id: 'a Content-Type in other letters',
    change: (it) => ({ ...it, contentType: 'Application/XML;CHARSET="utf-8"' }),
  },
  {
    id: 'ASCII, and said to be that',
    change: (it) => ({
      ...rewritten((text) => text.replace(/[^\0-\x7f]/gu, (one) => `&#${one.codePointAt(0)};`))(it),
      contentType: 'application/xml; charset=us-ascii',
    }),
  },
  { id: 'a Content-Type without charset', change: (it) => ({ ...it, contentType: 'text/xml' }) },
]

function rewritten(write: (text: string) => string): NoOp['change'] {
  return (it) => ({ ...it, bytes: new TextEncoder().encode(write(textOf(it))) })
}

function textOf({ bytes }: Answered): string {
  return new TextDecoder().decode(bytes)
}

function inZone(at: string): string {
  return `${new Date(Date.parse(`${at}Z`) + 2 * 3_600_000).toISOString().replace('Z', '')}+02:00`
}

function utf16(text: string): Uint8Array {
  return Buffer.from(
    `\uFEFF${text.replace(DECLARATION, '<?xml version="1.0" encoding="UTF-16"?>\n')}`,
    'utf16le',
  )
}

/** The same tree, every element with a prefix, which changes from one to the next. */
function prefixed(text: string): string {
  const root = readXml(new TextEncoder().encode(text))
  if (root === undefined) return text
  let count = 0
  const written = (node: Node): string => {
    const prefix = `p${(count += 1) % 7}`
    const inside =
      node.children.length === 0 ? escaped(node.text) : node.children.map(written).join('')
    const own = Object.entries(node.attributes).map(([name, it]) => ` ${name}="${escaped(it)}"`)
    return `<${prefix}:${node.name} xmlns:${prefix}="${node.ns}"${own.join('')}>${inside}</${prefix}:${node.name}>`
  }
  return writeXml(root) === text ? written(root) : text
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (it) => `&#${it.charCodeAt(0)};`)
}
