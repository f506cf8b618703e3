// Where a gateway that asks nobody who they are may listen.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { LOCAL } from '../parties/party.ts'
import { exposed } from './loopback.ts'
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

test.run()
