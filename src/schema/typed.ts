// Strongly typed message schemas, derived by the naming rules of the WSDL templates: nobody writes one by hand.
// facts/envelope.md §4a: children of the root are in the typed namespace, what is inside Header and Reply in the message namespace.

import { attribute, element } from '../envelope/element.ts'
import type { Element } from '../envelope/element.ts'
import { MESSAGE_NS } from '../envelope/namespaces.ts'
import { verbsOf } from '../envelope/verbs.ts'
import { XSD_NS } from './builtins.ts'
import { messageNamespace } from './catalogue.ts'
import type { Catalogue, CatalogueEntry, SchemaFile } from './catalogue.ts'

/**
 * The schema of a typed message namespace, when the catalogue has the noun that it names.
 * @param ns `http://iec.ch/TC57/<year>/<X>Message`
 * @param verb chooses the variant of the payload schema
 */
export function typedSchema(
  catalogue: Catalogue,
  ns: string,
  verb: string | undefined,
): SchemaFile | undefined {
  const stem = /[/#]([A-Z][^/#]*)Message$/.exec(ns)?.[1]
  const message = catalogue.select(MESSAGE_NS, 'RequestMessage')
  if (stem === undefined || message === undefined) return undefined
  const payload = payloadOf(catalogue, ns, stem, verb)
  if (payload === undefined) return undefined
  return fileOf(ns, stem, payload, message, catalogue)
}

interface TypedPayload {
  /** undefined for an OperationSet schema, which names no noun */
  readonly noun: CatalogueEntry | undefined
  readonly name: string
  readonly query: CatalogueEntry | undefined
}

function payloadOf(
  catalogue: Catalogue,
  ns: string,
  stem: string,
  verb: string | undefined,
): TypedPayload | undefined {
  const own = (name: string, forVerb?: string) => {
    const named = catalogue.entries.filter((it) => it.roots.includes(name))
    const wanted = ns.replace(stem, name)
    const entry =
      named.find((it) => messageNamespace(it.targetNamespace) === wanted) ??
      named.find((it) => isYounger(wanted, messageNamespace(it.targetNamespace)))
    return entry && catalogue.select(entry.targetNamespace, name, forVerb)
  }
  const set = stem.endsWith('OperationSet') ? own(stem.slice(0, -'OperationSet'.length)) : undefined
  if (set !== undefined)
    return { noun: undefined, name: stem.slice(0, -'OperationSet'.length), query: undefined }
  const named = own(stem, verb)
  if (named === undefined) return undefined
  const object = catalogue.queried(stem)
  if (object === undefined) return { noun: named, name: stem, query: undefined }
  // The objects of the query's own edition, where it has them.
  const answered = own(object, 'reply') ?? catalogue.select(undefined, object, 'reply')
  return { noun: answered, name: object, query: named }
}

/**
 * A set of services may be younger than a payload that it carries: the public harness of 2017 sends controls of 2011 in
 * messages of its own year. The other way round somebody has mixed up editions.
 */
function isYounger(typed: string, own: string): boolean {
  const [, year, rest] = PUBLISHED.exec(typed) ?? []
  const [, ownYear, ownRest] = PUBLISHED.exec(own) ?? []
  return year !== undefined && ownYear !== undefined && rest === ownRest && year > ownYear
}

const PUBLISHED = /^http:\/\/iec\.ch\/TC57\/(\d{4})\/(.*)$/

function fileOf(
  ns: string,
  stem: string,
  payload: TypedPayload,
  message: CatalogueEntry,
  catalogue: Catalogue,
): SchemaFile {
  const imports = [message, payload.noun, payload.query].filter((it) => it !== undefined)
  const prefixes: (readonly [string, string])[] = [
    ['m', MESSAGE_NS],
    ['t', ns],
  ]
  if (payload.noun !== undefined) prefixes.push(['p', payload.noun.targetNamespace])
  if (payload.query !== undefined) prefixes.push(['q', payload.query.targetNamespace])
  const content = [
    ...imports.map((it) =>
      xs('import', { namespace: it.targetNamespace, schemaLocation: it.file.location }),
    ),
    ...types(payload, stem, typeNames(message)),
    ...roots(payload, stem),
  ]
  const attributes = { targetNamespace: ns, elementFormDefault: 'qualified', version: '1.0.0' }
  const root = {
    ...element(XSD_NS, 'schema', content, attributes),
    prefix: 'xs',
    declared: [['xs', XSD_NS], ...prefixes] as const,
  }
  const variant = imports.map((it) => it.file.location).join('+')
  return {
    location: `/typed/${ns}/${catalogue.entries.indexOf(payload.noun ?? message)}${variant}`,
    path: `derived for ${ns}`,
    shipped: message.file.shipped && (payload.noun?.file.shipped ?? true),
    sha256: '',
    root,
  }
}

/** What the message schema calls the type of one of its elements; public copies differ in some names. */
type TypeName = (element: string) => string

function typeNames(message: CatalogueEntry): TypeName {
  const find = (at: Element, name: string): string | undefined => {
    const own =
      at.name === 'element' && attribute(at, 'name') === name ? attribute(at, 'type') : undefined
    return own ?? at.children.map((it) => find(it, name)).find((it) => it !== undefined)
  }
  return (name) => `m:${(find(message.file.root, name) ?? `${name}Type`).replace(/^.*:/, '')}`
}

function types(payload: TypedPayload, stem: string, typeOf: TypeName): readonly Element[] {
  const one = payload.query === undefined ? '1' : '0'
  const noun =
    payload.noun === undefined ? [] : [xs('element', { ref: `p:${payload.name}`, minOccurs: one })]
  const body = [
    ...noun,
    use('OperationSet', typeOf('OperationSet'), '0'),
    use('Compressed', 'xs:string', '0'),
    use('Format', 'xs:string', '0'),
  ]
  const header = use('Header', typeOf('Header'))
  const payloadUse = use('Payload', `t:${stem}PayloadType`, '0')
  // A query carries its parameters in Request and has no Payload (templates of 2015 and 2017).
  const query = payload.query !== undefined
  const request = use('Request', query ? `t:${stem}RequestType` : typeOf('Request'), '0')
  return [
    complexType(`${stem}PayloadType`, body),
    ...(payload.query === undefined
      ? []
      : [complexType(`${stem}RequestType`, queryRequest(payload.query, stem, typeOf))]),
    complexType(`${stem}RequestMessageType`, [header, request, ...(query ? [] : [payloadUse])]),
    complexType(`${stem}ResponseMessageType`, [header, use('Reply', typeOf('Reply')), payloadUse]),
    complexType(`${stem}EventMessageType`, [header, payloadUse]),
    complexType(`${stem}FaultMessageType`, [use('Reply', typeOf('Reply'))]),
  ]
}

/** Request of a typed query: plain IDs, and the query profile where the generic one has only a wildcard. */
function queryRequest(query: CatalogueEntry, stem: string, typeOf: TypeName): readonly Element[] {
  return [
    use('StartTime', 'xs:dateTime', '0'),
    use('EndTime', 'xs:dateTime', '0'),
    xs('element', {
      name: 'Option',
      type: typeOf('Option'),
      minOccurs: '0',
      maxOccurs: 'unbounded',
    }),
    xs('element', { name: 'ID', type: 'xs:string', minOccurs: '0', maxOccurs: 'unbounded' }),
    xs('element', { ref: `q:${query.roots.includes(stem) ? stem : (query.roots[0] ?? stem)}` }),
    xs('any', {
      namespace: '##other',
      processContents: 'lax',
      minOccurs: '0',
      maxOccurs: 'unbounded',
    }),
  ]
}

function roots(payload: TypedPayload, stem: string): readonly Element[] {
  const capital = (verb: string) => verb.charAt(0).toUpperCase() + verb.slice(1)
  const root = (name: string, type: string) => xs('element', { name, type: `t:${stem}${type}Type` })
  const replies = [
    root(`${stem}ResponseMessage`, 'ResponseMessage'),
    root(`${stem}FaultMessage`, 'FaultMessage'),
  ]
  if (payload.query !== undefined)
    return [root(`${stem}RequestMessage`, 'RequestMessage'), ...replies]
  const set = payload.noun === undefined
  const verbs = (kind: 'request' | 'event') =>
    verbsOf(kind).filter((it) => it !== 'get' && it.startsWith('execute') === set)
  return [
    ...verbs('request').map((it) => root(`${capital(it)}${stem}`, 'RequestMessage')),
    ...verbs('event').map((it) => root(`${capital(it)}${stem}`, 'EventMessage')),
    ...replies,
  ]
}

function complexType(name: string, children: readonly Element[]): Element {
  return xs('complexType', { name }, [xs('sequence', {}, children)])
}

function use(name: string, type: string, minOccurs = '1'): Element {
  return xs('element', { name, type, minOccurs })
}

/** An element of a schema. */
export function xs(
  name: string,
  attributes: Readonly<Record<string, string>>,
  children: readonly Element[] = [],
): Element {
  return { ...element(XSD_NS, name, children, attributes), prefix: 'xs' }
}
