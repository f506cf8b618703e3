// The pages beside the nouns: HTTP interface, CIM-JSON, envelope, errors. All of them from the tables they show.

import { anchorOf } from '../problem.ts'
import { ERRORS, errorRow } from '../../envelope/errors.ts'
import type { ErrorCode } from '../../envelope/errors.ts'
import { httpOf, REPLY_CODES } from '../../envelope/reply-codes.ts'
import { RULES } from '../../envelope/rules.ts'
import { VERBS } from '../../envelope/verbs.ts'
import type { VerbRow } from '../../envelope/verbs.ts'
import { CIM_JSON_RULES } from '../../schema/cim-json-rules.ts'
import { rowsOf } from '../../schema/content-rows.ts'
import { member } from '../../schema/json-text.ts'
import type { Json, JsonObject } from '../../schema/json-text.ts'
import type { SchemaSet } from '../../schema/schemas.ts'
import { TAGS } from '../operation.ts'
import type { Tag } from '../operation.ts'
import { resourceNouns, resourceOf } from '../nouns.ts'
import { dialectsPage } from './dialects-page.ts'
import { elementTable } from './element-table.ts'
import { flowsPage } from './flows-page.ts'
import { folded, markup, prose, table } from './html.ts'
import { nounPath } from './noun-page.ts'
import { operationList, operationsIn } from './operation-list.ts'
import type { ListedOperation } from './operation-list.ts'
import type { Page } from './page.ts'
import { ruleTable } from './rule-table.ts'
import { listedTypes, typeList } from './type-list.ts'

/** What the pages are made from. */
export interface GuideParts {
  readonly schemas: SchemaSet
  /** path items of everything but resources */
  readonly paths: JsonObject
  /** path items of one noun, that stand for all */
  readonly resourcePaths: JsonObject
}

/** Every page by the last step of its path. */
export const GUIDES: Readonly<Record<string, (parts: GuideParts) => Page>> = {
  flows: flowsPage,
  http: httpPage,
  'cim-json': cimJsonPage,
  envelope: envelopePage,
  dialects: dialectsPage,
  errors: errorsPage,
}

function httpPage({ schemas, paths, resourcePaths }: GuideParts): Page {
  const operations = operationsIn(paths)
  const groups = (Object.keys(TAGS) as readonly Tag[]).map((tag) => {
    const own =
      tag === 'Resources' ? generic(resourcePaths) : operations.filter((it) => isTagged(it, tag))
    const list = tag === 'Resources' ? resources(schemas) : ''
    return markup`<h2 id="${tag.toLowerCase()}">${tag}</h2><p>${TAGS[tag]}</p>${operationList(own)}${list}`
  })
  const body = markup`<h1>HTTP interface</h1>
    <p class="lead">Everything that is served, as <a href="/openapi.json">OpenAPI 3.1</a> says it.</p>
    <p>Status events come over WebSocket: <code>WS /status?topics=…&amp;since=…</code>.</p>
    ${groups}`
  const contents = Object.keys(TAGS).map((it) => [it.toLowerCase(), it] as const)
  return {
    title: 'HTTP interface',
    about: 'Every path that is served.',
    at: '/docs/guide/http',
    body,
    contents,
  }
}

function isTagged({ operation }: ListedOperation, tag: string): boolean {
  const tags = member(operation, 'tags')
  return Array.isArray(tags) && tags.includes(tag)
}

/** The operations of one noun in the words for all. */
function generic(paths: JsonObject): readonly ListedOperation[] {
  return operationsIn(paths).map((it) => ({
    ...it,
    path: it.path.replace(/^\/api\/v1\/[^/]+/, '/api/v1/<resource>'),
    operation: { ...it.operation, summary: genericSummary(it.operation) },
  }))
}

function genericSummary(operation: JsonObject): Json {
  const [id, summary] = [member(operation, 'operationId'), member(operation, 'summary')]
  const noun = typeof id === 'string' ? id.replace(/^[a-z]+/, '') : ''
  return typeof summary === 'string' ? summary.replace(noun, 'a noun') : ''
}

function resources(schemas: SchemaSet) {
  const items = resourceNouns(schemas).map(
    (it) => markup`<li><a href="${nounPath(it)}#http"><code>${resourceOf(it)}</code></a></li>`,
  )
  return markup`<p><code>&lt;resource&gt;</code> is one of these:</p><ul class="columns">${items}</ul>`
}

function cimJsonPage(): Page {
  const rows = CIM_JSON_RULES.map(([xml, json]) => [xml, prose(json)])
  const body = markup`<h1>CIM-JSON</h1>
    <p class="lead">One JSON form for every noun, derived from its schema. XML to JSON and back to XML gives the same document in canonical form.</p>
    ${table(['in XML', 'in CIM-JSON'], rows)}<p>Key order in JSON never matters. Unknown and duplicate keys are refused, the nearest name is suggested. No value is ever read as a floating-point number.</p>
    <p>Every noun has its JSON Schema and a sample in both forms on its page; <code>POST /api/v1/convert</code> converts any message.</p>`
  return { title: 'CIM-JSON', about: 'How XML becomes JSON.', at: '/docs/guide/cim-json', body }
}

