// CIM-JSON of a whole message or bare payload -> XML text. The counterpart of message-json.ts.

import { isMessageKind } from '../envelope/message-kind.ts'
import { MESSAGE_NS } from '../envelope/namespaces.ts'
import { verbRow } from '../envelope/verbs.ts'
import { isObject, isTrue, member } from './json-text.ts'
import type { Json, JsonObject } from './json-text.ts'
import { PARTS } from './message-json.ts'
import type { Declared, Schemas } from './message-json.ts'
import { nearest } from './nearest.ts'
import { EXTENSION, shapeOf } from './shape.ts'
import type { Shape } from './shape.ts'
import { contentOf, toXml } from './to-xml.ts'
import { isFull, issuesOf, placed } from './writing.ts'
import type { JsonIssue, Writing } from './writing.ts'

/** The XML text (without declaration), or why there is none; with issues the text is not to be used. */
export interface Written {
  readonly xml: string
  readonly issues: readonly JsonIssue[]
}

/** A prefix for the message namespace inside typed messages, where it alternates with the typed one. */
const MESSAGE_PREFIX = 'm'

/**
 * A message as CIM-JSON, or a bare payload `{"DERGroups":{…}}`-like with one key.
 * @param verb under which a bare payload is meant
 * @returns all issues, never the first only
 */
export function messageFromJson(json: Json, schemas: Schemas, verb?: string): Written {
  if (!isObject(json))
    return failed(
      'JSON-TYPE',
      '',
      'a JSON object',
      'The message is no JSON object.',
      'Write { "header": …, "payload": … }.',
    )
  return isMessage(json) ? fromMessage(json, schemas) : fromBare(json, schemas, verb)
}

/** True for CIM-JSON of a whole message; a bare payload has one key, its root. */
export function isMessage(json: JsonObject): boolean {
  return (
    typeof json['message'] === 'string' ||
    Object.keys(PARTS).some((it) => isObject(json[it]) || Array.isArray(json[it]))
  )
}

function fromBare(json: JsonObject, schemas: Schemas, verb: string | undefined): Written {
  const [name, ...others] = Object.keys(json)
  if (name === undefined || others.length > 0) {
    return failed(
      'JSON-KEY',
      '',
      'one payload root, or header, request, reply and payload',
      'This is neither a message nor one payload.',
      'Write {"header":…,"payload":…} or one key with the noun.',
    )
  }
  const writing = writingOf(schemas, verb, new Map())
  const xml = foreign(schemas, verb, writing, name, json[name] ?? null, '')
  return xml === undefined
    ? failed(
        'JSON-KEY',
        `/${name}`,
        'a payload root that the catalogue has',
        `No schema has the root ${name}.`,
        'Check the noun, or give its schema with --xsd.',
      )
    : { xml, issues: issuesOf(writing) }
}

function fromMessage(json: JsonObject, schemas: Schemas): Written {
  const verb = textOf(member(json['header'], 'Verb'))
  const name = textOf(json['message']) ?? kindFor(json, verb)
  const ns = textOf(json['@xmlns']) ?? (isMessageKind(name) ? MESSAGE_NS : undefined)
  const found = schemas.message(ns, name, verb)
  if (found === undefined)
    return failed(
      'JSON-KEY',
      '',
      'RequestMessage, ResponseMessage, EventMessage, FaultMessage, Message or a typed root',
      `No schema has the message root ${name}.`,
      'Leave "message" out, or name a root that the catalogue has.',
    )
  const typed = found.decl.ns !== MESSAGE_NS
  const writing = writingOf(schemas, verb, new Map(typed ? [[MESSAGE_NS, MESSAGE_PREFIX]] : []))
  return { xml: root(json, found, writing, schemas, verb, typed), issues: issuesOf(writing) }
}

/** By the verb; a message without header and with a reply is a fault (IEC 61968-100 6.3.6). */
function kindFor(json: JsonObject, verb: string | undefined): string {
  if (json['header'] === undefined && json['reply'] !== undefined) return 'FaultMessage'
  const kind = verbRow(verb)?.kind
  return kind === 'event' ? 'EventMessage' : kind === 'reply' ? 'ResponseMessage' : 'RequestMessage'
}

function writingOf(
  schemas: Schemas,
  verb: string | undefined,
  prefixes: ReadonlyMap<string, string>,
): Writing {
  return {
    issues: [],
    more: 0,
    path: [],
    prefixes,
    foreign: (writing, parent, holder, name, value, defaultNs) => {
      if (parent !== 'Request' && parent !== 'Operation') return undefined
      return foreign(
        schemas,
        parent === 'Operation' ? operationVerb(holder) : verb,
        writing,
        name,
        value,
        defaultNs,
      )
    },
  }
}

function operationVerb(operation: JsonObject): string | undefined {
  return isTrue(member(operation, 'elementOperation'))
    ? 'change'
    : textOf(member(operation, 'verb'))
}

