import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { CimError, errorRow, ERRORS } from './errors.ts'
import type { ErrorCode, ErrorRow } from './errors.ts'
import { httpOf, isKnownCode, statusAt } from './reply-codes.ts'

const test = suite('errors')
const ROWS = Object.entries(ERRORS) as readonly (readonly [ErrorCode, ErrorRow])[]

/** Where HTTP has a better word than the reply code; each row says why. */
const OWN_STATUS: readonly string[] = [
  'hostile-xml 400',
  'unsupported-media-type 415',
  'not-acceptable 406',
  'unknown-path 404',
  'unknown-resource 404',
  'method-not-allowed 405',
  'stale-revision 412',
  'authentication-unavailable 503',
  'several-routes 422',
  'peer-unable 501',
  'peer-refuses-proof 500',
  'unusable-schema 500',
  'internal 500',
]

test('codes are kebab strings and reply codes are known', () => {
  for (const [code, { replyCode }] of ROWS) {
    assert.match(code, /^[a-z]+(-[a-z]+)*$/)
    assert.ok(isKnownCode(replyCode), code)
  }
})

test('the HTTP status is that of the reply code, but for the listed rows', () => {
  const other = ROWS.filter(([, it]) => statusAt(it.http, 'body') !== httpOf(it.replyCode))
  assert.equal(
    other.map(([code, it]) => `${code} ${statusAt(it.http, 'body')}`),
    OWN_STATUS,
  )
})

test('an object that is missing is 404 in the path and 422 in the body', () => {
  const { http } = errorRow('not-found')
  assert.equal([statusAt(http, 'path'), statusAt(http, 'body')], [404, 422])
})

test('text and remedy are sentences', () => {
  for (const [code, { text, remedy }] of ROWS) {
    for (const it of [text, remedy]) assert.match(it, /^[A-Z].*\.$/, code)
  }
})

test('an error carries its code, its cause and everything that was found', () => {
  const cause = new Error('below')
  const error = new CimError('malformed', 'A tag is not closed.', { cause })
  assert.instance(error, Error)
  assert.equal(
    [error.name, error.code, error.message],
    ['CimError', 'malformed', 'A tag is not closed.'],
  )
  assert.is(error.cause, cause)
  assert.equal(error.findings, [])
})

test('without words of its own an error has those of its row', () => {
  const error = new CimError('internal')
  assert.is(error.message, errorRow('internal').text)
  assert.not.ok('cause' in error)
})

test.run()
