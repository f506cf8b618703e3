// What a SOAP request has to be before its message is judged: an Envelope of a known version, header blocks that are
// understood, a message of the noun of the path, and the action that belongs to it.

import type { Element } from '../../envelope/element.ts'
import { attribute } from '../../envelope/element.ts'
import { errorRow } from '../../envelope/errors.ts'
import type { ErrorCode } from '../../envelope/errors.ts'
import { isMessageKind } from '../../envelope/message-kind.ts'
import { GENERIC_NS, MESSAGE_NS, SOAP_NS } from '../../envelope/namespaces.ts'
import type { SoapVersion } from '../../envelope/namespaces.ts'
import type { ReplyError } from '../../envelope/reply.ts'
import { GENERIC_OPERATIONS } from '../../envelope/soap.ts'
import type { GenericOperation, SoapBody } from '../../envelope/soap.ts'
import { typedRoot } from '../../envelope/typed-roots.ts'
import type { FaultKind } from './carried.ts'
import { genericActions } from './generic.ts'
import type { SoapService } from './services.ts'
import type { Top } from './top.ts'
import { isUnderstood, WSSE_NS } from './username-token.ts'

/** Why a request is refused before it is judged. */
export interface SoapRefusal {
  readonly kind: FaultKind
  readonly error: ReplyError
  /** the block that nobody understands */
  readonly block?: Pick<Element, 'ns' | 'name'>
}

/** What HTTP says beside the body. */
export interface SoapHeaders {
  /** absent = none was said */
  readonly action: string | undefined
  readonly version: SoapVersion
}

/** SOAPAction of SOAP 1.1, `action` of the media type of SOAP 1.2; quotes are no part of either. */
export function soapHeaders(headers: Readonly<Record<string, string>>): SoapHeaders {
  const type = headers['content-type'] ?? ''
  const isNew = /^\s*application\/soap\+xml\b/i.test(type)
  const [, quoted, bare] = /;\s*action\s*=\s*(?:"([^"]*)"|([^;\s]*))/i.exec(type) ?? []
  const action = isNew ? (quoted ?? bare) : headers['soapaction']?.trim().replace(/^"(.*)"$/, '$1')
  return { action: action === '' ? undefined : action, version: isNew ? '1.2' : '1.1' }
}

/** What is wrong with the envelope itself; undefined when nothing is. */
export function envelopeFault({ root, soap }: Top): SoapRefusal | undefined {
  if (soap === undefined)
    return root.name === 'Envelope'
      ? refusal(
          'version-mismatch',
          'version-mismatch',
          `The Envelope is in ${root.ns || 'no namespace'}.`,
        )
      : refusal(
          'sender',
          'wrong-operation',
          `A SOAP Envelope is due here, and ${root.name} is none.`,
          'Put the message into the Body of an Envelope, or POST it to /cim as it is.',
        )
  const block = soap.blocks.find((it) => isForUs(it, soap.version) && !understands(it))
  if (block === undefined) return undefined
  const reason = `The header block ${block.name} in ${block.ns || 'no namespace'} is not understood.`
  return { ...refusal('must-understand', 'not-understood', reason), block }
}

/** One that has to be understood, by whoever is the last to get it (SOAP 1.1 §4.2.2; SOAP 1.2 part 1 §2.2). */
function isForUs(block: Element, version: SoapVersion): boolean {
  const ns = SOAP_NS[version]
  const must = attribute(block, 'mustUnderstand', ns)?.trim()
  const actor = attribute(block, version === '1.1' ? 'actor' : 'role', ns)?.trim() ?? ''
  const isOurs = actor === '' || /\/(?:next|ultimateReceiver)$/.test(actor)
  return (must === '1' || must === 'true') && isOurs
}

function understands(block: Element): boolean {
  return block.ns === WSSE_NS && block.name === 'Security' && isUnderstood(block)
}

/** What is wrong with a request to a noun's own path; undefined when nothing is. @param path as people write it */
export function typedFault(
  soap: SoapBody,
  services: readonly SoapService[],
  { action, path }: { readonly action: string | undefined; readonly path: string },
): SoapRefusal | undefined {
  const root = soap.body?.children[0]
  if (root === undefined) return noMessage(path)
  const isOwn = services.some((it) => it.messageNs === root.ns) && typedRoot(root) !== undefined
  if (!isOwn) {
    const reason = `${root.name} in ${root.ns || 'no namespace'} is no message of ${path}.`
    return refusal('sender', 'wrong-operation', reason, remedyFor(root, path))
  }
  const operations = services
    .filter((it) => it.messageNs === root.ns)
    .flatMap((it) => it.operations)
    .filter(({ input }) => input === root.name)
  // The templates have no operation for a reply that is sent on its own, so that whoever sends one has an action of his own.
  if (operations.length === 0 || typedRoot(root)?.verb === 'reply') return undefined
  return actionFault(
    root,
    action,
    operations.map(({ soapAction }) => soapAction),
  )
}

function remedyFor(root: Element, path: string): string {
  if (root.ns === GENERIC_NS || (root.ns === MESSAGE_NS && isMessageKind(root.name)))
    return `POST it to /soap, or send the typed message that GET ${path}?wsdl describes.`
  const typed = typedRoot(root)
  return typed === undefined
    ? `Send a message that GET ${path}?wsdl describes.`
    : `POST it to /soap/${typed.operationSet ? typed.x : (typed.nouns[0] ?? typed.x)}, or take the namespace from GET ${path}?wsdl.`
}

/** The same for the generic service. */
export function genericFault(
  soap: SoapBody,
  { action }: Pick<SoapHeaders, 'action'>,
): SoapRefusal | undefined {
  const root = soap.body?.children[0]
  if (root === undefined) return noMessage('/soap')
  const operation = soap.wrapper ?? operationFor(root)
  if (operation === undefined) {
    const reason = `${root.name} in ${root.ns || 'no namespace'} is neither a wrapper of the generic service nor a generic message.`
    const mend = typedRoot(root) === undefined ? undefined : remedyFor(root, '/soap')
    return refusal('sender', 'wrong-operation', reason, mend)
  }
  if (soap.message === undefined) return noMessage('/soap')
  return actionFault(root, action, genericActions(operation))
}

/** Some services of this kind take the message itself (IEC 62325-504), so it is taken here too. */
function operationFor({ ns, name }: Element): GenericOperation | undefined {
  if (ns !== MESSAGE_NS) return undefined
  const all = Object.entries(GENERIC_OPERATIONS) as readonly [GenericOperation, string][]
  return all.find(([, kind]) => kind === name)?.[0]
}

function noMessage(path: string): SoapRefusal {
  return refusal(
    'sender',
    'wrong-operation',
    'The SOAP Body holds no message.',
    `Send a message that GET ${path}?wsdl describes.`,
  )
}

function actionFault(
  root: Element,
  action: string | undefined,
  due: readonly string[],
): SoapRefusal | undefined {
  if (action === undefined || due.includes(action)) return undefined
  const reason = `The SOAPAction ${action} is not that of ${root.name}.`
  return refusal('sender', 'wrong-operation', reason, `Send "${due[0] ?? ''}", or none.`)
}

function refusal(
  kind: FaultKind,
  row: ErrorCode,
  reason: string,
  mend: string = errorRow(row).remedy,
): SoapRefusal {
  const { replyCode, level } = errorRow(row)
  return { kind, error: { code: replyCode, level, rule: row, reason, details: mend } }
}
