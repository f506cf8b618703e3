// For tests only: the ways into a gateway on which a document may come: at the top, inside Payload, inside Compressed; bare and
// in SOAP.

import { gzipSync } from 'node:zlib'
import { groupXml, newGroup } from '../messages.fixture.ts'
import { VALUE } from './hostile-documents.fixture.ts'
import type { Fate, Hostile } from './hostile-documents.fixture.ts'

/** One way in. */
export interface Place {
  readonly path: '/cim' | '/soap'
  /** What is expected there; undefined where the mischief makes no sense. */
  readonly fate: (it: Hostile) => Fate | undefined
  readonly made: (it: Hostile) => Uint8Array
}

const PAYLOAD = /<DERGroups .*<\/DERGroups>/
const HOLE = '<!--hole-->'

/** A message that is taken each time, of which the name of an authority may be anything. */
export function soundMessage(): string {
  return groupXml(newGroup(1)).replace('dso-cs', VALUE)
}

/** In the Body of SOAP 1.1. */
export function inSoap(xml: string): string {
  return `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>${xml}</s:Body></s:Envelope>`
}

const bare = (xml: string) => xml
const octetsOf = (it: string | Uint8Array) => Buffer.from(it)

function payloadOf(message: string): string {
  return PAYLOAD.exec(message)?.[0] ?? ''
}

const top =
  (wrap: (xml: string) => string) =>
  (it: Hostile): Uint8Array =>
    octetsOf(it.done(wrap(soundMessage())))

const inPayload =
  (wrap: (xml: string) => string) =>
  (it: Hostile): Uint8Array => {
    const message = soundMessage()
    const [before = '', behind = ''] = wrap(message.replace(PAYLOAD, HOLE)).split(HOLE)
    const inner = it.done(payloadOf(message))
    return Buffer.concat([Buffer.from(before), Buffer.from(inner), Buffer.from(behind)])
  }

const inCompressed =
  (wrap: (xml: string) => string) =>
  (it: Hostile): Uint8Array => {
    const message = soundMessage()
    const packed = packedWithinRatio(octetsOf(it.done(payloadOf(message))))
    return octetsOf(wrap(message.replace(PAYLOAD, `<Compressed>${packed}</Compressed>`)))
  }

/** What packs too well would be refused for that, and nobody would look inside. */
function packedWithinRatio(octets: Uint8Array): string {
  const packed = gzipSync(octets)
  const within = packed.length * 50 < octets.length ? gzipSync(octets, { level: 0 }) : packed
  return within.toString('base64')
}

const whole = (it: Hostile) => it.fate
const part = (it: Hostile) => (it.inside === 'alone' ? undefined : it.inside)
/** A document of its own, as it is at the top. */
const inner = (it: Hostile) => (it.inside === 'alone' ? undefined : it.fate)

export const PLACES: Readonly<Record<string, Place>> = {
  'at the top': { path: '/cim', fate: whole, made: top(bare) },
  'around SOAP': { path: '/soap', fate: inner, made: top(inSoap) },
  'inside Payload': { path: '/cim', fate: part, made: inPayload(bare) },
  'inside Payload in SOAP': { path: '/soap', fate: part, made: inPayload(inSoap) },
  'inside Compressed': { path: '/cim', fate: inner, made: inCompressed(bare) },
  'inside Compressed in SOAP': { path: '/soap', fate: inner, made: inCompressed(inSoap) },
}
