import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { docsRoutes } from './docs-routes.ts'
import type { DocumentRequest, Documents, Route, RouteParts } from './route.ts'

const test = suite('docs routes')

/** Parts of which nothing but the version may be touched. */
function partsWith(documents: Documents): RouteParts {
  const untouchable = new Proxy({}, { get: (_, name) => assert.unreachable(String(name)) })
  const parts = { schemas: untouchable, describe: { version: '7' }, documents }
  return parts as unknown as RouteParts
}

const REQUEST = {
  bytes: new Uint8Array(0),
  kind: 'none',
  params: { noun: 'Widgets' },
  query: { verb: 'change', other: 'x' },
  bodyHash: '',
  sender: { party: 'anonymous' },
  traceparent: '',
} as const

test('every document is asked for where documents are made, and no schema is touched here', async () => {
  const asked: (readonly [string, DocumentRequest])[] = []
  const documents: Documents = {
    answer: async (id, request, about) => {
      asked.push([id, request])
      const { version, routes: described } = about()
      structuredClone(described)
      assert.is(version, '7')
      const rendered = { status: 200, contentType: 'text/plain', text: id }
      return { rendered, headers: { ETag: '"1"' } }
    },
  }
  const routes: readonly Route[] = docsRoutes(partsWith(documents), () => routes)
  const headers = { host: 'h', 'user-agent': 'x' }
  for (const it of routes) {
    const { rendered } = await it.answer({ ...REQUEST, headers })
    assert.is(rendered.text, it.operation.id)
    const known = await it.answer({ ...REQUEST, headers: { ...headers, 'if-none-match': '"1"' } })
    assert.equal([known.rendered.status, known.rendered.text], [304, ''])
  }
  const request = { params: REQUEST.params, query: { verb: 'change' }, headers: { host: 'h' } }
  assert.equal(
    asked,
    routes.flatMap(({ operation: { id } }) => [
      [id, request],
      [id, request],
    ]),
  )
})

test.run()
