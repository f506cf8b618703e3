// What becomes of ids that senders have made, in the headers of answers.

import { validateHeaderValue } from 'node:http'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { sendable } from './header-values.ts'

const test = suite('http: header values')

const CASES: Readonly<Record<string, string | undefined>> = {
  '25e503f1-4d30-482d-80f3-d4d60245015c': '25e503f1-4d30-482d-80f3-d4d60245015c',
  'a b%20<c>': 'a b%20<c>',
  'a\r\nSet-Cookie: b=c': 'a%0D%0ASet-Cookie: b=c',
  größe: 'gr%C3%B6%C3%9Fe',
  '𝄞\0\x7f\t': '%F0%9D%84%9E%00%7F%09',
  '\ud800': '%EF%BF%BD',
  '': undefined,
  [`${'x'.repeat(1_024)}`]: 'x'.repeat(1_024),
  [`${'x'.repeat(1_025)}`]: undefined,
  [`${'ü'.repeat(512)}`]: undefined,
}

for (const [given, expected] of Object.entries(CASES))
  test(`sends ${JSON.stringify(given.slice(0, 40))} (${given.length})`, () => {
    const { MessageID } = sendable({ MessageID: given })
    assert.is(MessageID, expected)
    if (MessageID !== undefined) validateHeaderValue('MessageID', MessageID)
  })

test.run()
