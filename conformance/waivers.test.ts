// Waivers: what one has to say, and when one is told to be needless.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { idleWaivers, weighed } from './engine/weigh.ts'
import { observed } from './finding.ts'
import { whyIdle } from './report/harness-block.ts'
import type { Scenario } from './shapes.ts'
import { waiversIn } from './statements.ts'

const test = suite('conformance: waivers')
const folder = mkdtempSync(join(tmpdir(), 'cimgate-waivers-'))
test.after(() => rmSync(folder, { recursive: true, force: true }))

const WAIVER = { finding: 'GRP-04', reason: 'mended in 1.1', by: 'A. Tester', until: '2026-08-01' }

const scenario: Scenario = {
  ...{ id: 'DERG-1a', pack: 'part5', title: '', target: [], source: '', needs: [], steps: [] },
  profiles: ['C-GRP'],
}

/** [locator, day of the run, the waiver is idle, what is said of it] */
const WAIVERS: readonly (readonly [string, string, boolean, RegExp])[] = [
  ['DERG-1a', '2026-08-01', false, /covers nothing: take it out of the file/],
  ['DERG-1a#2', '2026-08-01', false, /covers nothing/],
  ['DERG-1a#99', '2026-08-01', true, /GRP-04 in DERG-1a#99 covers nothing: take it out/],
  ['DERG-1a#2', '2026-08-02', true, /has ended on 2026-08-01: have .* or ask A\. Tester for a/],
]

for (const [locator, today, isIdle, said] of WAIVERS)
  test(`a waiver of ${locator} on ${today} is ${isIdle ? 'told as idle' : 'used'}, whatever another covers`, () => {
    const waiver = { ...WAIVER, locator }
    const other = { ...WAIVER, locator: 'DERG-1a', until: '2027-01-01' }
    const observation = observed('GRP-04', 'L6', { expected: '', got: '', message: '' })
    const played = { notRun: undefined, isAsExpected: true, undecided: undefined, reply: '' }
    const seen = { ...played, step: '2', observations: [observation] }
    const plan = { cases: [], leftOut: [], severity: () => 'fail' as const }
    const planned = { scenario, notApplicable: undefined }
    const waivers = [waiver, other]
    const result = weighed(planned, [seen], { plan, waivers, today })
    assert.is(idleWaivers(waivers, [result], today).includes(waiver), isIdle)
    assert.match(whyIdle(waiver, today), said)
  })

/** What is read of a file with this waiver in it. */
function read(part: object) {
  const path = join(folder, 'waivers.json')
  const until = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)
  writeFileSync(path, JSON.stringify([{ ...WAIVER, locator: 'DERG-1a', until, ...part }]))
  return waiversIn(path)
}

test('a file may begin with a byte order mark, as some editors write it', () => {
  const path = join(folder, 'marked.json')
  writeFileSync(path, '\uFEFF[]')
  assert.equal(waiversIn(path), [])
})

test('a waiver says what is agreed to, why, by whom and until when', () => {
  assert.is(read({}).length, 1)
})

/** [what it lacks, part of it, what is said] */
const WRONG: readonly (readonly [string, object, RegExp])[] = [
  ['a reason', { reason: ' '.repeat(12) }, /Say in a sentence why it is agreed to/],
  ['somebody', { by: ' ' }, /Say who has agreed to it/],
  ['an end', { until: '9999-12-31' }, /json: GRP-04 at DERG-1a: until 9999-12-31 is too far away/],
  ['a day', { until: 'never' }, /until/],
]

for (const [what, part, said] of WRONG)
  test(`a waiver without ${what} is none`, () => assert.throws(() => read(part), said))

test.run()
