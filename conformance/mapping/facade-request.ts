// What a message is in a JSON façade: method, path and body. Only a request that loses nothing on that way has a form there;
// of everything else it is said why it has none. Made by the rules of CIM-JSON, and by nothing of the gateway that is judged.

import type { Json } from '../../src/index.ts'
import { resourceOf } from '../engine/mapping/samples.ts'
import { find, textAt } from '../find.ts'
import { MESSAGE } from '../peers/write.ts'
import { objectsOf } from '../transport/typed.ts'
import type { NamespaceOf } from '../transport/typed.ts'
import { readXml } from '../xml.ts'
import type { Node } from '../xml.ts'
import { jsonOf } from './json.ts'
import { schemaOf } from './schema.ts'
import type { Schema } from './schema.ts'
import type { Nouns } from '../engine/mapping/samples.ts'
import { treeOf } from './tree.ts'

/** A request of a façade. */
export interface FacadeAsk {
  readonly method: 'POST' | 'PATCH' | 'DELETE' | 'GET'
  /** from the root of the product */
  readonly path: string
  readonly json?: Json
  /** the noun of the objects in the answer */
  readonly noun: string
  /** of the message that it stands for */
  readonly messageID: string
}
/** It, or why there is none. */
export type Formed = FacadeAsk | { readonly none: string }

/** What is known of nouns. */
export type NounFacts = Pick<Nouns, 'nouns' | 'jsonSchema'>

/** A noun as the schemas in use have it. */
export interface NounForm {
  readonly ns: string
  readonly schema: Schema
}

/** The namespaces that payloads have by the schemas in use. */
export function payloadsOf({ nouns }: Pick<NounFacts, 'nouns'>): NamespaceOf {
  return (noun) => nouns.find((it) => it.noun === noun && it.selected)?.payloadNs
}

/** undefined where there is no such noun. @param verb some have another schema to be changed by */
export function nounForm(noun: string, nouns: NounFacts, verb = 'create'): NounForm | undefined {
  const whole = nouns.jsonSchema(noun, verb)
  const ns = payloadsOf(nouns)(noun)
  return whole === undefined || ns === undefined ? undefined : { ns, schema: schemaOf(whole) }
}

/** The request of a façade that a message is. */
export function facadeAsk(message: Uint8Array, nouns: NounFacts): Formed {
  const root = readXml(message)
  if (root === undefined) return { none: 'it is no XML that could be read' }
  if (Buffer.from(message).includes('<!DOCTYPE')) return { none: 'JSON has no DOCTYPE' }
  const why = strangeIn(root)
  if (why !== undefined) return { none: why }
  const verb = textAt(root, 'Header/Verb') ?? ''
  const form = FORMS[verb]
  return form === undefined ? { none: `the verb ${verb} has no method` } : form(root, nouns)
}

/** The header that a façade makes by itself: of any other one something would be lost. */
const HEADER = 'Verb Noun Revision Timestamp Source MessageID CorrelationID'

