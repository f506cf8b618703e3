// What the page says of criteria, by what the tests came to.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Acceptance } from '../ports.ts'
import { criteriaPage } from './criteria-page.ts'
import { textOf } from './html.ts'

const test = suite('docs: criteria page')

/** The row of a criterion as the texts of its cells. */
function row(id: string, run: Acceptance | undefined): readonly string[] {
  const page = textOf(criteriaPage(run).body)
  const found = page.split('<tr>').find((it) => it.includes(`id="${id}"`)) ?? ''
  return [...found.matchAll(/<td[^>]*>(.*?)<\/td>/gs)].map(([, it = '']) =>
    it.replace(/<[^>]*>/g, ''),
  )
}

const run = (whole: boolean, ...tests: Acceptance['tests']): Acceptance => {
  return { at: '2026-07-14T08:00:00.000Z', whole, tests }
}

const one = (name: string, result: Acceptance['tests'][number]['result'] = 'passed') => {
  return { file: 'src/flows/acceptance/service-request.test.js', name, result }
}

test('a criterion is shown by the tests that bear its id, with their file', () => {
  const it = run(true, one('SR-04/AC1, SR-13: a <decision>'), one('SR-05/AC1: not this'))
  const [id, says, source, tests, result] = row('SR-04/AC1', it)
  assert.equal([id, source, result], ['SR-04/AC1', 'EPRI 3002014619 §5.4', 'passed'])
  assert.match(says ?? '', /^A decision without/)
  assert.is(
    tests,
    'src/flows/acceptance/service-request.test.ts SR-04/AC1, SR-13: a &lt;decision&gt;',
  )
})

test('the worst result of its tests is that of the criterion', () => {
  const results = ['passed', 'skipped', 'not run', 'failed'] as const
  for (const [at, worst] of results.entries()) {
    const all = results.slice(0, at + 1).map((it) => one('SR-04/AC1: x', it))
    assert.is(row('SR-04/AC1', run(true, ...all)).at(-1), worst)
  }
})

test('without a test it is missing when all tests ran, and not run otherwise', () => {
  assert.is(row('SR-04/AC1', run(true)).at(-1), 'missing')
  assert.is(row('SR-04/AC1', run(false)).at(-1), 'not run')
  assert.is(row('SR-04/AC1', undefined).at(-1), 'not run')
})

test('where a criterion holds figures the command that takes them stands beside the tests', () => {
  const [, , , tests] = row('GF-04/AC2', run(true, one('GF-04/AC2: x')))
  assert.is(
    tests,
    'src/flows/acceptance/service-request.test.ts GF-04/AC2: xfigures: npm run bench -- group',
  )
  assert.not.match(row('GF-04/AC1', run(true))[3] ?? '', 'figures')
})

test('the page counts what has passed, and says when which tests ran', () => {
  const text = (it: Acceptance | undefined) => textOf(criteriaPage(it).body)
  assert.match(
    text(run(true, one('G-AC38: x'))),
    />1 of \d+ have passed. All tests ran on this build, 2026-07-14T/,
  )
  assert.match(text(run(false)), />0 of \d+ have passed. Only some tests ran/)
  assert.match(text(undefined), 'The tests have not run on this build')
})

test.run()
