// Captured messages of two products by somebody else, judged without a network: each fault is that of who has sent the message.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
  FAULT,
  FUNCTIONS,
  NS,
  header,
  judged,
  reply,
  request,
  told,
} from './captured/captured.fixture.ts'

const test = suite('conformance: offline')
const folder = mkdtempSync(join(tmpdir(), 'cimgate-offline-'))
test.after(() => rmSync(folder, { recursive: true, force: true }))

test('an exchange that is in order passes, whatever its files are called', async () => {
  const { exit, results, out } = await judged(folder, {
    'b/one.xml': request({ id: 'a-1', source: 'CIS' }),
    'a/other.xml': reply({ id: 'b-1', correlation: 'a-1', source: 'DERMS' }),
    'event.xml': `<EventMessage xmlns="${NS}">${header('deleted', 'DERGroups', { id: 'e-1', source: 'DERMS' })}<Payload><DERGroups xmlns="http://iec.ch/TC57/2017/DERGroups#"><EndDeviceGroup><mRID>g-1</mRID><DERFunction>${FUNCTIONS}</DERFunction></EndDeviceGroup></DERGroups></Payload></EventMessage>`,
  })
  const { cases, parties, verdict, run } = results()
  assert.equal(
    cases.map((it) => it.title),
    ['get DERGroupQueries from CIS, answered by DERMS', 'deleted DERGroups from DERMS'],
    out,
  )
  assert.equal([exit, verdict, run.mode], [0, 'pass', 'offline'], out)
  assert.equal(cases[0]?.layers, {
    L0: 'not-applicable',
    L1: 'pass',
    L2: 'pass',
    L3: 'pass',
    L4: 'pass',
    L5: 'pass',
    L6: 'pass',
  })
  assert.equal(
    parties?.map((it) => it.name),
    ['CIS', 'DERMS'],
  )
})

test('each fault is that of who sent the message', async () => {
  const { exit, results, out } = await judged(folder, {
    '1-request.xml': request({ id: 'a-1', source: 'CIS' }).replace(
      '<Request>',
      '<Reply/><Request>',
    ),
    '1-reply.xml': reply({ id: 'a-1', correlation: 'a-1', source: 'DERMS' }, 'DERGroups', 'get'),
    '2-request.xml': '<RequestMessage>',
    '2-fault.xml': FAULT,
  })
  assert.is(exit, 1)
  assert.equal(told(results()), [
    'HDR-02 reply DERMS',
    'MSG-01 request CIS',
    'NOU-03 reply DERMS',
    'VRB-01 reply DERMS',
    'XML-01 request sender of 2-request.xml',
  ])
  assert.match(out, /party CIS: fail, 1 finding\n/)
})

test('files whose names differ are different cases, in whatever script', async () => {
  const names = ['ä.xml', 'ö.xml', 'a b.xml', 'a+b.xml']
  const { results } = await judged(folder, Object.fromEntries(names.map((it) => [it, FAULT])))
  const ids = results().cases.map((it) => it.id.replace('captured/', ''))
  assert.equal(ids.sort(), ['a_b.xml', 'a_b.xml~2', 'ä.xml', 'ö.xml'])
})

test('what has to be refused and is taken is that of who has taken it, too', async () => {
  const ok = (it: string) => it.replace(/FAILED<.*<\/Error>/, 'OK</Result>')
  const { results } = await judged(folder, {
    '1-request.xml': request({ id: 'a-1', source: 'CIS' }).replace('>get<', '>update<'),
    '1-reply.xml': ok(reply({ id: 'b-1', correlation: 'a-1', source: 'DERMS' })),
    '2-request.xml': 'garbage',
    '2-reply.xml': ok(reply({ id: 'b-2', correlation: 'none', source: 'DERMS' })),
    '3-request.xml': request({ id: 'a-3', source: 'CIS' }).replace('>get<', '>update<'),
    '3-reply.xml': reply({ id: 'b-3', correlation: 'a-3', source: 'DERMS' }),
  })
  const named = results().cases.map(({ findings }) =>
    findings.flatMap((it) => (it.blame === 'DERMS' ? [it.requirement] : [])).join(),
  )
  assert.equal(named, ['VRB-03', 'RPL-08', ''])
})

test('a reply with the MessageID of a request that has a CorrelationID is its reply, and wrong', async () => {
  const { results } = await judged(folder, {
    'x.xml': request({ id: 'a-1', correlation: 'c-1', source: 'CIS' }),
    'y.xml': reply({ id: 'b-1', correlation: 'a-1', source: 'DERMS' }),
  })
  assert.equal(told(results()), ['COR-01 reply DERMS'])
})

test('half an exchange is inconclusive, and says which half is missing', async () => {
  const { exit, results } = await judged(folder, {
    'x.xml': request({ id: 'a-1', source: 'CIS' }),
    'y.xml': reply({ id: 'b-1', correlation: 'elsewhere', source: 'DERMS' }),
  })
  assert.is(exit, 3)
  assert.equal(
    results().cases.map((it) => [it.verdict, it.why?.split(':')[0]]),
    [
      ['inconclusive', 'no reply to it was captured'],
      ['inconclusive', 'what it answers was not captured'],
    ],
  )
})

test('the same message twice is a repetition; another one under its MessageID is a finding', async () => {
  const first = request({ id: 'a-1', source: 'CIS' })
  const answer = reply({ id: 'b-1', correlation: 'a-1', source: 'DERMS' })
  assert.is((await judged(folder, { '1.xml': first, '2.xml': first, '3.xml': answer })).exit, 0)
  const { results } = await judged(folder, {
    '1.xml': first,
    '2.xml': `${first}\n`,
    '3.xml': answer,
  })
  assert.equal(told(results()), ['HDR-02 request CIS'])
})

test.run()
