// The examples of a vendor's own paths, sent as the document has them.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openFixture } from '../gateway.fixture.ts'

const test = suite('openapi: examples of vendors')
const gateway = await openFixture()
test.after(() => gateway.close())

interface Creating {
  readonly post?: {
    readonly requestBody: {
      readonly content: Readonly<Record<string, { readonly example: unknown }>>
    }
  }
}

/** Examples that follow their schema, and that the flow does not take: they are generated from the schema alone. */
const REFUSED: Readonly<Record<string, readonly [status: number, why: string]>> = {
  '/vendor/example/groups/form': [422, 'GRP-TARIFF'],
  '/vendor/example/groups/dissolve': [422, 'GRP-GROUP'],
  '/vendor/example/service-requests': [409, 'dermsNotified'],
  '/vendor/example/agreements': [409, 'CA-PROVIDER'],
}

test('a vendor takes the example in its own words, and what refuses it is no schema', async () => {
  const { text } = await gateway.ask('GET', '/openapi.json')
  const { paths } = JSON.parse(text) as { readonly paths: Readonly<Record<string, Creating>> }
  const creates = Object.entries(paths).flatMap(([path, { post }]) =>
    path.startsWith('/vendor/') && post !== undefined ? [{ path, post }] : [],
  )
  assert.ok(creates.length > Object.keys(REFUSED).length)
  for (const { path, post } of creates) {
    const body = JSON.stringify(post.requestBody.content['application/json']?.example)
    const made = await gateway.ask('POST', path, { body })
    const [status, why] = REFUSED[path] ?? [201, '']
    assert.is(made.status, status, `${path}: ${made.text}`)
    assert.match(made.text, why)
    if (status === 201) await gateway.ask('DELETE', made.headers?.['Location'] ?? '')
  }
})

test.run()
