// Criterion, the tests that show it, and what they have come to when they last ran.

import { CRITERIA, criteriaIn } from '../../flows/criteria/index.ts'
import type { Criterion } from '../../flows/criteria/index.ts'
import type { Acceptance, AcceptanceTest } from '../ports.ts'
import { markup, table } from './html.ts'
import type { Html, Part } from './html.ts'
import type { Page } from './page.ts'

/** @param run the last one of the tests; undefined where they have not run on this build */
export function criteriaPage(run: Acceptance | undefined): Page {
  const rows = CRITERIA.map((it) => rowOf(it, run))
  const shown = rows.filter(({ result }) => result === 'passed').length
  const body = markup`<h1>Acceptance criteria</h1>
    <p class="lead">What the flows of customer services have to do, and the tests that show it. A test bears the id of its criterion.</p>
    <p>${run === undefined ? '' : `${shown} of ${CRITERIA.length} have passed. `}${aboutRun(run)}</p>
    ${table(
      ['criterion', 'what', 'source', 'test', 'result'],
      rows.map(({ criterion: { id, says, source }, tests, result }) => [
        markup`<span id="${id}">${id}</span>`,
        says,
        source,
        tests,
        result,
      ]),
      'plain criteria',
    )}`
  return {
    title: 'Acceptance criteria',
    about: 'Criterion, test, result.',
    at: '/docs/guide/flows',
    body,
  }
}

function aboutRun(run: Acceptance | undefined): string {
  if (run === undefined) return 'The tests have not run on this build: npm test runs them.'
  return run.whole
    ? `All tests ran on this build, ${run.at}.`
    : `Only some tests ran on this build, the last of them ${run.at}.`
}

interface Row {
  readonly criterion: Criterion
  readonly tests: Part
  readonly result: string
}

function rowOf(criterion: Criterion, run: Acceptance | undefined): Row {
  const tests = (run?.tests ?? []).filter((it) => criteriaIn(it.name).includes(criterion.id))
  return {
    criterion,
    tests: shownBy(tests, criterion),
    result: resultOf(tests, run?.whole === true),
  }
}

/** The worst of them; what no test shows is missing where all have run. */
function resultOf(tests: readonly AcceptanceTest[], isWhole: boolean): string {
  const [worst] = [...tests].sort((a, b) => RESULTS.indexOf(a.result) - RESULTS.indexOf(b.result))
  return worst?.result ?? (isWhole ? 'missing' : 'not run')
}

/** The tests, and the command that takes its figures. */
function shownBy(tests: readonly AcceptanceTest[], { figures }: Criterion): Html {
  const taken = figures === undefined ? markup`` : markup`<p>figures: <code>${figures}</code></p>`
  return markup`${list(tests)}${taken}`
}

const RESULTS = ['failed', 'not run', 'skipped', 'passed'] as const

function list(tests: readonly AcceptanceTest[]): Html {
  const items = tests.map(
    ({ file, name }) => markup`<li><code>${file.replace(/\.js$/, '.ts')}</code> ${name}</li>`,
  )
  return tests.length === 0 ? markup`` : markup`<ul>${items}</ul>`
}
