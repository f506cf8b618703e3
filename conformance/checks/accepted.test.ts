// Requests that are wrong in one thing, and what has to be said of who takes them.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openCimgate } from '../../src/index.ts'
import type { Cimgate } from '../../src/index.ts'
import { octetsOf } from '../captured/captured.ts'
import { judged } from '../engine/judge.ts'
import { written } from '../stranger-messages.fixture.ts'
import { loadXml, readXml } from '../xml.ts'
import { acceptedIn } from './accepted.ts'

const test = suite('conformance: what is accepted')
let cimgate: Cimgate
test.before(async () => {
  await loadXml()
  cimgate = await openCimgate()
})
test.after(() => cimgate.close())

const CREATE = written({ verb: 'create', noun: 'DERGroups', mRID: 'g', number: 1 }, 'a-1').text
const replyOf = (result: string) =>
  readXml(octetsOf(`<ResponseMessage><Reply><Result>${result}</Result></Reply></ResponseMessage>`))

/** [what is wrong with a create, as it is made, the requirements that are not met by who takes it] */
const TAKEN: readonly (readonly [string, (text: string) => string, readonly string[]])[] = [
  ['nothing', (it) => it, []],
  ['a verb that there is not', (it) => it.replace('>create<', '>update<'), ['VRB-03']],
  ['a verb of replies', (it) => it.replace('>create<', '>reply<'), ['VRB-03']],
  ['octets that are no XML', (it) => it.slice(0, -9), ['RPL-08']],
  ['a DOCTYPE', (it) => it.replace('<RequestMessage', '<!DOCTYPE RequestMessage>$&'), ['XML-03']],
  ['a payload that breaks its schema', (it) => it.replace('</mRID>', '$&<x/>'), ['PAY-07']],
  ['no payload', (it) => it.replace(/<Payload>[^]*<\/Payload>/, ''), ['PAY-07']],
  [
    'the Noun of another payload',
    (it) => it.replace('<Noun>DERGroups<', '<Noun>EndDeviceControls<'),
    ['NOU-04'],
  ],
  [
    'a reply that goes nowhere',
    (it) => it.replace('<MessageID>', '<AsyncReplyFlag>true</AsyncReplyFlag>$&'),
    ['COR-03'],
  ],
  [
    'a Noun that only nobody here knows',
    (it) => it.replace('<Noun>DERGroups<', '<Noun>Bananas<'),
    [],
  ],
]

for (const [what, edit, due] of TAKEN)
  test(`${what}: taken it is ${due.join() || "nobody's"}, refused nothing`, async () => {
    const { observations: wrong } = await judged(octetsOf(edit(CREATE)), cimgate)
    const named = (result: string) =>
      acceptedIn({ wrong, reply: replyOf(result) }).map((it) => it.requirement)
    assert.equal([named('OK'), named('PARTIAL'), named('FAILED')], [due, due, []])
  })

test.run()