/** A payload root under its own key; undefined when the catalogue has none of that name and namespace. */
function foreign(
  schemas: Schemas,
  verb: string | undefined,
  writing: Writing,
  name: string,
  value: Json,
  defaultNs: string,
): string | undefined {
  const given = textOf(member(value, '@xmlns'))
  const found = schemas.payload(given, name, verb)
  if (found !== undefined) return toXml(writing, found.decl, value, found.model, defaultNs)
  const other = given === undefined ? undefined : schemas.payload(undefined, name, verb)
  // Known by another namespace: written as that, with an issue about what is given.
  return other === undefined ? undefined : toXml(writing, other.decl, value, other.model, defaultNs)
}

function root(
  json: JsonObject,
  { decl, model }: Declared,
  writing: Writing,
  schemas: Schemas,
  verb: string | undefined,
  typed: boolean,
): string {
  const shape = decl.type.kind === 'complex' ? shapeOf(decl.type, model) : undefined
  writing.path.push(decl.name)
  for (const name of Object.keys(json)) if (!TOP.includes(name)) refuseKey(writing, name)
  let content = ''
  for (const [name, part] of Object.entries(PARTS)) {
    const field = shape?.byKey.get(part)
    const value = json[name]
    if (value === undefined) continue
    if (field === undefined) refuseKey(writing, name)
    else if (name === 'payload')
      content += payload(writing, { decl: field.decl, model }, value, schemas, verb)
    else content += toXml(writing, field.decl, value, model, decl.ns)
  }
  const prefix = typed ? ` xmlns:${MESSAGE_PREFIX}="${MESSAGE_NS}"` : ''
  return `<${decl.name} xmlns="${decl.ns}"${prefix}>${content}</${decl.name}>`
}

const TOP: readonly string[] = ['message', '@xmlns', ...Object.keys(PARTS)]

/** Roots, OperationSet, Compressed and ID in the order given, Format last (PayloadType). */
function payload(
  writing: Writing,
  { decl, model }: Declared,
  value: Json,
  schemas: Schemas,
  verb: string | undefined,
): string {
  const shape = decl.type.kind === 'complex' ? shapeOf(decl.type, model) : undefined
  if (shape === undefined || (!isObject(value) && !Array.isArray(value)))
    return toXml(writing, decl, value, model, decl.ns)
  writing.path.push(decl.name)
  const entries = Array.isArray(value) ? value.flatMap(entriesOf) : entriesOf(value)
  const write = placesAmong(entries, writing, ([name, it]) =>
    entry(writing, shape, model, decl, schemas, verb, name, it),
  )
  const isFormat = ([name]: readonly [string, Json]) => name === 'Format'
  // Added up and not joined: a join would copy a large payload once more.
  let content = ''
  for (const it of entries) if (!isFormat(it)) content += write(it)
  for (const it of entries) if (isFormat(it)) content += write(it)
  writing.path.pop()
  return content === '' ? `<${decl.name}/>` : `<${decl.name}>${content}</${decl.name}>`
}

function entriesOf(it: Json): readonly (readonly [string, Json])[] {
  return isObject(it) ? Object.entries(it) : [['', it]]
}

/** Writes an entry, and gives its issues a place where several have its name, as only entries of an array can. */
function placesAmong(
  entries: readonly (readonly [string, Json])[],
  writing: Writing,
  write: (entry: readonly [string, Json]) => string,
): typeof write {
  const names = new Set(entries.map(([name]) => name))
  if (names.size === entries.length) return write
  const seen = new Map<string, number>()
  const isRepeated = (name: string) => entries.filter(([it]) => it === name).length > 1
  return (it) => {
    const [name] = it
    const [place, before, depth] = [seen.get(name) ?? 0, writing.issues.length, writing.path.length]
    seen.set(name, place + 1)
    const written = write(it)
    if (writing.issues.length > before && isRepeated(name)) placed(writing, before, depth, place)
    return written
  }
}

function entry(
  writing: Writing,
  shape: Shape,
  model: Declared['model'],
  holder: Declared['decl'],
  schemas: Schemas,
  verb: string | undefined,
  name: string,
  value: Json,
): string {
  const field = shape.byKey.get(name)
  if (field === undefined && name !== EXTENSION)
    return foreign(schemas, verb, writing, name, value, holder.ns) ?? refuseKey(writing, name)
  return contentOf(writing, holder.type, { [name]: value }, model, holder.ns)
}

function refuseKey(writing: Writing, name: string): string {
  if (isFull(writing)) return ''
  const near = nearest(name, TOP)
  writing.issues.push({
    rule: 'JSON-KEY',
    path: `/${writing.path.join('/')}`,
    expected: TOP.join(', '),
    found: name,
    message: `"${name}" has no place in ${writing.path.at(-1) ?? 'the message'}, and no schema has a root of that name.`,
    mend:
      near === undefined || near === name
        ? `Take "${name}" out, or give its schema with --xsd.`
        : `Did you mean "${near}"?`,
  })
  return ''
}

function textOf(it: Json | undefined): string | undefined {
  return typeof it === 'string' ? it : undefined
}

function failed(
  rule: JsonIssue['rule'],
  path: string,
  expected: string,
  message: string,
  mend: string,
): Written {
  return { xml: '', issues: [{ rule, path, expected, found: '', message, mend }] }
}
