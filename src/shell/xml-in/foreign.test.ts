// T20: schemas from a user that are broken or made to do harm. Each ends within the deadline with a clear finding,
// the server answers meanwhile, and the schemas beside them work.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { CASES, nsOf, openForeign } from './foreign.fixture.ts'
import { request } from './xml-in.fixture.ts'

const test = suite('foreign schemas')

const { xml, close } = await openForeign()
test.after(close)

Object.entries(CASES).forEach(([name, { document, verdicts, says }], at) =>
  test(`T20: ${name}: ${verdicts.join(' or ')}`, async () => {
    const judgement = await xml.judge(Buffer.from(`<r xmlns="${nsOf(at)}">${document}</r>`))
    const [first] = judgement.findings
    assert.ok(verdicts.includes(judgement.verdict), `${judgement.verdict}: ${first?.message}`)
    if (says !== undefined) assert.match(first?.message ?? '', says)
  }),
)

test('T20: judges by the shipped schemas all the same', async () => {
  assert.is((await xml.judge(Buffer.from(request()))).verdict, 'valid')
})

test('T20: compiles none of them on the thread that serves everybody', () => {
  for (const at of Object.keys(Object.keys(CASES)))
    assert.is(xml.judgeShipped(Buffer.from(`<r xmlns="${nsOf(Number(at))}">x</r>`)), undefined)
  assert.is(xml.judgeShipped(Buffer.from(request()))?.verdict, 'valid')
})

test('T20: judges by the shipped schemas while one of them is being compiled', async () => {
  const at = Object.keys(CASES).indexOf('alternatives that overlap')
  const order: string[] = []
  const slow = xml.judge(Buffer.from(`<r xmlns="${nsOf(at)}">${'a'.repeat(40)}c</r>`))
  const note = (what: string) => () => void order.push(what)
  await Promise.all([
    slow.then(note('imported')),
    xml.judge(Buffer.from(request())).then(note('shipped')),
  ])
  assert.equal(order, ['shipped', 'imported'])
})

test('T20: does not try again what took too long to compile', async () => {
  const at = Object.keys(CASES).indexOf('groups that double forty times')
  const judgement = await xml.judge(Buffer.from(`<r xmlns="${nsOf(at)}">x</r>`))
  assert.is(judgement.verdict, 'engine-error')
  assert.match(
    judgement.findings[0]?.message ?? '',
    /does not compile: (no decision within|out of memory)/,
  )
})

test.run()
