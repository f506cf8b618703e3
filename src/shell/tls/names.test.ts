// Names of a certificate, as Node writes them.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { altNamesIn } from './names.ts'

const test = suite('tls: names')

/** [as Node writes it, names of hosts, URIs] */
const NAMES: readonly (readonly [string | undefined, readonly string[], readonly string[]])[] = [
  [undefined, [], []],
  ['DNS:A.example, IP Address:127.0.0.1', ['a.example'], []],
  ['URI:"urn:a, DNS:b.example"', [], ['urn:a, DNS:b.example']],
  ['URI:"a\\"b", DNS:c.example', ['c.example'], ['a"b']],
  ['DNS:a.example, broken', [], []],
  ['DNS:a.example, URI:"open', [], []],
]

test('names of a certificate are read to their end, or not at all', () => {
  for (const [said, dns, uri] of NAMES) {
    const names = altNamesIn(said)
    assert.equal([names.dns, names.uri], [dns, uri], said)
  }
})

test.run()
