// The list of business rules against the code that refuses by them: nothing is refused by a rule that has no row, and no row
// is there that nothing refuses by.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { replyCode } from '../../envelope/reply-codes.ts'
import { readSources } from '../../layers/sources.fixture.ts'
import { LIFECYCLES } from '../../lifecycles/index.ts'
import type { Flow } from '../flow.ts'
import { FLOWS } from '../index.ts'
import { BUSINESS_RULES, businessRule, rulesIn, rulesOf } from './index.ts'
import type { BusinessRule } from './business-rule.ts'

const test = suite('business rules')

const ROWS: readonly (readonly [string, BusinessRule])[] = Object.entries(BUSINESS_RULES)
const ALL: readonly Flow[] = FLOWS

/** Code that may refuse, without the rows themselves and without tests. */
const SOURCES = readSources(['src/flows', 'src/lifecycles', 'src/gateway']).filter(
  ({ path }) => !/\.(test|fixture)\.ts$|flows\/(rules|criteria)\//.test(path),
)

/** What is quoted in a text, read once; a rule that is looked for as a claim of others refuses nobody there. */
const QUOTED = new Map<string, ReadonlySet<string>>()

function quotedIn(text: string): ReadonlySet<string> {
  const lines = text.split('\n').filter((it) => !it.includes('claim:'))
  const all = lines.flatMap((it) =>
    [...it.matchAll(/'([A-Z][\w-]*)(?=')/g)].map(([, id = '']) => id),
  )
  return new Set(all)
}

function refuses(text: string, rule: string): boolean {
  const known = QUOTED.get(text) ?? quotedIn(text)
  QUOTED.set(text, known)
  return known.has(rule)
}

/** A file and all that it imports within its folder. */
function reached(path: string, seen = new Set<string>()): ReadonlySet<string> {
  const source = SOURCES.find((it) => it.path === path)
  if (source === undefined || seen.has(path)) return seen
  seen.add(path)
  for (const [, name] of source.text.matchAll(/from '\.\/([\w-]+\.ts)'/g))
    reached(`src/flows/${name}`, seen)
  return seen
}

/** The same for each flow, looked for once. */
const REACHED = new Map<string, ReadonlySet<string>>()

test('each row says in sentences what it asks and how it is mended, with codes that there are', () => {
  for (const [id, { asks, mend, codes, source }] of ROWS) {
    for (const it of [asks, mend]) assert.match(it, /^[A-Za-z].*\.$/, id)
    assert.not.match(mend, /\. [A-Z]\w*.*\. [A-Z]/, `${id}: two sentences at most`)
    assert.ok(codes.length > 0 && codes.every((it) => replyCode(it) !== undefined), id)
    assert.match(source, /\w/, id)
  }
})

test('every rule that a lifecycle names has a row', () => {
  const missing = LIFECYCLES.flatMap((it) =>
    rulesIn(it)
      .filter((rule) => businessRule(rule) === undefined)
      .map((rule) => `${it.id} refuses by ${rule}: add its row to a file of src/flows/rules/`),
  )
  assert.equal(missing, [])
})

test('every guard of a lifecycle is one of its flows, and no flow has another', () => {
  for (const { id, lifecycle, guards = {} } of ALL) {
    const named = lifecycle.steps.flatMap(({ guard }) => guard ?? [])
    assert.equal(
      Object.keys(guards).filter((it) => !named.includes(it)),
      [],
      `${id} has guards that no step of ${lifecycle.id} names`,
    )
    const missing = [...new Set(named)].filter((it) => !(it in guards))
    assert.equal(missing, [], `${id} lacks guards of ${lifecycle.id}`)
  }
})

test('every rule is one that something refuses by', () => {
  const unused = ROWS.filter(([id]) => !SOURCES.some(({ text }) => refuses(text, id)))
  assert.equal(
    unused.map(
      ([id]) => `nothing refuses by ${id}: take its row out of its file in src/flows/rules/`,
    ),
    [],
  )
})

/** Every id that a test says, of whatever. */
const TOLD: ReadonlySet<string> = new Set(
  readSources(['src', 'demo'])
    .filter(({ path }) => /\.(test|fixture)\.ts$/.test(path) && !/src\/flows\/rules\//.test(path))
    .flatMap(({ text }) => text.match(/\b[A-Z][A-Z0-9]+(?:-[A-Z0-9]+)*\b/g) ?? []),
)

test('every rule is raised by some test, which names it', () => {
  const unseen = ROWS.filter(([id]) => !TOLD.has(id))
  assert.equal(
    unseen.map(([id]) => `no test raises ${id}: see src/flows/acceptance/rules-raised.test.ts`),
    [],
  )
})

test('a row names the flows that refuse by it, and no others', () => {
  for (const [id, { flows }] of ROWS) {
    for (const name of flows) {
      assert.ok(
        ALL.some((it) => it.id === name),
        `${id} names ${name}, and there is no such flow`,
      )
      const paths = REACHED.get(name) ?? reached(`src/flows/${name}.ts`)
      REACHED.set(name, paths)
      const own = SOURCES.filter(({ path }) => paths.has(path))
      assert.ok(
        own.some((it) => refuses(it.text, id)),
        `${name} cannot refuse by ${id}`,
      )
    }
  }
  for (const flow of ALL) {
    const own = SOURCES.find(({ path }) => path === `src/flows/${flow.id}.ts`)
    const listed = rulesOf(flow).map(([id]) => id)
    const missing = ROWS.filter(
      ([id, row]) => row.flows.length > 0 && refuses(own?.text ?? '', id) && !listed.includes(id),
    ).map(([id]) => `${id} lacks ${flow.id} in flows`)
    assert.equal(missing, [])
  }
})

test('the rules of a flow are those of its functions and of its lifecycle', () => {
  const of = (id: string) => rulesOf(ALL.find((it) => it.id === id)!).map(([rule]) => rule)
  assert.equal(of('interconnection-review'), ['SR-G1', 'SR-G2', 'SR-HOLD', 'IR-FROZEN', 'IR-DUP'])
  assert.equal(of('work-request'), [
    ...['WR-ENG', 'WRK-ORDER', 'WRK-FROZEN', 'WRK-INTERVAL', 'ENR-INSTALLED'],
  ])
  assert.equal(of('der-group-status-report'), ['DGS-SUM'])
  assert.equal(of('der-group-forecast-report'), [])
})

test.run()
