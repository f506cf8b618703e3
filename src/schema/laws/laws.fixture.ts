// For tests only: messages of every noun and of the schemas in fixtures/, equality of documents, and documents that
// say the same in other words.

import { fileURLToPath } from 'node:url'
import type { Attribute, Element } from '../../envelope/element.ts'
import { escapeAttribute, escapeText } from '../../envelope/escape.ts'
import { VERBS } from '../../envelope/verbs.ts'
import { loadEngine, parseXml } from '../../shell/xml-in/index.ts'
import type { Judgement } from '../../shell/xml-in/index.ts'
import { judgeBoth } from '../../shell/xml-in/judge.fixture.ts'
import { validatorsOf } from '../../shell/xml-in/validators.ts'
import { readSchemas } from '../../shell/xml-in/xsd-read.ts'
import { XML_NS, XSI_NS } from '../builtins.ts'
import { catalogueOf } from '../catalogue.ts'
import { isObject } from '../json-text.ts'
import type { Json, JsonObject } from '../json-text.ts'
import type { Declared } from '../message-json.ts'
import { key } from '../model.ts'
import { randomOf } from '../random.ts'
import type { Random } from '../random.ts'
import { sampleMessage, sampleRoot } from '../sample/sample.ts'
import { schemasOf } from '../schemas.ts'
import type { SchemaSet } from '../schemas.ts'
import { qualifiedName, scopeIn } from '../scope.ts'
import type { Scope } from '../scope.ts'

// Tests run compiled, four levels below the root.
const FOLDERS = ['../../../../xsd', '../../../../src/schema/fixtures'].map((it) => ({
  path: fileURLToPath(new URL(it, import.meta.url)),
  shipped: true,
}))

await loadEngine()
const { files } = await readSchemas(FOLDERS, parseXml)

/** The shipped schemas and those of fixtures/. */
export const SCHEMAS = schemasOf(catalogueOf(files))

/** True for what stands in fixtures/: all its namespaces begin so, and one file has none. */
function isFixture(ns: string): boolean {
  return ns === '' || ns.startsWith('urn:fixture:')
}

/** Nouns of the catalogue, without the roots of fixtures/. */
export const NOUNS: readonly string[] = [
  ...new Set(SCHEMAS.catalogue.nouns.filter((it) => !isFixture(it.payloadNs)).map((it) => it.noun)),
]

/** Schemas, and the judge that goes by them. */
export interface Bench {
  readonly schemas: SchemaSet
  /**
   * the verdict of the XML engine, with the CIM-JSON of a valid document; what is said without asking the engine has to
   * be the same
   */
  readonly judged: (document: string | Uint8Array) => Judgement
  readonly dispose: () => void
}

export function benchOf(schemas: SchemaSet): Bench {
  const validators = validatorsOf(schemas)
  const judged: Bench['judged'] = (document) => {
    const bytes = typeof document === 'string' ? Buffer.from(document) : document
    return judgeBoth(bytes, schemas, validators, { json: true })
  }
  return { schemas, judged, dispose: validators.dispose }
}

/** The bench of the shipped schemas and those of fixtures/. */
export const BENCH = benchOf(SCHEMAS)

export const { judged } = BENCH

/** A sample, and how to make it again. */
export interface Case {
  readonly label: string
  readonly json: JsonObject
  readonly bench: Bench
}

/** One message, if there is such a message. */
export function messageOf(
  noun: string,
  options: { readonly verb: string; readonly typed: boolean; readonly seed: number },
): Case | undefined {
  const json = sampleMessage(SCHEMAS, noun, options)
  const { verb, typed, seed } = options
  const label = `cimgate sample ${noun} --verb ${verb}${typed ? ' --typed' : ''} --seed ${seed}`
  return json === undefined ? undefined : { label, json, bench: BENCH }
}

/** Messages of a noun: every verb, generic and typed, with the seeds from 0 on. */
export function messagesOf(noun: string, seeds: number): readonly Case[] {
  return Object.keys(VERBS).flatMap((verb) =>
    [false, true].flatMap((typed) =>
      Array.from({ length: seeds }, (_, seed) => messageOf(noun, { verb, typed, seed })).filter(
        (it) => it !== undefined,
      ),
    ),
  )
}

/** A root with its declaration. */
export interface Root extends Declared {
  readonly noun: string
  readonly bench: Bench
}

/** Every root of fixtures/ that may stand in a document. */
export const ROOTS: readonly Root[] = SCHEMAS.catalogue.entries.flatMap((entry) =>
  (isFixture(entry.targetNamespace) ? entry.roots : []).flatMap((noun) => {
    const found = SCHEMAS.payload(entry.targetNamespace, noun, undefined)
    return found === undefined || found.decl.abstract ? [] : [{ ...found, noun, bench: BENCH }]
  }),
)

/** Bare payloads of one root, with the seeds from `from` on. */
export function payloadsOf(root: Root, seeds: number, from = 0): readonly Case[] {
  return Array.from({ length: seeds }, (_, at) => ({
    label: `${root.noun}, seed ${from + at}`,
    json: bare(root.decl, sampleRoot(root, from + at)),
    bench: root.bench,
  }))
}

/** The payload schemas of a noun, one for each variant. */
export function variantsOf(noun: string): readonly (Root & { readonly verb: string })[] {
  const all = Object.keys(VERBS).flatMap((verb) => {
    const found = SCHEMAS.payload(undefined, noun, verb)
    return found === undefined ? [] : [{ ...found, noun, verb, bench: BENCH }]
  })
  return all.filter((it, at) => all.findIndex((one) => one.model === it.model) === at)
}

