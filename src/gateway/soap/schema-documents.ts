// The schemas behind a WSDL, as documents that refer to one another by addresses relative to it. One document for each
// namespace: where a noun has variants, the one that admits the messages of every verb.

import { attribute } from '../../envelope/element.ts'
import type { Element } from '../../envelope/element.ts'
import { MESSAGE_NS } from '../../envelope/namespaces.ts'
import type { SchemaDocument } from '../../schema/compile/compile.ts'
import { isReference } from '../../schema/schema-facts.ts'
import type { SchemaSet } from '../../schema/schemas.ts'
import type { SoapService } from './services.ts'

/** One schema document of a WSDL. */
export interface ServedSchema {
  /** unique among those of the WSDL: a file name */
  readonly name: string
  readonly targetNamespace: string
  readonly root: Element
}

/** Where a schema document is, by its name. */
export type AddressOf = (name: string) => string

/** The verb whose variant of a payload schema admits whatever any verb may carry. */
const WIDEST = 'change'

/** All documents that the messages of these services need, those of the messages themselves first. */
export function schemaDocuments(
  services: readonly SoapService[],
  schemas: SchemaSet,
  address: AddressOf,
): readonly ServedSchema[] {
  const heads = [...new Set(services.map((it) => it.messageNs))]
  const all = heads.flatMap((ns) => closureIn(ns, services, schemas))
  return served(onePerNamespace(all), address)
}

/** The documents that the envelope alone needs. */
export function envelopeDocuments(schemas: SchemaSet, address: AddressOf): readonly ServedSchema[] {
  const file = schemas.fileFor(MESSAGE_NS, 'RequestMessage', undefined)
  return file === undefined ? [] : served(onePerNamespace(schemas.closureOf(file)), address)
}

function closureIn(
  ns: string,
  services: readonly SoapService[],
  schemas: SchemaSet,
): readonly SchemaDocument[] {
  const root = services.find((it) => it.messageNs === ns)?.operations[0]?.input ?? ''
  const file = schemas.fileFor(ns, root, WIDEST)
  return file === undefined ? [] : schemas.closureOf(file)
}

/** An import leads to the first document of a namespace; what that includes is part of it. */
function onePerNamespace(all: readonly SchemaDocument[]): readonly SchemaDocument[] {
  const included = new Set(all.flatMap((it) => linksOf(it, (node) => node.name !== 'import')))
  const isHead = (it: SchemaDocument) => !included.has(it.location)
  const heads = new Map<string, SchemaDocument>()
  for (const it of all)
    if (isHead(it) && !heads.has(it.targetNamespace)) heads.set(it.targetNamespace, it)
  const kept = new Set(heads.values())
  const grow = (it: SchemaDocument) => {
    for (const location of linksOf(it, (node) => node.name !== 'import')) {
      const part = all.find((one) => one.location === location)
      if (part === undefined || kept.has(part)) continue
      kept.add(part)
      grow(part)
    }
  }
  for (const it of heads.values()) grow(it)
  return [...kept]
}

function linksOf(it: SchemaDocument, wants: (node: Element) => boolean): readonly string[] {
  return [...(it.links ?? [])].filter(([node]) => wants(node)).map(([, location]) => location)
}

function served(documents: readonly SchemaDocument[], address: AddressOf): readonly ServedSchema[] {
  const names = new Map<SchemaDocument, string>()
  for (const it of documents) names.set(it, freshName(baseName(it), new Set(names.values())))
  const addressAt = (node: Element, location: string | undefined) => {
    const imported = attribute(node, 'namespace')
    const found =
      node.name === 'import'
        ? documents.find((it) => it.targetNamespace === (imported ?? ''))
        : documents.find((it) => it.location === location)
    const name = found && names.get(found)
    return name === undefined ? undefined : address(name)
  }
  return documents.map((it) => ({
    name: names.get(it) ?? '',
    targetNamespace: it.targetNamespace,
    root: withAddresses(it, addressAt),
  }))
}

/** References as the reader of the WSDL can follow them; one that leads nowhere names its namespace only. */
function withAddresses(
  { root, links }: SchemaDocument,
  addressAt: (node: Element, location: string | undefined) => string | undefined,
): Element {
  const children = root.children.map((node) => {
    if (!isReference(node)) return node
    const value = addressAt(node, links?.get(node))
    const others = node.attributes.filter((it) => it.name !== 'schemaLocation')
    if (value === undefined) return { ...node, attributes: others }
    return {
      ...node,
      attributes: [...others, { name: 'schemaLocation', ns: '', prefix: '', value }],
    }
  })
  return { ...root, children, mixed: null }
}

/**
 * Addresses relative to the WSDL and to every other schema document of it. The last part of the path stands in them:
 * many clients resolve a query alone as RFC 2396 had it, and lose that part.
 * @param last part of the path
 * @param query that every one of them carries, such as `&namespace=…`
 */
export function addressesBelow(last: string, query = ''): AddressOf {
  return (name) => `${encodeURIComponent(last)}?xsd=${encodeURIComponent(name)}${query}`
}

function baseName({ location, targetNamespace }: SchemaDocument): string {
  if (targetNamespace === MESSAGE_NS) return 'Message.xsd'
  const own = /([A-Za-z][\w.-]*)#?$/.exec(targetNamespace)?.[1]
  return own === undefined ? (/[^/]+$/.exec(location)?.[0] ?? 'schema.xsd') : `${own}.xsd`
}

function freshName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name
  for (let at = 2; ; at += 1) {
    const next = name.replace(/(\.xsd)?$/, `-${at}.xsd`)
    if (!taken.has(next)) return next
  }
}
