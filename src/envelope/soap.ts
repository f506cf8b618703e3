// Looks into a SOAP envelope. Knows its two versions and nothing of WS-Security or of faults.

import { child } from './element.ts'
import type { Element } from './element.ts'
import { SOAP_NS } from './namespaces.ts'
import type { SoapVersion } from './namespaces.ts'

/** What a SOAP envelope holds. */
export interface SoapBody {
  readonly version: SoapVersion
  readonly body: Element | undefined
  /** first element of the Body */
  readonly message: Element | undefined
}

/** The message inside a SOAP 1.1 or 1.2 Envelope; undefined when the root is no SOAP Envelope. */
export function soapBody(root: Element): SoapBody | undefined {
  const version = versionOf(root)
  if (version === undefined) return undefined
  const body = child(root, 'Body', SOAP_NS[version])
  return { version, body, message: body?.children[0] }
}

function versionOf(root: Element): SoapVersion | undefined {
  if (root.name !== 'Envelope') return undefined
  if (root.ns === SOAP_NS['1.1']) return '1.1'
  return root.ns === SOAP_NS['1.2'] ? '1.2' : undefined
}
