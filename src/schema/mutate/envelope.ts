// Mistakes in the envelope that senders make, each with the rule that names it.
// Expected places are written as names below the root, because every part of an envelope occurs once.

import type { Element } from '../../envelope/element.ts'
import type { EnvelopeView } from '../../envelope/envelope.ts'
import { eventVerbOf, requestVerbOf, verbRow } from '../../envelope/verbs.ts'
import { at, beside, edited, placeOf, withChildren, withText } from './tree.ts'
import type { SchemaSet } from '../schemas.ts'

/** A valid message and what it is about. */
export interface Base {
  readonly root: Element
  readonly view: EnvelopeView
  readonly schemas: SchemaSet
}

/** Names below the root, and the rule that is broken there. */
export type EnvelopeDue = readonly [rule: string, ...names: readonly string[]]

interface EnvelopeBroken {
  readonly root: Element
  readonly due: readonly EnvelopeDue[]
}

/** One mistake; undefined where the message offers no place for it. */
export interface EnvelopeMutation {
  readonly name: string
  readonly apply: (base: Base) => EnvelopeBroken | undefined
}

const VERB = ['Header', 'Verb'] as const
const NOUN = ['Header', 'Noun'] as const

/** Every mistake, one row each. */
export const ENVELOPE_MUTATIONS: readonly EnvelopeMutation[] = [
  row('verb-update', (it) => written(it, VERB, () => 'update', 'cvc-enumeration-valid')),
  row('verb-capital', (it) => written(it, VERB, capital, 'cvc-enumeration-valid')),
  row('verb-past', (it) => onRole(it, 'request', VERB, eventVerbOf, 'VRB-01')),
  row('verb-present', (it) => onRole(it, 'event', VERB, requestVerbOf, 'VRB-02')),
  row('verb-reply-in-request', replyInRequest),
  row('verb-request-in-reply', (it) => onRole(it, 'reply', VERB, () => 'create', 'VRB-01')),
  row('noun-misspelt', (it) => written(it, NOUN, (text) => `${text}x`, 'NOU-02')),
  row('noun-other', otherNoun),
  row('noun-lower-case', (it) => written(it, NOUN, (text) => text.toLowerCase(), 'NOU-02')),
  row('no-message-id', (it) => without(it, ['Header', 'MessageID'], ['HDR-01', 'Header'])),
  row('empty-message-id', (it) => written(it, ['Header', 'MessageID'], () => ' ', 'HDR-01')),
  row('timestamp-without-zone', (it) =>
    written(it, ['Header', 'Timestamp'], () => '2026-07-14T16:30:00', 'HDR-04'),
  ),
  row('async-without-address', asyncWithoutAddress),
  row('no-correlation-id', (it) =>
    it.view.role === 'reply'
      ? without(it, ['Header', 'CorrelationID'], ['COR-01', 'Header'])
      : undefined,
  ),
  row('no-payload', noPayload),
  row('empty-payload', emptyPayload),
  row('failed-without-error', (it) =>
    onResult(it, 'OK', (reply) => result(reply, 'FAILED'), ['RPL-01', 'Reply', 'Result']),
  ),
  row('ok-but-fatal', (it) =>
    onResult(it, 'OK', (reply) => fatal(reply), ['RPL-01', 'Reply', 'Error', 'level']),
  ),
  row('partial-without-id', partialWithoutId),
  row('reply-in-event', replyInEvent),
  row('www-namespace', (it) => inNamespace(it, 'http://www.iec.ch/TC57/2011/schema/message')),
  row('no-namespace', (it) => inNamespace(it, '')),
  row('operation-verb', (it) => onOperation(it, 'verb', 'update', 'OPS-03')),
  row('operation-noun', (it) => onOperation(it, 'noun', 'NotANoun', 'NOU-02')),
]

function row(name: string, apply: EnvelopeMutation['apply']): EnvelopeMutation {
  return { name, apply }
}

/** The text of a part put through `text`, where that changes it. */
function written(
  { root }: Base,
  names: readonly string[],
  text: (before: string) => string | undefined,
  rule: string,
): EnvelopeBroken | undefined {
  const place = placeOf(root, names)
  const before = place === undefined ? undefined : at(root, place)?.text
  const after = before === undefined ? undefined : text(before)
  if (place === undefined || after === undefined || after === before) return undefined
  return { root: edited(root, place, (it) => withText(it, after)), due: [[rule, ...names]] }
}

function onRole(
  base: Base,
  role: string,
  names: readonly string[],
  text: (before: string) => string | undefined,
  rule: string,
): EnvelopeBroken | undefined {
  return base.view.role === role ? written(base, names, text, rule) : undefined
}

