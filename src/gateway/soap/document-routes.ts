// GET of /soap and /soap/<Noun>: the WSDL with ?wsdl or without a query, one service of it with ?wsdl=<Service>, and each schema behind it
// with ?xsd=<name>.

import { writeElement } from '../../envelope/write.ts'
import type { SchemaSet } from '../../schema/schemas.ts'
import type { FacadeAnswer } from '../facade/request.ts'
import { nearestNoun } from '../nouns.ts'
import type { Operation } from '../operation.ts'
import { problemOfRow } from '../problem.ts'
import type { Route, RouteParts, RouteRequest } from '../route.ts'
import { addressIn } from './address.ts'
import { GENERIC_SERVICE, genericDocuments } from './generic.ts'
import { editionsOf, nounIn } from './noun-in-path.ts'
import { addressesBelow, schemaDocuments } from './schema-documents.ts'
import type { AddressOf, ServedSchema } from './schema-documents.ts'
import { servicesOf } from './services.ts'
import type { SoapNoun, SoapService } from './services.ts'
import { wsdlOf } from './wsdl.ts'

const GET = {
  tag: 'SOAP',
  answers: ['wsdl'],
  errors: ['unknown-resource', 'unknown-path', 'unusable-schema'],
} as const
const GENERIC: Operation = { ...GET, id: 'describeSoap', parameters: ['wsdl', 'xsd'] }
const TYPED: Operation = {
  ...GET,
  id: 'describeTypedSoap',
  parameters: ['wsdl', 'xsd', 'namespace'],
}

/** What a WSDL is about, and where it is. */
interface Described {
  readonly path: string
  /** target namespace of the WSDL with all of them */
  readonly ns: string
  readonly services: readonly SoapService[]
  readonly documents: () => readonly ServedSchema[]
  readonly schemaAddress: AddressOf
  readonly about: string
}

const GENERIC_ADDRESS = addressesBelow('soap')

/** WSDL and schemas of every service: the generic one, and one for each noun. */
export function documentRoutes(parts: RouteParts): readonly Route[] {
  const { schemas } = parts
  const generic: Described = {
    path: '/soap',
    ns: GENERIC_SERVICE.ns,
    services: [GENERIC_SERVICE],
    documents: () => genericDocuments(schemas, GENERIC_ADDRESS),
    schemaAddress: GENERIC_ADDRESS,
    about: 'The generic web service of cimgate: every noun, in the messages of IEC 61968-100.',
  }
  return [
    {
      method: 'GET',
      path: '/soap',
      body: [],
      about: 'WSDL of the generic web service: ?wsdl',
      operation: GENERIC,
      answer: (it) => described(it, generic, parts),
    },
    {
      method: 'GET',
      path: '/soap/:noun',
      body: [],
      about: 'WSDL of a noun: ?wsdl, or ?wsdl=<Service>',
      operation: TYPED,
      answer: (it) => {
        const found = typed(it, schemas)
        return 'rendered' in found ? found : described(it, found, parts)
      },
    },
  ]
}

function typed({ params, query }: RouteRequest, schemas: SchemaSet): Described | FacadeAnswer {
  const written = params['noun'] ?? ''
  const path = `/soap/${written}`
  const noun = nounIn(written, schemas)
  if (noun === undefined) {
    const near = nearestNoun(schemas, written)
    const mend = near === undefined ? {} : { mend: `Did you mean /soap/${near}?` }
    return notFound(`There is no noun ${written}.`, path, mend)
  }
  const wanted = query['namespace']
  const edition = editionsOf(noun, schemas).find((it) => wanted === undefined || it.ns === wanted)
  if (edition === undefined)
    return notFound(`No edition of ${noun} is in ${wanted ?? ''}.`, path, {
      mend: `Take a namespace that \`cimgate schemas list\` shows.`,
    })
  const services = servicesOf(edition, schemas)
  if (services.length === 0)
    return notFound(
      `No typed message is named after ${noun}, because its namespace ${edition.ns} does not end in its name.`,
      path,
      { mend: 'Use the generic web service: GET /soap?wsdl.' },
    )
  return describedBy(edition, services, schemas)
}

function describedBy(
  { noun, ns }: SoapNoun,
  services: readonly SoapService[],
  schemas: SchemaSet,
): Described {
  // Another edition than the one that is used is asked for by its namespace, so are its schemas.
  const isSelected = editionsOf(noun, schemas)[0]?.ns === ns
  const query = isSelected ? '' : `&namespace=${encodeURIComponent(ns)}`
  const schemaAddress = addressesBelow(noun, query)
  const names = services.map((it) => it.name).join(', ')
  return {
    path: `/soap/${noun}`,
    ns: ns.replace(/#$/, ''),
    services,
    documents: () => schemaDocuments(services, schemas, schemaAddress),
    schemaAddress,
    about: `The web services of ${noun}. Each has a WSDL of its own, with the names of the public templates, at ?wsdl= followed by its name: ${names}.`,
  }
}

function described(
  { query, headers }: RouteRequest,
  it: Described,
  { publicUrl }: RouteParts,
): FacadeAnswer {
  const asked = Object.fromEntries(
    Object.entries(query).map(([name, value]) => [name.toLowerCase(), value]),
  )
  if (asked['xsd'] !== undefined) return schemaNamed(asked['xsd'], it)
  const wsdl = asked['wsdl'] ?? ''
  const services = it.services.filter((one) => (wsdl === '' ? one.isMain : one.name === wsdl))
  const [first] = services
  if (first === undefined)
    return notFound(`${it.path} has no service ${wsdl}.`, it.path, {
      mend: `Take one of ${it.services.map(({ name }) => name).join(', ')}.`,
    })
  return xml(
    wsdlOf({
      targetNamespace: services.length === 1 ? first.ns : it.ns,
      services,
      schemas: it.documents(),
      schemaAddress: it.schemaAddress,
      address: addressIn(it.path, headers, publicUrl),
      about: it.about,
    }),
  )
}

function schemaNamed(name: string, { documents, path }: Described): FacadeAnswer {
  const all = documents()
  const found = all.find((it) => it.name === name)
  if (found === undefined)
    return notFound(`${path} has no schema ${name}.`, path, {
      mend: `Take one of ${all.map((it) => it.name).join(', ')}.`,
    })
  return xml(`<?xml version="1.0" encoding="UTF-8"?>\n${writeElement(found.root)}\n`)
}

function xml(text: string): FacadeAnswer {
  const contentType = 'text/xml; charset=utf-8'
  return { rendered: { status: 200, contentType, text }, headers: {} }
}

function notFound(
  reason: string,
  instance: string,
  mend: { readonly mend?: string } = {},
): FacadeAnswer {
  return { rendered: problemOfRow('unknown-path', reason, { instance, ...mend }), headers: {} }
}
