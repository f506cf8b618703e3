// Until there is a console: what is served here, for a person who opens the address in a browser.

import type { SchemaSet } from '../schema/schemas.ts'
import { resourceOf } from './nouns.ts'
import type { Route } from './route.ts'

const STYLE =
  'body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1b1f24}' +
  'code{background:#f2f4f6;padding:.1em .3em}td{padding:.2rem .8rem .2rem 0;vertical-align:top}'

/** The page at /: every route and every resource that keeps objects. Nothing in it comes from outside. */
export function startPage(routes: readonly Route[], { catalogue }: SchemaSet): string {
  const rows = routes.map(
    (it) => `<tr><td>${it.method}</td><td><code>${it.path}</code></td><td>${it.about}</td></tr>`,
  )
  const kept = catalogue.nouns.filter((it) => catalogue.queried(it.noun) === undefined)
  const nouns = [...new Set(kept.map((it) => it.noun))].map(
    (it) => `<li><code>/api/v1/${resourceOf(it)}</code> ${it}</li>`,
  )
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>cimgate</title>
<style>${STYLE}</style>
<h1>cimgate</h1><p>A gateway between IEC 61968 CIM XML and JSON. Status events: <code>WS /status?topics=…&amp;since=…</code></p>
<table>${rows.join('\n')}</table><h2>Resources</h2><ul>${nouns.join('\n')}</ul></html>\n`
}
