import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { acceptsJson } from './accept.ts'

const test = suite('accept')

const TAKEN: readonly (string | undefined)[] = [
  undefined,
  '',
  ' ',
  '*/*',
  'application/*',
  'application/json',
  'Application/JSON; charset=utf-8',
  'text/html, application/json;q=0.1',
  'text/html;q=0.9,*/*;q=0.001',
  'application/problem+json',
  'application/vnd.utility.v1+json',
]
const REFUSED: readonly string[] = [
  'application/xml',
  'text/html,application/xhtml+xml',
  'application/json;q=0',
  'application/json; q=0.000',
  'text/*',
  'json',
  'application/jsonx',
]

for (const it of TAKEN) test(`${it ?? 'no Accept'} takes JSON`, () => assert.ok(acceptsJson(it)))

for (const it of REFUSED) test(`${it} does not`, () => assert.not.ok(acceptsJson(it)))

test.run()