/** CIM-JSON of a document whose root this is. */
export function bare(decl: Declared['decl'], content: Json): JsonObject {
  const inner = isObject(content) ? content : { $: content }
  return { [decl.name]: { '@xmlns': decl.ns, ...inner } }
}

/** The element tree of a document that must be well-formed. */
export function tree(xml: string): Element {
  const root = parseXml(Buffer.from(xml))
  if ('reason' in root) throw new Error(`${root.reason}\n${xml}`)
  return root
}

/**
 * A text that two documents share when they say the same: prefixes, the order of attributes, comments, white space
 * between elements and hints at schemas do not count (P-02).
 */
export function canonical(it: Element, outer: Scope = undefined): string {
  const scope = scopeIn(it, outer)
  const attributes = it.attributes
    .filter(isContent)
    .map((one) => attributeText(one, scope))
    .sort()
  const pieces = it.mixed ?? (it.children.length > 0 ? it.children : [it.text])
  const inner = pieces.map((one) =>
    typeof one === 'string' ? JSON.stringify(one) : canonical(one, scope),
  )
  return `${key(it.ns, it.name)}(${attributes.join(' ')})[${inner.join('').replaceAll('""', '')}]`
}

function isContent({ name, ns }: Attribute): boolean {
  return ns !== XSI_NS || !name.endsWith('chemaLocation')
}

function attributeText({ name, ns, value }: Attribute, scope: Scope): string {
  const said = ns === XSI_NS && name === 'type' ? qualifiedName(value, scope) : value
  return `${key(ns, name)}=${JSON.stringify(said)}`
}

/** The same document in other words: other prefixes, pretty-printed, with comments, CDATA, character references and hints. */
export function disguised(root: Element, random: Random): string {
  const prefixes = new Map<string, string>()
  const prefixOf = (ns: string): string => {
    if (ns === XML_NS) return 'xml:'
    if (!prefixes.has(ns)) prefixes.set(ns, `n${prefixes.size}`)
    return ns === '' ? '' : `${prefixes.get(ns)}:`
  }
  const body = rewritten(root, random, prefixOf, '')
  const declared = [...prefixes].filter(([ns]) => ns !== '')
  const xmlns = declared.map(([ns, prefix]) => ` xmlns:${prefix}="${escapeAttribute(ns)}"`).join('')
  const hint = ` xmlns:hint="${XSI_NS}" hint:schemaLocation="urn:x nowhere.xsd"`
  const start = body.search(/[\s/>]/)
  return `<?xml version="1.0"?>\n<!-- a comment -->${body.slice(0, start)}${xmlns}${hint}${body.slice(start)}\n<?end?>`
}

function rewritten(
  it: Element,
  random: Random,
  prefixOf: (ns: string) => string,
  gap: string,
): string {
  const name = `${prefixOf(it.ns)}${it.name}`
  // The old declarations stay: prefixes may stand in values, as in xsi:type.
  const xmlns = (it.declared ?? []).map(([prefix, ns]) =>
    attribute(prefix === '' ? 'xmlns' : `xmlns:${prefix}`, ns, random),
  )
  const attributes = random
    .shuffled(it.attributes)
    .map((one) => attribute(`${prefixOf(one.ns)}${one.name}`, one.value, random))
  const open = `${name}${[...xmlns, ...attributes].join('')}`
  const inside = content(it, random, prefixOf, `${gap}\t`)
  return inside === '' && random.chance(0.5) ? `<${open} />` : `<${open}\n>${inside}</${name} >`
}

function attribute(name: string, value: string, random: Random): string {
  const text = escapeAttribute(value).replaceAll("'", '&apos;')
  return random.chance(0.5) ? ` ${name}="${text}"` : `  ${name} = '${text}'`
}

function content(
  it: Element,
  random: Random,
  prefixOf: (ns: string) => string,
  gap: string,
): string {
  if (it.mixed !== null)
    return it.mixed
      .map((one) =>
        typeof one === 'string' ? text(one, random) : rewritten(one, random, prefixOf, ''),
      )
      .join('')
  if (it.children.length === 0) return text(it.text, random)
  const between = () => `\n${gap}${random.chance(0.2) ? '<!-- between --><?pi x?>' : ''}`
  return `${it.children.map((one) => between() + rewritten(one, random, prefixOf, gap)).join('')}\n`
}

/** CDATA would turn a carriage return into a line feed. */
function text(it: string, random: Random): string {
  if (it !== '' && !it.includes(']]>') && !it.includes('\r') && random.chance(0.3))
    return `<![CDATA[${it}]]>`
  return [...it]
    .map((one) => (/[a-z0-9]/.test(one) && random.chance(0.02) ? reference(one) : escapeText(one)))
    .join('')
}

function reference(it: string): string {
  return `&#x${(it.codePointAt(0) ?? 0).toString(16)};`
}

/** The same JSON with the members of every object in another order. */
export function permuted(value: Json, random: Random): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map((it) => permuted(it, random))
  if (!isObject(value)) return value
  const members = random.shuffled(Object.entries(value))
  return Object.fromEntries(members.map(([name, it]) => [name, permuted(it, random)]))
}

/** A stream of its own for a case. */
export function randomFor({ label }: { readonly label: string }, topic: string): Random {
  return randomOf(1, `${label} ${topic}`)
}
