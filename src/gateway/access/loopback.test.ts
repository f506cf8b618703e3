// Where a gateway that asks nobody who they are may listen.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { LOCAL } from '../parties/party.ts'
import { exposed, looped } from './loopback.ts'
import { party, topologyOf } from './parties.fixture.ts'

const test = suite('access: loopback')

const INSIDE = [
  '127.0.0.1',
  '127.8.9.10',
  'localhost',
  'LOCALHOST',
  '::1',
  '[::1]',
  '::ffff:127.0.0.1',
]
const OUTSIDE = [
  '0.0.0.0',
  '::',
  '10.0.0.1',
  '128.0.0.1',
  '127.0.0.1.example',
  'localhost.example',
  '',
]

test('without parties on the loopback address only', () => {
  for (const host of INSIDE) assert.is(exposed(host, LOCAL), undefined, host)
  for (const host of OUTSIDE) assert.match(exposed(host, LOCAL) ?? '', /leave out --host/, host)
})

test('with parties anywhere', () => {
  for (const host of [...INSIDE, ...OUTSIDE])
    assert.is(exposed(host, topologyOf([party('dms')])), undefined, host)
})

const at = (url: string, host: string, port = 8080) =>
  looped(
    { host, port },
    topologyOf([party('dms', { binding: { type: 'cim-xml', url, timeoutMs: 1 } })]),
  )

/** [--host, addresses of parties that are it, and that are not] */
const HOSTS: readonly (readonly [
  host: string,
  own: readonly string[],
  other: readonly string[],
])[] = [
  ['127.0.0.1', ['127.0.0.1', 'LOCALHOST', '0.0.0.0'], ['127.0.0.2', '[::1]', '10.0.0.7']],
  ['::1', ['[::1]', 'localhost', '[::]'], ['127.0.0.1', '[::2]']],
  ['localhost', ['127.0.0.1', '[::1]', 'localhost'], ['10.0.0.7', 'localhost.test']],
  ['0.0.0.0', ['127.0.0.1', '127.0.0.2', 'localhost', '0.0.0.0'], ['[::1]', '10.0.0.7']],
  ['::', ['127.0.0.1', '[::1]', 'localhost', '0.0.0.0', '[::]'], ['10.0.0.7', 'cim.test']],
  ['cim.test', ['cim.test', 'CIM.TEST'], ['127.0.0.1', 'localhost', 'dms.test']],
]

for (const [host, own, other] of HOSTS)
  test(`at ${host} no party is where the gateway itself listens`, () => {
    for (const it of own) {
      const why = at(`http://${it}:8080/cim`, host) ?? ''
      assert.match(
        why,
        /^parties\.dms\.binding\.url is where cimgate itself listens \(port 8080/,
        it,
      )
      assert.match(why, /--port/)
      assert.is(at(`http://${it}:8081/cim`, host), undefined, it)
    }
    for (const it of other) assert.is(at(`http://${it}:8080/cim`, host), undefined, it)
  })

test('a port that is not written is that of its scheme, one that is not known yet is nobody’s', () => {
  assert.match(at('http://127.0.0.1/cim', '127.0.0.1', 80) ?? '', /port 80 /)
  assert.match(at('https://127.0.0.1/cim', '127.0.0.1', 443) ?? '', /port 443 /)
  assert.is(at('https://127.0.0.1/cim', '127.0.0.1', 80), undefined)
  assert.is(at('http://127.0.0.1:0/cim', '127.0.0.1', 0), undefined)
  const folder = { type: 'file', folder: '/out', format: 'xml' } as never
  for (const binding of [{}, { binding: folder }])
    assert.is(looped({ host: '::', port: 80 }, topologyOf([party('dms', binding)])), undefined)
})

test.run()
