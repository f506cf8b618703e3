// Ids from a text that no parser accepts, so that the fault in answer to it can be tied to it. The only file of the
// product that knows fast-xml-parser, which guesses on where others stop: it never decides about a message.

import { XMLParser } from 'fast-xml-parser'

/** What could be read of the Header; null where there is nothing certain. */
export interface Salvaged {
  readonly messageID: string | null
  readonly correlationID: string | null
}

/** Octets that are looked at: a Header comes first, and has some hundred. */
const HEAD_BYTES = 16 * 1024

/** Of our Header, also inside SOAP (whose own Header has ids of another kind), also behind a tag that nobody closed. */
const PLACE =
  /^(?:Envelope\.Body\.)?(?!Envelope\.)[^.]+\.Header\.(?:.+\.)?(MessageID|CorrelationID)$/
/** The path that the parser tells keeps them, whatever its options say. */
const PREFIX = /[^.:]+:/g
const FOREIGN = /\.(?:Request|Reply|Payload)\./

/** The first MessageID and CorrelationID of a Header in the octets, whatever they are; never throws. */
export function salvage(bytes: Uint8Array): Salvaged {
  const found = new Map<string, string>()
  const keep = (path: string, text: string) => {
    const name = FOREIGN.test(path) ? undefined : PLACE.exec(path)?.[1]
    if (name !== undefined && isCertain(text) && !found.has(name)) found.set(name, text)
  }
  try {
    parserTelling(keep).parse(textOf(bytes.subarray(0, HEAD_BYTES)))
  } catch {
    // It gave up; what it had told by then counts.
  }
  return {
    messageID: found.get('MessageID') ?? null,
    correlationID: found.get('CorrelationID') ?? null,
  }
}

/** No value is interpreted, or 007 would become 7. */
function parserTelling(tell: (path: string, text: string) => void): XMLParser {
  return new XMLParser({
    parseTagValue: false,
    parseAttributeValue: false,
    processEntities: false,
    ignoreAttributes: true,
    removeNSPrefix: true,
    tagValueProcessor: (_name, text, path) => {
      tell(String(path).replaceAll(PREFIX, ''), text)
      return text
    },
  })
}

/** References stay as they are, so that a text with one is not what was meant; nor is half a mark-up. */
function isCertain(text: string): boolean {
  return text !== '' && !/[&<>\uFFFD]/.test(text)
}

/** By its byte order mark, or by the zeros of UTF-16 without one; everything else as UTF-8. */
function textOf(bytes: Uint8Array): string {
  const [a, b] = bytes
  const big = (a === 0xfe && b === 0xff) || (a === 0 && b === 0x3c)
  const little = (a === 0xff && b === 0xfe) || (a === 0x3c && b === 0)
  return new TextDecoder(big ? 'utf-16be' : little ? 'utf-16le' : 'utf-8').decode(bytes)
}
