// A message in the form in which one party takes it: CIM as XML, SOAP, a vendor's JSON, a file, a notice.

import { dialectNamed, resourceFor } from '../../dialects/index.ts'
import type { VendorRoute } from '../../dialects/dialect.ts'
import { requestVerbOf } from '../../envelope/verbs.ts'
import { isObject, member, writeJson } from '../../schema/json-text.ts'
import type { Json, JsonObject } from '../../schema/json-text.ts'
import type { Binding, JsonBinding, SoapBinding } from '../parties/party.ts'
import { entriesOf, text } from '../tasks.ts'

/** One message as it goes out. */
export interface Carried {
  readonly request: string
  readonly contentType: string
  /** as in `Leg` */
  readonly target: string
}

/** Why the binding cannot carry it: nothing that a repetition mends. */
export interface Uncarried {
  readonly reason: string
}

/** What writing a message takes. */
export interface Carriage {
  /** generic, stamped, as CIM-JSON */
  readonly message: JsonObject
  /** the same as XML, with declaration */
  readonly xml: string
}

/** Wraps a message for SOAP; made by soap/. */
export type WriteSoap = (it: Carriage, binding: SoapBinding) => Carried | Uncarried

/** The message for a binding: one, or one for each object where a vendor takes them singly. */
export function carriedBy(
  binding: Binding,
  it: Carriage,
  writeSoap: WriteSoap,
): readonly Carried[] | Uncarried {
  switch (binding.type) {
    case 'cim-xml':
      return [{ request: it.xml, contentType: XML, target: '' }]
    case 'soap': {
      const made = writeSoap(it, binding)
      return 'reason' in made ? made : [made]
    }
    case 'file':
      return [
        binding.format === 'xml'
          ? { request: it.xml, contentType: XML, target: '' }
          : json(it.message, ''),
      ]
    case 'json':
      return binding.dialect === CIM_JSON ? [json(it.message, '')] : vendor(it.message, binding)
    case 'notify':
      // For people: what reads it makes sentences of it.
      return [json(it.message, binding.template)]
  }
}

const XML = 'application/xml; charset=utf-8'
/** the dialect that is none: CIM-JSON as it stands */
export const CIM_JSON = 'cim-json'

function json(it: Json, target: string): Carried {
  return { request: writeJson(it), contentType: 'application/json', target }
}

const ACTIONS: Readonly<Record<string, VendorRoute['action']>> = {
  create: 'create',
  change: 'change',
  delete: 'remove',
  cancel: 'remove',
  get: 'list',
}

function vendor(message: JsonObject, { dialect }: JsonBinding): readonly Carried[] | Uncarried {
  const header = member(message, 'header')
  const [noun, verb] = ['Noun', 'Verb'].map((name) => text(member(header, name)) ?? '') as [
    string,
    string,
  ]
  const resource = resourceFor(dialect, noun)
  if (resource === undefined)
    return {
      reason: `The dialect ${dialectNamed(dialect) === undefined ? `${dialect} is unknown` : `${dialect} has no counterpart of ${noun}`}.`,
    }
  const action = ACTIONS[requestVerbOf(verb) ?? verb]
  const content = entriesOf(member(message, 'payload')).find(([name]) => name === noun)?.[1]
  const { json: objects, problems } = resource.toVendor(withoutNs(content ?? {}))
  const [problem] = problems
  if (problem !== undefined)
    return { reason: `${problem.path}: ${problem.message} ${problem.mend}` }
  const isMeant = (it: VendorRoute) =>
    it.noun === noun && it.action === action && objects.every((one) => says(it, one))
  const route = resource.routes.find(isMeant)
  if (route === undefined)
    return { reason: `The dialect ${dialect} has no way to ${verb} ${noun}.` }
  return bodies(route, objects, content)
}

/** True for an object that is what the path of a route says. */
function says({ given = {} }: VendorRoute, object: JsonObject): boolean {
  return Object.entries(given).every(([name, value]) => object[name] === value)
}

function withoutNs(content: Json): Json {
  if (!isObject(content)) return content
  const { '@xmlns': _ns, ...rest } = content
  return rest
}

/** One request for all objects where the vendor takes lists, and one for each where its path names one. */
function bodies(route: VendorRoute, objects: readonly JsonObject[], content: Json | undefined) {
  const place = /\{\w+\}/
  if (!place.test(route.path)) {
    const all =
      route.shape === 'one'
        ? objects
        : [route.shape === 'many' || objects.length !== 1 ? objects : (objects[0] ?? {})]
    return all.map((it) => json(it, `${route.method} ${route.path}`))
  }
  const ids = mRIDsIn(content)
  return objects.map((it, at) => {
    const path = route.path.replace(place, encodeURIComponent(ids[at] ?? ''))
    return route.action === 'change'
      ? json(it, `${route.method} ${path}`)
      : { request: '', contentType: 'application/json', target: `${route.method} ${path}` }
  })
}

function mRIDsIn(content: Json | undefined): readonly string[] {
  const lists = isObject(content) ? Object.values(content).filter((it) => Array.isArray(it)) : []
  return lists.flat().map((it: Json) => text(member(it, 'mRID')) ?? '')
}