/** An OperationSet under another verb than execute would be a second mistake. */
function replyInRequest(base: Base): EnvelopeBroken | undefined {
  if (base.view.operationSet !== undefined) return undefined
  return onRole(base, 'request', VERB, () => 'reply', 'VRB-01')
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** Another noun of the catalogue, one that is neither a query nor about the same objects. */
function otherNoun(base: Base): EnvelopeBroken | undefined {
  const { catalogue } = base.schemas
  const noun = base.view.noun ?? ''
  const related = [noun, catalogue.queried(noun), catalogue.queryOf(noun)]
  const other = catalogue.nouns.find(
    (it) => !related.includes(it.noun) && catalogue.queried(it.noun) === undefined,
  )
  if (other === undefined || !showsNoun(base)) return undefined
  return written(base, NOUN, () => other.noun, 'NOU-01')
}

/** True when something besides the Noun tells what the message is about; an extension in Request does not. */
function showsNoun({ schemas, view }: Base): boolean {
  const asked = view.verb === 'get' ? view.requestRoots : []
  return (
    view.typed !== undefined ||
    view.payloadRoots.length > 0 ||
    asked.some((it) => schemas.catalogue.select(it.ns, it.name) !== undefined)
  )
}

function without(
  { root }: Base,
  names: readonly string[],
  due: EnvelopeDue,
): EnvelopeBroken | undefined {
  const place = placeOf(root, names)
  if (place === undefined) return undefined
  const last = place.at(-1) ?? 0
  const less = (it: Element) => withChildren(it, it.children.toSpliced(last, 1))
  return { root: edited(root, place.slice(0, -1), less), due: [due] }
}

/** ReplyAddress follows AsyncReplyFlag, so the flag goes where the address was, or before MessageID. */
function asyncWithoutAddress({ root, view }: Base): EnvelopeBroken | undefined {
  const place = placeOf(root, ['Header'])
  const header = place === undefined ? undefined : at(root, place)
  const verb = header?.children[0]
  if (place === undefined || header === undefined || verb === undefined) return undefined
  if (view.role === 'reply') return undefined
  const others = header.children.filter((it) => !ASYNC.includes(it.name))
  const behind = others.findLastIndex((it) => BEFORE_ASYNC.includes(it.name)) + 1
  const children = others.toSpliced(behind, 0, beside(verb, 'AsyncReplyFlag', 'true'))
  const broken = edited(root, place, (it) => withChildren(it, children))
  return { root: broken, due: [['COR-02', 'Header', 'AsyncReplyFlag']] }
}

const ASYNC: readonly string[] = ['AsyncReplyFlag', 'ReplyAddress']
/** @see IEC 61968-100:2013 6.3.2, the order of the Header */
const BEFORE_ASYNC: readonly string[] = [
  'Verb',
  'Noun',
  'Revision',
  'ReplayDetection',
  'Context',
  'Timestamp',
  'Source',
]

function needsPayload({ view }: Base): boolean {
  const need = verbRow(view.verb)?.payload
  return need === 'object' || need === 'object-or-id'
}

function noPayload(base: Base): EnvelopeBroken | undefined {
  return needsPayload(base) ? without(base, ['Payload'], ['PAY-02']) : undefined
}

/** In a typed message the schema says it already, except of an OperationSet, for which it asks nothing. */
function emptyPayload(base: Base): EnvelopeBroken | undefined {
  const { root, view } = base
  const place = placeOf(root, ['Payload'])
  if (place === undefined || !needsPayload(base)) return undefined
  const rule = view.typed?.operationSet === false ? 'cvc-complex-type.2.4.b' : 'PAY-02'
  return { root: edited(root, place, (it) => withChildren(it, [])), due: [[rule, 'Payload']] }
}

function onResult(
  { root, view }: Base,
  due: string,
  edit: (reply: Element) => Element,
  expected: EnvelopeDue,
): EnvelopeBroken | undefined {
  const place = placeOf(root, ['Reply'])
  const is = view.reply?.children.find((it) => it.name === 'Result')?.text
  return place === undefined || is !== due
    ? undefined
    : { root: edited(root, place, edit), due: [expected] }
}

function result(reply: Element, text: string): Element {
  return withChildren(
    reply,
    reply.children.map((it) => (it.name === 'Result' ? withText(it, text) : it)),
  )
}

/** The Error stands right behind the Result. */
function fatal(reply: Element, more: readonly string[] = []): Element {
  const [first, ...rest] = reply.children
  if (first === undefined) return reply
  const fields = [
    ['code', '5.3'],
    ['level', 'FATAL'],
    ['reason', 'as an example'],
    ...more.map((it) => [it, 'x']),
  ]
  const children = fields.map(([name = '', text]) => beside(first, name, text))
  return withChildren(reply, [first, withChildren(beside(first, 'Error'), children), ...rest])
}

function partialWithoutId(base: Base): EnvelopeBroken | undefined {
  const edit = (reply: Element) => fatal(result(reply, 'PARTIAL'))
  return onResult(base, 'OK', edit, ['RPL-02', 'Reply', 'Error'])
}

function replyInEvent({ root, view }: Base): EnvelopeBroken | undefined {
  const [header, ...rest] = root.children
  if (view.role !== 'event' || header === undefined) return undefined
  const verb = header.children[0] ?? header
  const reply = withChildren(beside(header, 'Reply'), [beside(verb, 'Result', 'OK')])
  const broken = withChildren(root, [header, reply, ...rest])
  return { root: broken, due: [['cvc-complex-type.2.4.a', 'Reply']] }
}

/** All of the envelope in another namespace; only for the generic carrier, where that is one namespace. */
function inNamespace({ root, view }: Base, ns: string): EnvelopeBroken | undefined {
  if (view.typed !== undefined) return undefined
  const from = root.ns
  const moved = (it: Element): Element => ({
    ...it,
    ns: it.ns === from ? ns : it.ns,
    declared:
      it.declared?.map(([prefix, uri]) => [prefix, uri === from ? ns : uri] as const) ?? null,
    children: it.children.map(moved),
  })
  return { root: moved(root), due: [['ENV-01']] }
}

function onOperation(
  base: Base,
  name: string,
  text: string,
  rule: string,
): EnvelopeBroken | undefined {
  const names = ['Payload', 'OperationSet', 'Operation', name]
  if (base.view.operations.length !== 1) return undefined
  return written(base, names, () => text, rule)
}
