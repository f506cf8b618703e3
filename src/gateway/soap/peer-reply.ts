// What a peer answers in SOAP, as the judge of replies takes it: a message is judged where it stands, and a SOAP fault
// is the fault of the peer, with its text.

import { child, childText } from '../../envelope/element.ts'
import type { Element } from '../../envelope/element.ts'
import { isMessageRoot } from '../../envelope/envelope.ts'
import { SOAP_NS } from '../../envelope/namespaces.ts'
import type { SoapVersion } from '../../envelope/namespaces.ts'
import { soapBody } from '../../envelope/soap.ts'
import { writeElement } from '../../envelope/write.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import type { Validated } from '../ports.ts'
import { UNREAD } from '../refusals.ts'
import type { ReadXml } from './top.ts'

/** A SOAP fault of a peer. */
export interface PeerFault {
  readonly version: SoapVersion
  /** local name: Client, Server, Sender, Receiver, MustUnderstand, VersionMismatch, or one of the peer's own */
  readonly code: string
  /** the innermost subcode of SOAP 1.2; empty = none */
  readonly subcode: string
  readonly text: string
  /** the FaultMessage, or other message, in its detail, as a document of its own */
  readonly message: string | undefined
}

/** The SOAP fault in a document; undefined when it holds a message, or is no SOAP at all. */
function peerFault(root: Element): PeerFault | undefined {
  const soap = soapBody(root)
  const fault = soap?.message
  if (soap === undefined || fault?.name !== 'Fault' || fault.ns !== SOAP_NS[soap.version])
    return undefined
  const { version } = soap
  return version === '1.1' ? oldFault(fault, root) : newFault(fault, root)
}

/** Children of a Fault of SOAP 1.1 have no namespace (§4.4); some senders give them one all the same. */
function oldFault(fault: Element, root: Element): PeerFault {
  return {
    version: '1.1',
    code: local(childText(fault, 'faultcode')),
    subcode: '',
    text: (childText(fault, 'faultstring') ?? '').trim(),
    message: messageIn(child(fault, 'detail'), root),
  }
}

function newFault(fault: Element, root: Element): PeerFault {
  const code = child(fault, 'Code', SOAP_NS['1.2'])
  const texts = child(fault, 'Reason', SOAP_NS['1.2'])
  return {
    version: '1.2',
    code: local(childText(code, 'Value')),
    subcode: subcodeOf(child(code, 'Subcode')),
    text: (childText(texts, 'Text') ?? '').trim(),
    message: messageIn(child(fault, 'Detail', SOAP_NS['1.2']), root),
  }
}

function subcodeOf(it: Element | undefined): string {
  const inner = child(it, 'Subcode')
  return inner === undefined ? local(childText(it, 'Value')) : subcodeOf(inner)
}

function local(name = ''): string {
  return name.trim().replace(/^.*:/, '')
}

/** With the namespaces that it is in scope of, which values such as xsi:type may use. */
function messageIn(detail: Element | undefined, root: Element): string | undefined {
  const message = detail?.children.find(isMessageRoot)
  if (detail === undefined || message === undefined) return undefined
  const scope = new Map(
    [...wayTo(detail, root), detail, message].flatMap((it) => [...(it.declared ?? [])]),
  )
  return writeElement({ ...message, declared: [...scope] })
}

function wayTo(wanted: Element, at: Element): readonly Element[] {
  for (const it of at.children) {
    if (it === wanted) return [at]
    const way = wayTo(wanted, it)
    if (way.length > 0) return [at, ...way]
  }
  return []
}

/**
 * Judges answers of peers. A SOAP fault is judged as the FaultMessage in its detail; without one, as the FaultMessage
 * that says the same: 5.1 where the peer is not able to now, 7.4 where it does not know us, 5.3 for all else.
 * @param judge what judges everything that is no fault; its result is given on as it is
 */
export function judgeOfPeers(
  judge: (bytes: Uint8Array) => Promise<Validated>,
  readXml: ReadXml,
): (bytes: Uint8Array) => Promise<Validated> {
  return async (bytes) => {
    const root = readXml(bytes)
    const fault = root && peerFault(root)
    if (fault === undefined) return judge(bytes)
    if (fault.message !== undefined) {
      const judged = await judge(new TextEncoder().encode(fault.message))
      if (judged.json !== undefined) return { ...judged, soap: fault.version }
    }
    return { ...UNREAD, ...FAULT, soap: fault.version, json: faultJson(fault) }
  }
}

const FAULT = {
  verdict: 'valid',
  root: { name: 'FaultMessage', ns: '' },
} as const satisfies Partial<Validated>

function faultJson(fault: PeerFault): JsonObject {
  const { code, text } = fault
  const reason = `SOAP fault ${code}: ${text === '' ? 'without a text' : text}`
  return {
    message: 'FaultMessage',
    reply: { Result: 'FAILED', Error: [{ code: replyCodeOf(fault), level: 'FATAL', reason }] },
  }
}

const UNABLE: readonly string[] = ['Server', 'Receiver']
/** of WS-Security: SOAP Message Security 1.1 §12 */
const UNKNOWN_TO_PEER: readonly string[] = [
  'FailedAuthentication',
  'InvalidSecurity',
  'InvalidSecurityToken',
  'MessageExpired',
]

function replyCodeOf({ code, subcode }: PeerFault): string {
  if ([code, subcode].some((it) => UNKNOWN_TO_PEER.includes(it))) return '7.4'
  return UNABLE.includes(code.split('.')[0] ?? '') ? '5.1' : '5.3'
}
