// Looks into a SOAP envelope: its version, its header blocks, and the message in its Body, also where that stands in a
// wrapper of the generic web service. Knows nothing of WS-Security or of faults.

import { child } from './element.ts'
import type { Element } from './element.ts'
import { isMessageKind } from './message-kind.ts'
import type { MessageKind } from './message-kind.ts'
import { GENERIC_NS, MESSAGE_NS, SOAP_NS } from './namespaces.ts'
import type { SoapVersion } from './namespaces.ts'

/** The operations of the generic web service, and the message that each carries (IEC 61968-100:2013, Generic.wsdl). */
export const GENERIC_OPERATIONS = {
  Request: 'RequestMessage',
  Response: 'ResponseMessage',
  PublishEvent: 'EventMessage',
} as const satisfies Readonly<Record<string, MessageKind>>

export type GenericOperation = keyof typeof GENERIC_OPERATIONS

/** The element in a wrapper: it is the message, without the name of one. */
export const WRAPPED = 'message'

/** What a reply's wrapper is called after: `RequestResponse` answers `Request`. */
export const ANSWERING = 'Response'

/** What a SOAP envelope holds. */
export interface SoapBody {
  readonly version: SoapVersion
  /** blocks of its Header */
  readonly blocks: readonly Element[]
  readonly body: Element | undefined
  /** the message: first element of the Body, or what a generic wrapper there holds, under the name of its kind */
  readonly message: Element | undefined
  /** the first element that has no place in an Envelope around one message: a second one, a second Header or Body */
  readonly misplaced: Element | undefined
  /** the generic operation whose wrapper stands around the message */
  readonly wrapper: GenericOperation | undefined
}

/** What is inside a SOAP 1.1 or 1.2 Envelope; undefined when the root is no SOAP Envelope. */
export function soapBody(root: Element): SoapBody | undefined {
  const version = versionOf(root)
  if (version === undefined) return undefined
  const body = child(root, 'Body', SOAP_NS[version])
  const blocks = child(root, 'Header', SOAP_NS[version])?.children ?? []
  const first = body?.children[0]
  const wrapper = wrapperOf(first)
  const message = wrapper === undefined ? first : unwrapped(first?.children[0], wrapper)
  const beside = wrapper === undefined || message === undefined ? undefined : first?.children[1]
  const misplaced = misplacedIn(root, version) ?? body?.children[1] ?? beside
  return { version, blocks, body, message, misplaced, wrapper: operationOf(wrapper ?? '') }
}

/** One Header, then one Body (SOAP 1.1 §4, SOAP 1.2 part 1 §5); of other namespaces SOAP 1.1 takes more behind them. */
function misplacedIn({ children }: Element, version: SoapVersion): Element | undefined {
  const own = children.filter(({ ns }) => ns === SOAP_NS[version])
  return own[0]?.name === 'Header' && own[1]?.name === 'Body' ? own[2] : own[1]
}

/**
 * The same document with the message in a generic wrapper called by its kind; undefined where there is none so to be
 * called. Number and order of the elements stay, so that places do.
 */
export function withNamedMessage(root: Element): Element | undefined {
  const { body, message, wrapper } = soapBody(root) ?? {}
  const outer = body?.children[0]
  const inner = outer?.children[0]
  if (wrapper === undefined || message === undefined || message === inner) return undefined
  return swapped(root, [body, outer, inner], message)
}

/** The tree with the last element of a way down replaced. */
function swapped(
  at: Element,
  [next, ...way]: readonly (Element | undefined)[],
  by: Element,
): Element {
  if (next === undefined) return by
  const children = at.children.map((it) => (it === next ? swapped(next, way, by) : it))
  return { ...at, children, mixed: null }
}

function versionOf(root: Element): SoapVersion | undefined {
  if (root.name !== 'Envelope') return undefined
  if (root.ns === SOAP_NS['1.1']) return '1.1'
  return root.ns === SOAP_NS['1.2'] ? '1.2' : undefined
}

/** Name of a wrapper: that of an operation, or of an answer to one. Some senders write it in the message namespace. */
function wrapperOf(it: Element | undefined): string | undefined {
  if (it === undefined || (it.ns !== GENERIC_NS && it.ns !== MESSAGE_NS)) return undefined
  return operationOf(it.name) === undefined ? undefined : it.name
}

function operationOf(name: string): GenericOperation | undefined {
  const asked = Object.hasOwn(GENERIC_OPERATIONS, name) ? name : name.replace(/Response$/, '')
  return Object.hasOwn(GENERIC_OPERATIONS, asked) ? (asked as GenericOperation) : undefined
}

function unwrapped(it: Element | undefined, wrapper: string): Element | undefined {
  const isNamed = it?.ns === MESSAGE_NS && isMessageKind(it.name)
  if (it === undefined || isNamed || it.name !== WRAPPED) return it
  const kind = Object.hasOwn(GENERIC_OPERATIONS, wrapper)
    ? GENERIC_OPERATIONS[wrapper as GenericOperation]
    : 'ResponseMessage'
  const { attributes, children, text, mixed, declared, index } = it
  const named = { name: kind, ns: MESSAGE_NS, prefix: NO_ONES_PREFIX }
  return { ...named, attributes, children, text, mixed, declared, index }
}

/** Bound nowhere, so that it can be declared without taking it from anybody. */
const NO_ONES_PREFIX = '_message'
