// What tells a message in an envelope of SOAP from one that travels as it is, and the two versions from each other.

import { outermost } from '../xml.ts'
import type { Outermost } from '../xml.ts'

/** The two that there are. */
export type SoapVersion = '1.1' | '1.2'
/** How a message travels: as XML, as it is, or in an envelope of a version of SOAP. */
export type Binding = 'xml' | SoapVersion

/** Namespaces of their envelopes (SOAP 1.1 §4.1.2, SOAP 1.2 part 1 §5.1). */
export const SOAP: Readonly<Record<SoapVersion, string>> = {
  '1.1': 'http://schemas.xmlsoap.org/soap/envelope/',
  '1.2': 'http://www.w3.org/2003/05/soap-envelope',
}

/** Their media types (SOAP 1.1 §6, SOAP 1.2 part 2 §7.1.4). */
export const MEDIA_TYPES: Readonly<Record<SoapVersion, string>> = {
  '1.1': 'text/xml',
  '1.2': 'application/soap+xml',
}

/** An envelope of SOAP, apart from the message in it. */
export interface Envelope extends Pick<Outermost, 'blocks' | 'fault'> {
  readonly soap: SoapVersion
}

/** Every check of a carrier asks for that of the same message. */
const known = new WeakMap<Uint8Array, { readonly envelope: Envelope | undefined }>()

/** The envelope of a message; undefined where it is in none, or cannot be read. */
export function envelopeOf(bytes: Uint8Array): Envelope | undefined {
  const read = known.get(bytes) ?? { envelope: envelopeIn(bytes) }
  known.set(bytes, read)
  return read.envelope
}

function envelopeIn(bytes: Uint8Array): Envelope | undefined {
  if (!mayBeEnvelope(bytes)) return undefined
  const read = outermost(bytes)
  if (read?.name !== 'Envelope') return undefined
  const soap = (['1.1', '1.2'] as const).find((it) => SOAP[it] === read.ns)
  return soap === undefined ? undefined : { soap, blocks: read.blocks, fault: read.fault }
}

/** How a message came; undefined where it cannot be read. */
export function bindingOf(bytes: Uint8Array): Binding | undefined {
  const soap = envelopeOf(bytes)?.soap
  return soap ?? (outermost(bytes) === undefined ? undefined : 'xml')
}

const NAMES = (['latin1', 'utf16le'] as const).map((it) => Buffer.from('Envelope', it))

/** Most messages are in none: they need not be parsed to see that. */
function mayBeEnvelope(bytes: Uint8Array): boolean {
  const octets = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  return NAMES.some((it) => octets.includes(it))
}

/** What the code of a fault says, without its prefix: `Client`, `VersionMismatch`. */
export function codeOf({ soap, fault }: Envelope): string {
  const of = (name: string) => fault?.children.find((it) => it.name === name)
  const code =
    soap === '1.1' ? of('faultcode') : of('Code')?.children.find((it) => it.name === 'Value')
  return code?.text.replace(/^.*:/, '') ?? ''
}
