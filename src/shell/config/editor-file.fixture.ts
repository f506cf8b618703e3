// deploy/cimgate.schema.json as it has to be: the schema of the configuration, with what deploy/cimgate.yaml says of each
// key. To write it: node src/launch.cjs --run src/shell/config/editor-file-run.fixture.js

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { certified } from '../tls/certificates.fixture.ts'
import { editorSchema } from './schema.ts'
import { below, formsOf, ownShape } from './shapes.ts'
import type { Shape } from './shapes.ts'
import { plain } from './tree.ts'
import type { Tree } from './tree.ts'
import { readYaml } from './yaml-text.ts'

const ROOT = new URL('../../../../', import.meta.url)

/** Where it lies. */
export const SCHEMA_FILE = fileURLToPath(new URL('deploy/cimgate.schema.json', ROOT))

/** The configuration that shows every key. */
export const SHOWN_FILE = fileURLToPath(new URL('deploy/cimgate.yaml', ROOT))

/** The same with its examples: the lines of comment right below an empty value, in whose place they are. */
export function withExamples(text: string): string {
  return text.replace(
    /: (?:\{\}|\[\])\n((?:#.*\n)+)/g,
    (_, lines: string) => `:\n${lines.replace(/^#/gm, '')}`,
  )
}

/** The same with files that there are in place of those that it names. */
export function withFiles(text: string): string {
  const folder = mkdtempSync(resolve(tmpdir(), 'cimgate-shown-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  return Object.entries(STAND_INS).reduce((said, [path, content], at) => {
    const file = resolve(folder, `${at}`)
    writeFileSync(file, content)
    return said.replaceAll(path, file)
  }, text)
}

const OWN = certified()

/** What stands in each file that deploy/cimgate.yaml names. */
const STAND_INS: Readonly<Record<string, string>> = {
  '/run/secrets/dms': 'a secret',
  '/etc/cimgate/acme-keys.json': '{"keys":[{"kty":"EC"}]}',
  '/run/secrets/tls-certificate': OWN.certificate,
  '/run/secrets/tls-key': OWN.key,
  '/run/secrets/client-authorities': OWN.certificate,
}

/** One place of a file: the keys above it, where `*` is any name or index. */
export interface Shown {
  readonly pattern: string
  readonly value: unknown
  /** the lines of comment right above it, as one; empty where there is none */
  readonly comment: string
}

/** Every key that a text shows. */
export function shownIn(text: string): readonly Shown[] {
  const { tree } = readYaml(text, (line, column) => ({ file: '', line, column }))
  const lines = text.split('\n')
  const extending = lines.findIndex((it) => it.startsWith('#extends: '))
  const base = { pattern: 'extends', value: '', comment: commentAbove(lines, extending) }
  return [
    base,
    ...(tree === undefined ? [] : shownBelow(tree, { shapes: [editorSchema()], lines })),
  ]
}

interface Above {
  readonly shapes: readonly Shape[]
  readonly lines: readonly string[]
  readonly pattern?: string
}

function shownBelow(tree: Tree, { shapes, lines, pattern = '' }: Above): readonly Shown[] {
  if (tree.kind === 'scalar') return []
  if (tree.kind === 'list')
    return tree.items.flatMap(({ node }, at) =>
      shownBelow(node, { shapes: below(shapes, at), lines, pattern: join(pattern, '*') }),
    )
  return [...tree.entries].flatMap(([key, { at, node }]) => {
    const isKey = shapes.some((it) => ownShape(it, key) !== undefined)
    const own = join(pattern, isKey ? key : '*')
    const comment = 'line' in at ? commentAbove(lines, at.line - 1) : ''
    const inner = { shapes: below(shapes, key), lines, pattern: own }
    return [{ pattern: own, value: plain(node), comment }, ...shownBelow(node, inner)]
  })
}

function join(pattern: string, step: string): string {
  return pattern === '' ? step : `${pattern}.${step}`
}

function commentAbove(lines: readonly string[], at: number): string {
  const above = lines.slice(0, at).reverse()
  const end = above.findIndex((it) => !/^\s*#/.test(it))
  return above
    .slice(0, end < 0 ? above.length : end)
    .reverse()
    .map((it) => it.replace(/^\s*# ?/, '').trim())
    .join(' ')
    .trim()
}

/** Every key that the schema knows, with its default; a secret is one, whether it is named or in a file. */
export function keysOf(
  shape: Shape,
  pattern = '',
): readonly { readonly pattern: string; readonly shape: Shape }[] {
  const forms = formsOf(shape)
  if (forms.some((it) => it.writeOnly === true)) return []
  return forms.flatMap((form) => [
    ...Object.entries(form.properties ?? {}).flatMap(([key, inner]) => [
      { pattern: join(pattern, key), shape: inner },
      ...keysOf(inner, join(pattern, key)),
    ]),
    ...[form.items, form.additionalProperties || undefined].flatMap((it) =>
      it === undefined ? [] : keysOf(it, join(pattern, '*')),
    ),
  ])
}

type Json = Readonly<Record<string, unknown>>

/** The schema for editors, as text. */
export function editorFile(): string {
  const shown = shownIn(withExamples(readFileSync(SHOWN_FILE, 'utf8')))
  const texts = new Map([...shown].reverse().map((it) => [it.pattern, it.comment]))
  const { $schema, ...whole } = described(editorSchema(), '', texts) as Json
  const file = {
    $schema,
    title: 'Configuration of cimgate',
    description: 'Every key with its default and unit stands in cimgate.yaml.',
    if: { type: 'object', properties: { extends: { type: 'string' } }, required: ['extends'] },
    then: { $ref: '#/$defs/difference' },
    else: { $ref: '#/$defs/whole' },
    $defs: { whole: nullable(whole), difference: nullable(difference(whole)) },
  }
  return `${JSON.stringify(shared(file), null, 2)}\n`
}

/** What stands in it more than once, and is longer than this, is defined once. */
const LONG = 200

function shared(file: Json & { readonly $defs: Json }): Json {
  const counts = new Map<string, number>()
  count(file, counts)
  const definitions: Record<string, unknown> = {}
  const names = new Map<string, string>()
  const visit = (it: unknown, key: string): unknown => {
    if (Array.isArray(it)) return it.map((one) => visit(one, key))
    if (!isObject(it)) return it
    const inner = () => mapped(it, (one, name) => visit(one, PLAIN.has(name) ? key : name))
    const text = JSON.stringify(it)
    if (text.length <= LONG || (counts.get(text) ?? 0) < 2 || !isSchema(it)) return inner()
    const known = names.get(text)
    if (known !== undefined) return { $ref: `#/$defs/${known}` }
    const name = [key, ...[2, 3, 4, 5, 6, 7, 8, 9].map((at) => `${key}${at}`)].find(
      (one) => !(one in definitions) && !(one in file.$defs),
    )
    if (name === undefined) return inner()
    names.set(text, name)
    definitions[name] = {}
    definitions[name] = inner()
    return { $ref: `#/$defs/${name}` }
  }
  const done = visit(file, 'value') as Json & { readonly $defs: Json }
  return inlined({ ...done, $defs: { ...done.$defs, ...definitions } })
}

/** Without definitions that only one place refers to. */
function inlined(file: Json & { readonly $defs: Json }): Json {
  const text = JSON.stringify(file)
  const isOnce = (name: string) => text.split(`{"$ref":"#/$defs/${name}"}`).length === 2
  const name = Object.keys(file.$defs).find((it) => !KEPT.has(it) && isOnce(it))
  if (name === undefined) return file
  const { [name]: definition, ...rest } = file.$defs
  const fill = (it: unknown): unknown => {
    if (Array.isArray(it)) return it.map(fill)
    if (!isObject(it)) return it
    return it['$ref'] === `#/$defs/${name}` ? definition : mapped(it, fill)
  }
  return inlined(fill({ ...file, $defs: rest }) as Json & { readonly $defs: Json })
}

const KEPT = new Set(['whole', 'difference'])

const PLAIN = new Set(['anyOf', 'oneOf', 'items', 'properties', 'additionalProperties'])

function count(it: unknown, counts: Map<string, number>): void {
  if (Array.isArray(it)) it.forEach((one) => count(one, counts))
  if (!isObject(it)) return
  const text = JSON.stringify(it)
  counts.set(text, (counts.get(text) ?? 0) + 1)
  Object.values(it).forEach((one) => count(one, counts))
}

/** Not the list of its properties. */
function isSchema(it: Json): boolean {
  return typeof it['type'] === 'string' || 'anyOf' in it || 'oneOf' in it
}

/** With what is said of each key. */
function described(it: unknown, pattern: string, texts: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(it)) return it.map((one) => described(one, pattern, texts))
  if (typeof it !== 'object' || it === null) return it
  const entries = Object.entries(it).map(([key, inner]: [string, unknown]) => {
    if (key === 'properties') return [key, properties(inner as Json, pattern, texts)]
    const step = key === 'items' || key === 'additionalProperties' ? join(pattern, '*') : pattern
    return [key, WALKED.has(key) ? described(inner, step, texts) : inner]
  })
  return Object.fromEntries(entries)
}

const WALKED = new Set(['items', 'additionalProperties', 'anyOf', 'oneOf'])

function properties(it: Json, pattern: string, texts: ReadonlyMap<string, string>): Json {
  return Object.fromEntries(
    Object.entries(it).map(([key, inner]) => {
      const own = join(pattern, key)
      const description = texts.get(own) ?? ''
      const shape = described(inner, own, texts) as Json
      return [key, { ...(description === '' ? {} : { description }), ...shape }]
    }),
  )
}

/** A file that extends another one leaves out what stands there; lists are whole in it, too. */
function difference(it: Json): Json {
  const { required: _, oneOf, ...rest } = it
  const forms = (rest['anyOf'] ?? oneOf) as readonly Json[] | undefined
  const within = (key: string) => {
    const inner = rest[key]
    return isObject(inner) ? { [key]: difference(inner) } : {}
  }
  return {
    ...rest,
    ...(forms === undefined ? {} : { anyOf: forms.map(difference) }),
    ...within('additionalProperties'),
    ...(isObject(rest['properties'])
      ? { properties: mapped(rest['properties'], (inner) => difference(inner as Json)) }
      : {}),
  }
}

/** A key without a value has its default. */
function nullable(it: unknown): unknown {
  if (Array.isArray(it)) return it.map(nullable)
  if (!isObject(it)) return it
  const required = (it['required'] ?? []) as readonly string[]
  const own = (inner: Json) =>
    mapped(inner, (one, name) =>
      required.includes(name) ? nullable(one) : orNull(nullable(one) as Json),
    )
  return mapped(it, (inner, key) => {
    if (key === 'additionalProperties' && isObject(inner)) return orNull(nullable(inner) as Json)
    return key === 'properties' && isObject(inner) ? own(inner) : nullable(inner)
  })
}

function orNull({ description, title, default: preset, ...rest }: Json): Json {
  const notes = { description, title, default: preset }
  return { ...(JSON.parse(JSON.stringify(notes)) as Json), anyOf: [rest, { type: 'null' }] }
}

function isObject(it: unknown): it is Json {
  return typeof it === 'object' && it !== null && !Array.isArray(it)
}

function mapped(it: Json, change: (inner: unknown, key: string) => unknown): Json {
  return Object.fromEntries(Object.entries(it).map(([key, inner]) => [key, change(inner, key)]))
}
