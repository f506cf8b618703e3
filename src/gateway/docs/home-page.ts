// The page at /, until there is a console: what is served here, and where to go on.

import { FLOWS } from '../../flows/index.ts'
import type { SchemaSet } from '../../schema/schemas.ts'
import { resourceNouns, resourceOf } from '../nouns.ts'
import { filled } from '../route.ts'
import type { Route } from '../route.ts'
import { soapNouns } from '../soap/noun-in-path.ts'
import { markup, table } from './html.ts'
import type { Part } from './html.ts'
import { nounPath } from './noun-page.ts'
import type { Page } from './page.ts'

/**
 * Every route and every resource that keeps objects.
 * @param typical a noun whose paths stand for those of all
 */
export function homePage(routes: readonly Route[], schemas: SchemaSet, typical: string): Page {
  const inSoap = soapNouns(schemas)
  const soapNoun = inSoap.includes(typical) ? typical : (inSoap[0] ?? '')
  const rows = routes.map((it) => [
    it.method,
    markup`<code>${named(it.path, {})}</code>`,
    it.about,
    exampleOf(it, it.path.startsWith('/soap/') ? soapNoun : typical),
  ])
  const nouns = resourceNouns(schemas).map(
    (it) =>
      markup`<li><code>/api/v1/${resourceOf(it)}</code> <a href="${nounPath(it)}">${it}</a></li>`,
  )
  const body = markup`<h1>cimgate</h1>
    <p class="lead">A gateway between IEC 61968 CIM XML and JSON.</p>
    <p><a href="/docs">The nouns</a>, element by element · <a href="/docs/guide/flows">the flows</a>, with the life of their objects · <a href="/docs/guide/http">the HTTP interface</a> · <a href="/openapi.json">OpenAPI 3.1</a> · status events: <code>WS /status?topics=…&amp;since=…</code></p>
    <h2 id="paths">Paths</h2>
    ${table(['method', 'path', 'what', 'for example'], rows)}<h2 id="resources">Resources</h2>
    <ul>${nouns}</ul>`
  return { title: 'Start', about: 'A gateway between IEC 61968 CIM XML and JSON.', at: '/', body }
}

/** The path with names of things that are there, as a link where a browser may follow it. */
function exampleOf({ method, path }: Route, noun: string): Part {
  const names: Readonly<Record<string, string>> = {
    resource: encodeURIComponent(resourceOf(noun)),
    noun: encodeURIComponent(noun),
    page: 'http',
    flow: FLOWS[0].id,
  }
  const [own, given] = [named(path, names), named(path, {})]
  if (noun === '' || own === given) return ''
  return method === 'GET' && !own.includes('{')
    ? markup`<a href="${own}">${own}</a>`
    : markup`<code>${own}</code>`
}

/** A path with names for its parameters; of the others in braces. */
function named(path: string, names: Readonly<Record<string, string>>): string {
  return filled(path, (name) => names[name] ?? `{${name}}`)
}
