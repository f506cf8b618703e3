// What a message travels in: the same as its request, under the media type and the status that go with it.

import { observed } from '../finding.ts'
import type { Observation } from '../finding.ts'
import type { Answer } from '../transport/answer.ts'
import { MEDIA_TYPES, bindingOf, codeOf, envelopeOf } from '../transport/soap.ts'
import type { Binding, Envelope } from '../transport/soap.ts'
import type { Node } from '../xml.ts'
import type { TransportCheck } from './transport.ts'

/** All, in the order in which they are printed. */
export const CARRIER_CHECKS: readonly TransportCheck[] = [
  { requirement: 'TRN-05', judge: otherBinding },
  { requirement: 'TRN-06', judge: otherMediaType, isOfRequests: true },
  { requirement: 'TRN-07', judge: notUnderstood },
  { requirement: 'TRN-08', judge: otherFaultStatus },
]

const WORDS: Readonly<Record<Binding, string>> = {
  xml: 'the message as XML, without an envelope',
  '1.1': 'an envelope of SOAP 1.1',
  '1.2': 'an envelope of SOAP 1.2',
}

function otherBinding(it: Answer): readonly Observation[] {
  if (it.kind !== 'answered' || it.bytes.length === 0 || it.askedIn === undefined) return []
  const came = bindingOf(it.bytes)
  // Of what cannot be read nothing more is said.
  if (came === undefined || came === it.askedIn || isMismatch(it.bytes)) return []
  const [expected, got] = [WORDS[it.askedIn], WORDS[came]]
  const message = `The request came as ${expected}, and is answered by ${got}.`
  return [observed('TRN-05', 'L0', { expected, got, message })]
}

/** Who does not know the version of an envelope says so in one that he knows (SOAP 1.2 part 1, appendix A). */
function isMismatch(bytes: Uint8Array): boolean {
  const envelope = envelopeOf(bytes)
  return envelope !== undefined && codeOf(envelope) === 'VersionMismatch'
}

/** The type tells the versions apart before anything is read; that of SOAP 1.2 is of nothing else. */
function otherMediaType(it: Answer): readonly Observation[] {
  if (it.kind !== 'answered' || it.bytes.length === 0) return []
  const soap = envelopeOf(it.bytes)?.soap
  const type = it.contentType.split(';', 1)[0]?.trim().toLowerCase() ?? ''
  const isSoapType = type === MEDIA_TYPES['1.2']
  if (soap === undefined ? !isSoapType : type === MEDIA_TYPES[soap]) return []
  // Of what cannot be read nobody knows whether it was to be one.
  if (soap === undefined && bindingOf(it.bytes) === undefined) return []
  const got = type === '' ? 'no Content-Type' : type
  const [expected, message] =
    soap === undefined
      ? ['application/xml', 'The Content-Type is that of SOAP 1.2, and there is no envelope of it.']
      : [MEDIA_TYPES[soap], `The Content-Type is not that of SOAP ${soap}.`]
  return [observed('TRN-06', 'L0', { expected, got, message })]
}

/** For whoever reads the message at its end, or on its way. */
const ANYBODY = /^$|\/next$|\/role\/ultimateReceiver$/

function notUnderstood(it: Answer): readonly Observation[] {
  if (it.kind !== 'answered') return []
  const { blocks = [] } = envelopeOf(it.bytes) ?? {}
  return blocks.filter(isObligatory).map(({ name, ns, line }) => {
    const got = `${name} in ${ns === '' ? 'no namespace' : ns}`
    const message = `The reply asks its receiver to understand a header that nobody has agreed on: ${name}.`
    const path = `/Envelope/Header/${name}`
    return observed('TRN-07', 'L0', { expected: NO_DUTY, got, message, path, line })
  })
}

const NO_DUTY = 'no header with mustUnderstand'

function isObligatory({ attributes }: Node): boolean {
  const { mustUnderstand = '', actor, role } = attributes
  return /^\s*(1|true)\s*$/.test(mustUnderstand) && ANYBODY.test((actor ?? role ?? '').trim())
}

/** Refusals of HTTP, before anything of SOAP has been looked at (RFC 9110 §15.5, RFC 6585). */
const OF_HTTP = [401, 403, 404, 405, 406, 408, 411, 413, 415, 429, 503]

function otherFaultStatus(it: Answer): readonly Observation[] {
  if (it.kind !== 'answered') return []
  const envelope = envelopeOf(it.bytes)
  if (envelope?.fault === undefined) return []
  const due = faultStatus(envelope)
  if (it.status === due || OF_HTTP.includes(it.status)) return []
  const [expected, got] = [`HTTP ${due}`, `HTTP ${it.status}`]
  const code = codeOf(envelope)
  const of = code === '' ? '' : `, of code ${code},`
  const message = `A fault of SOAP ${envelope.soap}${of} comes under another status than its own.`
  return [observed('TRN-08', 'L0', { expected, got, message })]
}

/** 500 in SOAP 1.1 (§6.2); in SOAP 1.2 what is the fault of the sender has 400 (part 2 §7.5.2). */
function faultStatus(envelope: Envelope): number {
  return envelope.soap === '1.2' && codeOf(envelope) === 'Sender' ? 400 : 500
}
