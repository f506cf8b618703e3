// The tester as client before products that are wrong in one thing: what is named of it, and what is not judged any more.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openGround } from '../ground.fixture.ts'
import type { OpenGround } from '../ground.fixture.ts'
import { DERMS_OPERATIONS } from '../peers/derms-operations.ts'
import type { Peer } from '../peers/peer.ts'
import { WORK_MANAGEMENT } from '../peers/work-management.ts'
import { withAnswer } from '../selftest/messages.ts'
import { played } from '../selftest/playing.ts'
import type { Answer } from '../transport/answer.ts'
import { summaryOf } from '../report/told.ts'

const test = suite('conformance: the tester as client')
let ground: OpenGround
test.before(async () => void (ground = await openGround()))
test.after(() => ground.close())

const REFERENCE = DERMS_OPERATIONS as Peer
/** It says OK, and has nothing of it. */
const forgetful = (of: Peer): Peer => ({
  ...of,
  start: 0,
  hear: (state, heard, tools) => {
    const uuid = (...words: readonly string[]) => tools.uuid(String(state), ...words)
    const { reply } = of.hear(of.start, heard, { ...tools, uuid })
    return { state: Number(state) + 1, reply, sends: [] }
  },
})

for (const [peer, id, due] of [
  [REFERENCE, '100/header/repeated', 'GRP-04 kept'],
  ...['WR-1e', 'SO-1e', 'MO-1e'].map((it) => [WORK_MANAGEMENT as Peer, it, 'WRK-01 kept'] as const),
] as const)
  test(`who keeps nothing of a message has not kept it, and is not blamed for what a repeated one does: ${id}`, async () => {
    const { results } = await played(forgetful(peer), ground, { only: [id] })
    const [it] = results.cases.filter(({ verdict }) => verdict !== 'not-applicable')
    assert.equal(
      it?.findings.map((one) => `${one.requirement} ${one.step}`),
      [due],
    )
    assert.match(it?.steps.find((one) => one.id === '3')?.why ?? '', /^step kept did not come out/)
  })

type Answered = Extract<Answer, { kind: 'answered' }>
/** [what comes in place of a refusal, what of it is found, the verdict on exchange and state] */
const UNREAD: readonly (readonly [string, (it: Answered) => Answer, readonly string[], string])[] =
  [
    ['the refusal', (it) => it, [], 'pass'],
    [
      'a page of HTML',
      (it) => ({ ...it, contentType: 'text/html', bytes: Buffer.from('<p>It works!<br></p>') }),
      ['TRN-03', 'XML-01'],
      'not-run',
    ],
    [
      'half of it, then the connection is closed',
      (it) => ({ ...it, kind: 'cut-off', bytes: it.bytes.subarray(0, 99), why: 'closed' }),
      ['TRN-01'],
      'not-run',
    ],
    ['nothing in time', () => ({ kind: 'late', waitedMs: 1000 }), ['TRN-01'], 'not-run'],
  ]

for (const [what, change, due, verdict] of UNREAD)
  test(`of a refusal of which no reply can be read nothing more is said: ${what}`, async () => {
    const { results, passed } = await played(REFERENCE, ground, {
      only: ['100/verb/update'],
      between: (transport) => withAnswer(transport, 0, change),
    })
    const [it] = results.cases.filter((one) => one.verdict !== 'not-applicable')
    assert.equal(
      it?.findings.map((one) => one.requirement),
      due,
    )
    assert.is(it?.layers['L6'], verdict)
    const kept = passed.find((one) => one.direction === 'reply')?.bytes.length
    if (/^half/.test(what)) assert.is(kept, 99)
  })

test('what is mended in different ways says so for each finding; what is the same is said once', async () => {
  const { results } = await played(forgetful(REFERENCE), ground, { only: ['DERG-1a', 'DERG-1b'] })
  const mends = (all: (at: number) => string) => {
    let at = 0
    const cases = results.cases.map((it) => ({
      ...it,
      findings: it.findings.map((one) => ({ ...one, requirement: 'GRP-04', mend: all((at += 1)) })),
    }))
    return summaryOf({ ...results, cases }).match(/^ +mend: .*$/gm)
  }
  assert.equal(
    mends(() => 'keep it'),
    ['  mend: keep it'],
  )
  const each = mends((at) => `keep ${at}`) ?? []
  assert.equal(each.slice(0, 2), ['      mend: keep 1', '      mend: keep 2'])
})

test.run()