function envelopePage({ schemas }: GuideParts): Page {
  const rules = RULES.map((it) => [it.id, it.level, it.replyCode, it.clause || 'ours', it.text])
  const verbs = Object.entries<VerbRow>(VERBS).map(([verb, it]) => [
    markup`<code>${verb}</code>`,
    it.kind,
    PAYLOADS[it.payload],
    it.event === undefined ? '' : markup`<code>${it.event}</code>`,
  ])
  const body = markup`<h1>Message envelope</h1>
    <p class="lead">Header, Request or Reply, and Payload of IEC 61968-100, edition 1 (2013).</p>
    <h2 id="verbs">Verbs</h2>
    ${table(['verb', 'kind', 'payload', 'its event'], verbs)}<h2 id="rules">Rules that the schema cannot say</h2>
    <p>A MUST that is broken is an error, a SHOULD a warning; <code>code</code> is the reply code.</p>
    ${table(['rule', 'level', 'code', 'clause', 'what it asks'], rules)}<h2 id="messages">Messages</h2>
    ${MESSAGES.map((it) => messageElements(schemas, it))}`
  const contents = [
    ['verbs', 'Verbs'],
    ['rules', 'Rules'],
    ['messages', 'Messages'],
  ] as const
  return {
    title: 'Envelope',
    about: 'The message envelope and its rules.',
    at: '/docs/guide/envelope',
    body,
    contents,
  }
}

const PAYLOADS: Readonly<Record<VerbRow['payload'], string>> = {
  object: 'must hold an object',
  'object-or-id': 'an object, or an ID',
  optional: 'may be absent',
}

const MESSAGES = ['RequestMessage', 'ResponseMessage', 'EventMessage', 'FaultMessage'] as const

/** The ids of one message's lines would be those of another, so only the first has its types listed. */
function messageElements(schemas: SchemaSet, name: string) {
  const declared = schemas.message(undefined, name, undefined)
  if (declared === undefined) return ''
  const rows = rowsOf(declared).map((it) => ({
    ...it,
    id: `${name}/${it.id}`,
    ...('openedAt' in it && it.openedAt !== undefined
      ? { openedAt: `${name}/${it.openedAt}` }
      : {}),
  }))
  const isFirst = name === MESSAGES[0]
  return folded(
    markup`<code>${name}</code>`,
    markup`${elementTable(rows, isFirst ? listedTypes(rows) : new Set())}${isFirst ? typeList(rows, declared) : ''}`,
    isFirst,
  )
}

function errorsPage(): Page {
  const codes = Object.keys(ERRORS) as readonly ErrorCode[]
  const rows = codes.map((it) => {
    const { whose, replyCode, http, text, remedy } = errorRow(it)
    const status = typeof http === 'number' ? `${http}` : `${http.path} or ${http.body}`
    return [markup`<code id="${it}">${it}</code>`, whose, replyCode, status, text, remedy]
  })
  const replies = REPLY_CODES.map(({ code, text }) => [
    markup`<span id="${anchorOf(code)}">${code}</span>`,
    `${httpOf(code)}`,
    text,
  ])
  const body = markup`<h1>Errors</h1>
    <p class="lead">Every way in which a request is refused or fails: whose fault it is, and what to do.</p>
    <p>Errors of the JSON interface are problem documents (RFC 9457) with the reply codes of the CIM side in them; those of <code>/cim</code> are in the Reply of a ResponseMessage or FaultMessage.</p>
    <h2 id="errors">Errors</h2>
    ${table(['error', 'whose', 'code', 'HTTP', 'what', 'what to do'], rows)}<p class="note">a or b: the object is named by the path, or by the body.</p>
    <h2 id="codes">Reply codes</h2>
    ${table(['code', 'HTTP', 'what'], replies)}<h2 id="rules">Business rules</h2>
    <p>What is valid may still not be accepted: <code>rule=…</code> in the details of an Error, <code>rule</code> of a problem document and of its findings. Who has to act is the sender, but for <code>GRP-CAP</code>, which a third party falls short of. A step that a lifecycle does not have is refused as <code>&lt;lifecycle&gt;-&lt;state&gt;-&lt;step&gt;</code>, and says what can be done instead.</p>
    ${ruleTable()}`
  const contents = [
    ['errors', 'Errors'],
    ['codes', 'Reply codes'],
    ['rules', 'Business rules'],
  ] as const
  return {
    title: 'Errors',
    about: 'Errors, reply codes and business rules.',
    at: '/docs/guide/errors',
    body,
    contents,
  }
}
