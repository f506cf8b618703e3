// The page of one noun: what it is, its elements, types, messages, HTTP interface and samples.

import { NO_NAMESPACE } from '../../schema/bare.ts'
import { writeJson } from '../../schema/json-text.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import { rowsOf } from '../../schema/content-rows.ts'
import { indented } from '../../schema/indent.ts'
import { messageFromJson } from '../../schema/message-xml.ts'
import { sampleMessage, usualVerb } from '../../schema/sample/sample.ts'
import type { SchemaSet } from '../../schema/schemas.ts'
import { familyOf, resourceOf } from '../nouns.ts'
import { usable } from '../usable.ts'
import { elementTable } from './element-table.ts'
import { flowLink } from './flow-link.ts'
import { code, facts, folded, markup, table } from './html.ts'
import type { Html, Part } from './html.ts'
import type { DocumentedNoun, Wanted } from './noun.ts'
import { exampleOf, operationList, operationsIn } from './operation-list.ts'
import type { ListedOperation } from './operation-list.ts'
import type { Page } from './page.ts'
import { listedTypes, typeList } from './type-list.ts'

/** What the page is made with. */
export interface NounPageParts {
  readonly schemas: SchemaSet
  /** path items of the noun's resource */
  readonly paths: JsonObject
  /** where the reader has found this server */
  readonly address: string
  readonly wanted: Wanted
}

/** @param it the noun in the edition and variant that was asked for */
export function nounPage(it: DocumentedNoun, parts: NounPageParts): Page {
  const rows = rowsOf(it.declared)
  const operations = operationsIn(parts.paths)
  const body = markup`<h1>${it.noun} ${statusTag(it)}</h1>
    ${it.summary === '' ? '' : markup`<p class="lead">${it.summary}</p>`} ${aboutNoun(it)} ${variants(it, parts.wanted)}<h2 id="elements">Elements</h2>
    <p class="note">Names in bold must be there. Each type is opened where it is met first; CIM names in italics are read off the names of the profile, all others are stated by the schema.</p>
    ${elementTable(rows, listedTypes(rows))}<h2 id="types">Types</h2>
    ${typeList(rows, it.declared)}<h2 id="messages">Messages</h2>
    ${messages(it)}<h2 id="http">HTTP</h2>
    ${http(it, operations, parts.address)}<h2 id="samples">Samples</h2>
    ${samples(it, parts.schemas)}<h2 id="downloads">Downloads</h2>
    ${downloads(it, parts.wanted)}`
  const contents = ['Elements', 'Types', 'Messages', 'HTTP', 'Samples', 'Downloads'].map(
    (name) => [name.toLowerCase(), name] as const,
  )
  return { title: it.noun, about: it.summary, at: '/docs', body, contents }
}

function statusTag({ row }: DocumentedNoun): Part {
  return row === undefined ? '' : markup`<span class="tag ${row.status}">${row.status}</span>`
}

function aboutNoun({
  noun,
  entry,
  row,
  provenance,
  version,
  queried,
  queriedBy,
}: DocumentedNoun): Html {
  return markup`${facts([
    ['Part', row === undefined ? '' : familyOf(row)],
    ['Edition', entry.key],
    ['Namespace', isBare(entry) ? 'none' : markup`<code>${entry.targetNamespace}</code>`],
    [
      'Namespace of typed messages',
      row === undefined || isBare(entry) ? '' : markup`<code>${row.messageNs}</code>`,
    ],
    ['Version of the schema', version],
    ['Schema file', markup`<code>${entry.file.path}</code>`],
    ['SHA-256', markup`<code>${entry.file.sha256.slice(0, 16)}…</code>`],
    ['Asks for', queried === undefined ? '' : nounLink(queried)],
    ['Asked for by', queriedBy === undefined ? noun : nounLink(queriedBy)],
  ])}${provenance.map((it) => markup`<p class="note">${it}</p>`)}`
}

/** A link to the page of a noun. */
export function nounLink(noun: string): Html {
  return markup`<a href="${nounPath(noun)}">${noun}</a>`
}

/** Where the page of a noun is. */
export function nounPath(noun: string, end = ''): string {
  return `/docs/${encodeURIComponent(noun)}${end}`
}

/** Other variants and editions of the noun; nothing where there is only one. */
function variants({ noun, rows, entry }: DocumentedNoun, wanted: Wanted): Part {
  if (rows.length < 2) return ''
  const lines = rows.map((it) => {
    const isShown =
      it.path === entry.file.path && (it.variant === 'unconstrained') === isChange(wanted)
    const verb = it.variant === 'unconstrained' ? '&verb=change' : ''
    const path = nounPath(noun, `?namespace=${encodeURIComponent(it.payloadNs)}${verb}`)
    const name = `${it.variant}, ${it.key}`
    return [
      isShown ? markup`<strong>${name}</strong>` : markup`<a href="${path}">${name}</a>`,
      it.variant === 'unconstrained' ? 'change, delete and what resembles them' : 'everything else',
      markup`<code>${it.payloadNs}</code>`,
      it.selected ? 'used where no namespace is given' : '',
    ]
  })
  return markup`<h2 id="variants">Variants and editions</h2>
    ${table(['schema', 'judges', 'namespace', ''], lines)}`
}

