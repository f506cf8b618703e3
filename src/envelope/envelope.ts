// Reads an element tree as a message: its kind, header fields, reply, payload roots and operations.
// Tolerates what the XSD forbids, so that a wrong message can still be named; it judges nothing.

import type { Element } from './element.ts'
import { isMessageKind, ROLES } from './message-kind.ts'
import type { MessageKind, Role } from './message-kind.ts'
import { MESSAGE_NS } from './namespaces.ts'
import { isTrue, partOf, partsOf, partText } from './parts.ts'
import { typedRoot } from './typed-roots.ts'
import type { TypedRoot } from './typed-roots.ts'
import { verbRow } from './verbs.ts'

/** One Operation of an OperationSet; texts exactly as written. */
export interface OperationView {
  readonly element: Element
  readonly operationId: string | undefined
  readonly noun: string | undefined
  readonly verb: string | undefined
  readonly elementOperation: boolean
  /** its payload root; an Operation carries at most one */
  readonly payloadRoot: Element | undefined
}

/** A message as the rules, the gateway and the reports look at it; texts exactly as written. */
export interface EnvelopeView {
  readonly root: Element
  /** by the root's name, in whatever namespace; null when it is the name of no message */
  readonly kind: MessageKind | null
  readonly role: Role | null
  /** what a strongly typed root says by its name */
  readonly typed: TypedRoot | undefined
  readonly header: Element | undefined
  readonly request: Element | undefined
  readonly reply: Element | undefined
  readonly payload: Element | undefined
  readonly verb: string | undefined
  readonly noun: string | undefined
  readonly messageID: string | undefined
  readonly correlationID: string | undefined
  readonly timestamp: string | undefined
  /** foreign elements in Request: the parameters of a get, or extensions */
  readonly requestRoots: readonly Element[]
  /** elements in Payload that are no part of the envelope */
  readonly payloadRoots: readonly Element[]
  readonly operationSet: Element | undefined
  readonly operations: readonly OperationView[]
}

/** True for the five roots of the message schema and for strongly typed ones. */
export function isMessageRoot(root: Element): boolean {
  if (root.ns === MESSAGE_NS) return isMessageKind(root.name)
  return typedRoot(root) !== undefined
}

/**
 * Reads a message; every part may be missing.
 * @param root of the message itself: for SOAP what `soapBody` returns
 * @see IEC 61968-100:2013 6.3
 */
export function readEnvelope(root: Element): EnvelopeView {
  const typed = typedRoot(root)
  const kind = typed?.kind ?? (isMessageKind(root.name) ? root.name : null)
  const header = partOf(root, 'Header')
  const request = partOf(root, 'Request')
  const reply = partOf(root, 'Reply')
  const payload = partOf(root, 'Payload')
  const operationSet = partOf(payload, 'OperationSet')
  const verb = partText(header, 'Verb')
  return {
    root,
    kind,
    role: kind === null ? null : roleOf(kind, verb, reply),
    typed,
    header,
    request,
    reply,
    payload,
    verb,
    noun: partText(header, 'Noun'),
    messageID: partText(header, 'MessageID'),
    correlationID: partText(header, 'CorrelationID'),
    timestamp: partText(header, 'Timestamp'),
    requestRoots: foreign(request, REQUEST_PARTS),
    payloadRoots: foreign(payload, PAYLOAD_PARTS),
    operationSet,
    operations: partsOf(operationSet, 'Operation').map(readOperation),
  }
}

const REQUEST_PARTS: readonly string[] = ['StartTime', 'EndTime', 'Option', 'ID']
/** Children of Payload that are none of its roots. */
export const PAYLOAD_PARTS: readonly string[] = ['OperationSet', 'Compressed', 'Format', 'ID']
const OPERATION_PARTS: readonly string[] = ['operationId', 'noun', 'verb', 'elementOperation']

/** The root `Message` may be anything: a Reply makes it a reply, else its verb decides. */
function roleOf(
  kind: MessageKind,
  verb: string | undefined,
  reply: Element | undefined,
): Role | null {
  if (kind !== 'Message') return ROLES[kind]
  return reply === undefined ? (verbRow(verb)?.kind ?? null) : 'reply'
}

function readOperation(operation: Element): OperationView {
  return {
    element: operation,
    operationId: partText(operation, 'operationId'),
    noun: partText(operation, 'noun'),
    verb: partText(operation, 'verb'),
    elementOperation: isTrue(partText(operation, 'elementOperation')),
    payloadRoot: foreign(operation, OPERATION_PARTS)[0],
  }
}

/** What stands there by a wildcard: no part of the envelope, and in no namespace of it. */
function foreign(parent: Element | undefined, parts: readonly string[]): readonly Element[] {
  if (parent === undefined) return NONE
  return parent.children.filter((it) =>
    it.ns === '' ? !parts.includes(it.name) : it.ns !== MESSAGE_NS && it.ns !== parent.ns,
  )
}

const NONE: readonly never[] = Object.freeze([])
