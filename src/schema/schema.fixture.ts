// For tests only: schemas and documents from text, judged by the model and by the XSD engine.

import { fileURLToPath } from 'node:url'
import type { Element } from '../envelope/element.ts'
import { loadEngine, parseXml } from '../shell/xml-in/index.ts'
import type { Judgement } from '../shell/xml-in/index.ts'
import { judgeBoth } from '../shell/xml-in/judge.fixture.ts'
import { validatorsOf } from '../shell/xml-in/validators.ts'
import { readSchemas } from '../shell/xml-in/xsd-read.ts'
import { catalogueOf } from './catalogue.ts'
import type { SchemaFile } from './catalogue.ts'
import { key } from './model.ts'
import type { ComplexType, ElementDecl, Model, Particle } from './model.ts'
import { schemasOf } from './schemas.ts'
import type { SchemaSet } from './schemas.ts'

await loadEngine()

/** The target namespace of schemas made by `xsd`, bound to `t` in them. */
export const T = 'urn:t'

/** The element tree of a document that must be well-formed. */
export function tree(xml: string): Element {
  const root = parseXml(Buffer.from(xml))
  if ('reason' in root) throw new Error(`${root.reason}\n${xml}`)
  return root
}

/** A schema text around some components; local elements are qualified unless `attributes` say otherwise. */
export function xsd(body: string, attributes = 'elementFormDefault="qualified"'): string {
  return `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="${T}" targetNamespace="${T}" ${attributes}>${body}</xs:schema>`
}

/** Loaded schema files; a path in the folder 0 is a shipped one. */
export function filesOf(texts: Readonly<Record<string, string>>): readonly SchemaFile[] {
  return Object.entries(texts).map(([location, text]) => ({
    location,
    path: location.slice(1),
    shipped: location.startsWith('/0/'),
    sha256: '',
    root: tree(text),
  }))
}

export function setOf(texts: Readonly<Record<string, string>>): SchemaSet {
  return schemasOf(catalogueOf(filesOf(texts)))
}

/** The model of one file that has the components, and of further files by location. */
export function modelOf(body: string, more: Readonly<Record<string, string>> = {}): Model {
  const text = body.startsWith('<xs:schema') ? body : xsd(body)
  const set = setOf({ '/0/t.xsd': text, ...more })
  return set.modelOf(set.catalogue.entries[0]?.file as SchemaFile)
}

/** A global element of the model. */
export function declared(model: Model, name: string, ns = T): ElementDecl {
  const decl = model.elements.get(key(ns, name))
  if (decl === undefined) throw new Error(`no element ${name}`)
  return decl
}

/** The content model of a complex type as people write it: `(a, b?, (c | d)*)`. */
export function contentOf(model: Model, name: string): string {
  const { content } = complex(model, name)
  return content.kind === 'particle' ? particleText(content.particle) : content.kind
}

/** Attributes of a complex type, `q:` where they have a namespace, `!` where they must be there. */
export function attributesOf(model: Model, name: string): readonly string[] {
  return complex(model, name).attributes.map(
    (it) => `${it.ns === '' ? '' : 'q:'}${it.name}:${it.type.builtin}${it.required ? '!' : ''}`,
  )
}

/** A complex type of the model. */
export function complex(model: Model, name: string): ComplexType {
  const type = model.types.get(key(T, name))
  if (type?.kind !== 'complex') throw new Error(`no complex type ${name}`)
  return type
}

function particleText(it: Particle): string {
  const times = `${it.min}..${it.max === Number.POSITIVE_INFINITY ? '*' : it.max}`
  const mark = ({ '1..1': '', '0..1': '?', '0..*': '*', '1..*': '+' } as Record<string, string>)[
    times
  ]
  const occurs = mark ?? `{${times}}`
  if (it.kind === 'element') return `${it.decl.ns === '' ? '-' : ''}${it.decl.name}${occurs}`
  if (it.kind === 'any') return `any${occurs}`
  const join = { sequence: ', ', choice: ' | ', all: ' & ' }[it.kind]
  return `(${it.items.map(particleText).join(join)})${occurs}`
}

/** The schemas that come with the product. */
export async function shipped(): Promise<SchemaSet> {
  const path = fileURLToPath(new URL('../../../xsd', import.meta.url))
  const { files } = await readSchemas([{ path, shipped: true }], parseXml)
  return schemasOf(catalogueOf(files))
}

/** What the XSD engine says of documents: `valid`, `invalid` … by the XSD alone. */
export function engine(set: SchemaSet): {
  readonly verdict: (xml: string) => string
  readonly json: (xml: string) => Judgement
} {
  const validators = validatorsOf(set)
  const only = ['wellformed', 'envelope-xsd', 'payload-xsd'] as const
  const json = (xml: string) => judgeBoth(Buffer.from(xml), set, validators, { only, json: true })
  return { verdict: (xml) => json(xml).verdict, json }
}
