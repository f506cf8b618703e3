// AC-0e: Source absent, the party counts; written, it is one of its names, or 2.14.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { accessTo, party, proof, topologyOf } from './parties.fixture.ts'
import { sourceError } from './source.ts'

const test = suite('access: source')

const acme = party('tp:acme:cs', { proofs: [proof('api-key', 'k')], sources: ['ACME Billing'] })
const topology = topologyOf([acme], {
  aliases: { 'derms-cs': 'tp:{provider}:cs', cis: 'tp:acme:cs', derms: 'tp:{provider}:derms' },
})

const who = await accessTo(topology).who({ 'x-api-key': 'k' })
const sender = 'sender' in who ? who.sender : { party: '' }

/** [Source, whether it is taken] */
const SOURCES: readonly (readonly [string | undefined, boolean])[] = [
  [undefined, true],
  ['', true],
  [' ', true],
  ['tp:acme:cs', true],
  [' tp:acme:cs ', true],
  ['ACME Billing', true],
  ['derms-cs', true],
  ['cis', true],
  ['derms', false],
  ['tp:other:cs', false],
  ['TP:ACME:CS', false],
  ['acme', false],
]

for (const [source, isTaken] of SOURCES)
  test(`Source ${source === undefined ? 'absent' : `"${source}"`} is ${isTaken ? 'taken' : 'refused with 2.14'}`, () => {
    const header = source === undefined ? {} : { Source: source }
    const error = sourceError(sender, { message: 'RequestMessage', header })
    assert.is(error?.code, isTaken ? undefined : '2.14')
    if (!isTaken) assert.match(error?.reason ?? '', `Source is ${source}, and the message was sent`)
  })

test('where nobody is asked who he is, any Source is taken', () => {
  assert.is(sourceError({ party: 'anonymous' }, { header: { Source: 'x' } }), undefined)
})

test.run()