/** What of the envelope has no place in the façade. */
function strangeIn({ name, ns, children }: Node): string | undefined {
  if (name === 'EventMessage') return 'events have no form: the façade is asked, and asks nobody'
  if (name !== 'RequestMessage' || ns !== MESSAGE) return `its root is ${name} of ${ns}`
  const parts = children.map((it) => it.name)
  if (!['Header', 'Header Payload', 'Header Request'].includes(parts.join(' ')))
    return `it is made of ${parts.join(', ')}`
  if (children.some((it) => it.ns !== MESSAGE)) return 'a part of it is in another namespace'
  const header = find(children[0], '*')
  const names = header.map((it) => it.name).join(' ')
  const text = (of: string) => header.find((it) => it.name === of)?.text
  if (names !== HEADER) return `its Header, ${names || 'empty'}, is not one that the façade makes`
  if (text('CorrelationID') !== text('MessageID')) return 'its CorrelationID is one of its own'
  if (text('Revision') !== '1.0') return `its Revision is ${text('Revision')}`
  return INSTANT.test(text('Timestamp') ?? '') ? undefined : 'its Timestamp is no instant'
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/

const FORMS: Readonly<Record<string, (root: Node, nouns: NounFacts) => Formed>> = {
  create: (root, nouns) => {
    const sent = bodyOf(root, 'create', nouns)
    return 'none' in sent ? sent : { ...sent, method: 'POST', path: resource(sent.noun) }
  },
  change: (root, nouns) => {
    const sent = bodyOf(root, 'change', nouns)
    if ('none' in sent) return sent
    const mRID = onlyObject(find(root, 'Payload/*')[0])?.mRID
    if (mRID === undefined) return { none: NOT_ONE }
    return { ...sent, method: 'PATCH', path: one(sent.noun, mRID) }
  },
  delete: (root, nouns) => named(root, nouns, (path) => ({ method: 'DELETE', path })),
  cancel: (root, nouns) =>
    named(root, nouns, (path) => ({ method: 'POST', path: `${path}:cancel` })),
  close: (root, nouns) => named(root, nouns, (path) => ({ method: 'POST', path: `${path}:close` })),
  get: (root, nouns) => {
    const noun = objectsOf(textAt(root, 'Header/Noun') ?? '')
    const known = nounForm(noun, nouns)
    const path = known === undefined ? undefined : queryOf(root, noun)
    if (path === undefined) return { none: 'objects are asked for by one mRID or one name' }
    return { method: 'GET', path, noun, messageID: idOf(root) }
  },
}

const NOT_ONE = 'one request is about one object, which is named by its mRID'

function resource(noun: string): string {
  return `/api/v1/${resourceOf(noun)}`
}

function one(noun: string, mRID: string): string {
  return `${resource(noun)}/${encodeURIComponent(mRID)}`
}

function idOf(root: Node): string {
  return textAt(root, 'Header/MessageID') ?? ''
}

type Sent = Required<Pick<FacadeAsk, 'json'>> & Pick<FacadeAsk, 'noun' | 'messageID'>

/** The content of the payload as JSON, where the JSON stands for the very same payload. */
function bodyOf(root: Node, verb: string, nouns: NounFacts): Sent | { readonly none: string } {
  const [payload, ...more] = find(root, 'Payload/*')
  if (payload === undefined || more.length > 0) return { none: 'it has not one payload' }
  const noun = textAt(root, 'Header/Noun') ?? ''
  const form = nounForm(noun, nouns, verb) ?? nounForm(noun, nouns)
  if (form === undefined || payload.name !== noun || payload.ns !== form.ns)
    return { none: `its payload, ${payload.name} of ${payload.ns}, has no resource of its Noun` }
  const json = jsonOf(payload, form.schema)
  if (!isSame(payload, treeOf(noun, json, form.ns, form.schema)))
    return { none: 'JSON cannot say its payload: what is wrong in it is one of XML alone' }
  return { json, noun, messageID: idOf(root) }
}

/** By what is written, and not by where. */
function isSame(a: Node, b: Node): boolean {
  return (
    a.name === b.name &&
    a.ns === b.ns &&
    a.children.length === b.children.length &&
    (a.children.length > 0 || (a.raw ?? a.text) === (b.raw ?? b.text)) &&
    attributesOf(a) === attributesOf(b) &&
    a.children.every((it, at) => isSame(it, b.children[at] ?? a))
  )
}

function attributesOf({ attributes }: Node): string {
  const own = Object.entries(attributes).map(
    ([name, value]) => `${name.replace(/^.*:/, '')}=${value}`,
  )
  return own.sort().join('\n')
}

/** The only object of a payload, where it has an mRID. */
function onlyObject(payload: Node | undefined) {
  const [object, ...others] = payload?.children ?? []
  const mRID = textAt(object, 'mRID')
  return object === undefined || others.length > 0 || mRID === undefined
    ? undefined
    : { mRID, isAlone: object.children.length === 1 }
}

/** An object of which nothing is said but what it is called. */
function named(
  root: Node,
  nouns: NounFacts,
  ask: (path: string) => Pick<FacadeAsk, 'method' | 'path'>,
): Formed {
  const noun = textAt(root, 'Header/Noun') ?? ''
  const [payload, ...more] = find(root, 'Payload/*')
  const form = nounForm(noun, nouns)
  if (form === undefined || payload?.name !== noun || payload.ns !== form.ns || more.length > 0)
    return { none: 'its payload has no resource of its Noun' }
  const object = onlyObject(payload)
  if (object?.isAlone !== true) return { none: NOT_ONE }
  return { ...ask(one(noun, object.mRID)), noun, messageID: idOf(root) }
}

/** `<ID>`, or a query of one object by nothing but its mRID or its name. */
function queryOf(root: Node, noun: string): string | undefined {
  const [asked, ...more] = find(root, 'Request/*')
  if (asked === undefined || more.length > 0) return undefined
  if (asked.name === 'ID') return one(noun, asked.text)
  const [object, ...others] = asked.children
  if (object === undefined || others.length > 0 || object.children.length !== 1) return undefined
  const mRID = textAt(object, 'mRID')
  if (mRID !== undefined) return one(noun, mRID)
  const name = textAt(object, 'Names/name')
  return name === undefined ? undefined : `${resource(noun)}?${new URLSearchParams({ name })}`
}