function isChange({ verb }: Wanted): boolean {
  return verb === 'change'
}

function isBare({ targetNamespace }: DocumentedNoun['entry']): boolean {
  return targetNamespace === ''
}

function messages({ noun, flows, queried, entry }: DocumentedNoun): Html {
  if (isBare(entry))
    return markup`<p>None about ${noun}: ${NO_NAMESPACE}. <code>POST /api/v1/validate</code> and <code>POST /api/v1/convert</code> take its documents as they are, without an envelope.</p>`
  const byFlow = new Map<
    string,
    { readonly verbs: string[]; readonly about: string; readonly pattern: string }
  >()
  for (const [verb, { id, about, pattern }] of flows) {
    const known = byFlow.get(id) ?? { verbs: [], about, pattern }
    known.verbs.push(verb)
    byFlow.set(id, known)
  }
  if (queried !== undefined)
    return markup`<p>A query: it stands in the Request of a <code>get</code> and asks for ${nounLink(queried)}.</p>`
  const rows = [...byFlow].map(([id, { verbs, about, pattern }]) => [
    markup`${verbs.map((it, at) => markup`${at === 0 ? '' : ', '}<code>${it}</code>`)}`,
    pattern === 'RR' ? 'request and reply' : 'event',
    about,
    flowLink(id),
  ])
  return markup`<p>Verbs with which ${noun} may be sent to <code>POST /cim</code>.</p>
    ${table(['verbs', 'pattern', 'what', 'flow'], rows)}`
}

function http(it: DocumentedNoun, operations: readonly ListedOperation[], address: string): Html {
  if (isBare(it.entry)) return markup`<p>No resource: ${NO_NAMESPACE}.</p>`
  if (operations.length === 0)
    return markup`<p>No resource of its own; send messages to <code>POST /cim</code>.</p>`
  const create = operations.find(({ method }) => method === 'POST')
  const body = create === undefined ? undefined : exampleOf(create.operation, 'content')
  const path = `/api/v1/${encodeURIComponent(resourceOf(it.noun))}`
  const curl = `curl -s ${address}${path} -H 'Content-Type: application/json' -d ${quoted(body ?? '')}`
  return markup`<p>One resource, <code>${path}</code>; machine-readable in <a href="/openapi.json?noun=${encodeURIComponent(it.noun)}">OpenAPI</a>.</p>
    ${operationList(operations)} ${body === undefined ? '' : folded('Create one with curl', code(curl))}`
}

/** As one word of a POSIX shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}

function samples({ noun, flows, entry }: DocumentedNoun, schemas: SchemaSet): Html {
  if (isBare(entry)) return markup`<p>No messages: ${NO_NAMESPACE}.</p>`
  const usual = usualVerb(schemas, noun)
  const verbs = [
    usual,
    ...flows.map(([verb]) => verb).filter((it) => it !== usual && SHOWN.includes(it)),
  ]
  const all = verbs.map((verb, at) => sample(schemas, noun, verb, at === 0))
  return markup`<p class="note">Made from the schema; <code>cimgate sample ${noun}</code> makes more. Namespace <code>${entry.targetNamespace}</code>.</p>
    ${all}`
}

/** verbs that are worth a sample beside the usual one */
const SHOWN: readonly string[] = ['change', 'delete', 'execute', 'created']

function sample(schemas: SchemaSet, noun: string, verb: string, isOpen: boolean): Part {
  const made = usable(() => sampleMessage(schemas, noun, { verb, seed: 0 }))
  if ('unusable' in made)
    return markup`<p><strong>No sample of ${verb}:</strong> ${made.unusable}.</p>`
  const message = made.made
  if (message === undefined) return ''
  const { xml } = messageFromJson(message, schemas)
  const sides = markup`<div class="sides"><div><h4>XML</h4>${code(indented(xml))}</div>
    <div><h4>CIM-JSON</h4>${code(writeJson(message, 2))}</div>
    </div>`
  return folded(markup`<code>${verb}</code> ${noun}`, sides, isOpen)
}

function downloads({ noun, entry, declared, rows }: DocumentedNoun, wanted: Wanted): Html {
  const query = new Array<string>()
  if (wanted.namespace !== undefined)
    query.push(`namespace=${encodeURIComponent(wanted.namespace)}`)
  if (wanted.verb !== undefined) query.push(`verb=${encodeURIComponent(wanted.verb)}`)
  const end = query.length === 0 ? '' : `?${query.join('&')}`
  const others = entry.files.filter((it) => it !== entry.file).map((it) => it.path)
  return markup`<ul><li><a href="${nounPath(noun, `.xsd${end}`)}">${noun}.xsd</a>: the schema as it is on disk${others.length === 0 ? '' : `; it includes ${others.join(', ')}`}</li><li><a href="${nounPath(noun, `.schema.json${end}`)}">${noun}.schema.json</a>: JSON Schema 2020-12 of ${declared.decl.name} in CIM-JSON</li>${rows.length > 1 ? markup`<li>the other variants: see above</li>` : ''}</ul>`
}
