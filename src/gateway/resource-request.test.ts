import { cursorOf } from './cursor.ts'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { facadeRequest, pageOf, pathIn, revisionsIn } from './resource-request.ts'
import type { RouteRequest } from './route.ts'

const test = suite('resource request')

const request = (more: Partial<RouteRequest>): RouteRequest => ({
  bytes: new Uint8Array(),
  kind: 'none',
  params: {},
  query: {},
  headers: {},
  bodyHash: 'hash',
  sender: { party: 'p' },
  traceparent: '',
  ...more,
})

/** [If-Match, revisions] */
const TAGS: readonly (readonly [string, ReturnType<typeof revisionsIn>])[] = [
  ['*', 'any'],
  ['"1"', ['1']],
  ['"1" , "2"', ['1', '2']],
  ['W/"1", "2"', ['2']],
  ['"a,b"', ['a,b']],
  ['""', ['']],
  ['1', undefined],
  ['"1', undefined],
  ['"1" "2"', undefined],
  ['"1",', undefined],
  ['*, "1"', undefined],
  ['', undefined],
]

for (const [text, revisions] of TAGS)
  test(`If-Match ${text}`, () => assert.equal(revisionsIn(text), revisions))

test('an absent If-Match allows any revision', () => {
  const made = facadeRequest('X', '/x', request({}))
  assert.not.ok('ifMatch' in made)
})

test('writes the path of a request again', () => {
  assert.is(
    pathIn('/api/v1/:resource/:mRID', { resource: 'x', mRID: 'a/b c' }),
    '/api/v1/x/a%2Fb%20c',
  )
})

test('reads a page, and refuses one of no size', () => {
  assert.equal(pageOf(request({})), { limit: 100 })
  assert.equal(
    pageOf(request({ query: { limit: '5', after: cursorOf('objects', 'x'), name: 'n' } })),
    {
      limit: 5,
      after: 'x',
      name: 'n',
    },
  )
  assert.equal(pageOf(request({ query: { after: '', name: '' } })), { limit: 100 })
  for (const after of ['garbage', 'x', cursorOf('messages', 'x')]) {
    const it = pageOf(request({ query: { after } }))
    assert.match('rendered' in it ? it.rendered.text : '', /no cursor of this list/, after)
  }
  for (const limit of ['0', '-1', '1.5', 'x', '1001'])
    assert.ok('rendered' in pageOf(request({ query: { limit } })), limit)
})

test.run()
