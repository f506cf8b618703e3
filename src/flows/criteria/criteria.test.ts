import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { readSources } from '../../layers/sources.fixture.ts'
import { CRITERIA, criteriaIn } from './index.ts'
import { FLOWS } from '../index.ts'

const test = suite('criteria')

const IDS: readonly string[] = CRITERIA.map((it) => it.id)

/** [file and line, name] of every test whose name stands in the source; some stand in what several files of tests run. */
const NAMED = readSources(['src', 'demo'])
  .filter(({ path }) => /\.(test|fixture)\.ts$/.test(path))
  .flatMap(({ path, text }) =>
    [...text.matchAll(/\btest\(\s*(['"`])((?:\\.|(?!\1).)*)\1/gs)].map(
      (it) => [`${path}:${text.slice(0, it.index).split('\n').length}`, it[2] ?? ''] as const,
    ),
  )

test('each id is there once, in the form that the name of a test is searched for', () => {
  assert.equal(IDS, [...new Set(IDS)])
  for (const it of IDS) assert.equal(criteriaIn(`${it}: something`), [it])
  for (const { says } of CRITERIA) assert.match(says, /^[A-Z].*\.$/)
})

test('a test that bears the id of no criterion is told with its place', () => {
  const wrong = NAMED.flatMap(([place, name]) =>
    criteriaIn(name)
      .filter((it) => !IDS.includes(it))
      .map((it) => `${place} bears ${it}: give it an id of src/flows/criteria/`),
  )
  assert.equal(wrong, [])
})

test('every criterion is borne by a test, and so is every law that flows have to keep', () => {
  const shown = new Set(NAMED.flatMap(([, name]) => criteriaIn(name)))
  const missing = IDS.filter((it) => !shown.has(it))
  assert.equal(
    missing.map((it) => `no test bears ${it}: write one, and begin its name with the id`),
    [],
  )
  const laws = NAMED.flatMap(([, name]) => name.split(':', 1)[0]?.split(', ') ?? [])
  assert.equal(
    LAWS.filter((it) => !laws.includes(it)),
    [],
  )
})

/** Laws that hold for whatever chance brings: parts and whole, there and back, exact sums; and what must never be lost again. */
const LAWS = ['P-07', 'P-08', 'P-09', 'P-13', 'P-15', 'IT-30', 'IT-31', 'IT-32', 'IT-33', 'IT-34']

test('ids stand before the first colon, alone or with others', () => {
  assert.equal(criteriaIn('SR-04/AC1, SR-13, G-AC38: not CA-05/AC1: nor this'), [
    'SR-04/AC1',
    'G-AC38',
  ])
  assert.equal(criteriaIn('WR/AC2, WR-05/AC1, AC-PRIV: x'), ['SO-01/AC2', 'SR-07/AC1', 'SR-07/AC2'])
  for (const it of ['SR-04: x', 'AC1: x', 'the criterion SR-04/AC1: x', 'SR-04/AC: x'])
    assert.equal(criteriaIn(it), [], it)
})

test('figures are taken by targets that the bench has', () => {
  const [bench = ''] = readSources(['bench']).flatMap(({ path, text }) =>
    path === 'bench/index.ts' ? [text] : [],
  )
  const targets = CRITERIA.flatMap(({ figures }) => figures?.split('-- ')[1] ?? [])
  assert.ok(targets.length > 0)
  for (const it of targets) assert.match(bench, new RegExp(`[{ ]${it}[ ,}]`), it)
})

test('every flow says where it comes from', () => {
  for (const { id, source } of FLOWS) assert.ok(source.length > 3, id)
})

test.run()
