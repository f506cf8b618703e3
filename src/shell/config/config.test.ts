import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { parseConfig } from './check.ts'
import { DEFAULTS, readConfig } from './index.ts'
import type { Config } from './index.ts'

const test = suite('config')

const DEPLOYED = fileURLToPath(new URL('../../../../deploy/cimgate.yaml', import.meta.url))

function good(text: string): Config {
  const config = parseConfig(text)
  if ('problems' in config) throw new Error(config.problems.join('\n'))
  return config
}

function problems(text: string): readonly string[] {
  const config = parseConfig(text)
  return 'problems' in config ? config.problems : []
}

test('deploy/cimgate.yaml has every key, each with its default', async () => {
  assert.equal(await readConfig(DEPLOYED), DEFAULTS)
  const text = readFileSync(DEPLOYED, 'utf8')
  const missing = keysOf(DEFAULTS).filter((it) => !new RegExp(`^ *${it}:`, 'm').test(text))
  assert.equal(missing, [], 'write these keys into deploy/cimgate.yaml')
})

function keysOf(it: object): readonly string[] {
  return Object.entries(it).flatMap(([key, inner]) => [
    key,
    ...(typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? keysOf(inner) : []),
  ])
}

test('an empty file, or one of comments, has every default', () => {
  for (const text of ['', '# nothing\n', '{}', 'limits: {}\naliases: {}'])
    assert.equal(parseConfig(text), DEFAULTS, text)
})

test('what is given replaces its default and nothing else', () => {
  const config = good('source: dso\nlimits: {depth: 20}\naliases: {verbs: {Create: create}}')
  assert.equal(config, {
    ...DEFAULTS,
    source: 'dso',
    limits: { ...DEFAULTS.limits, depth: 20 },
    aliases: { namespaces: {}, verbs: { Create: 'create' } },
  })
})

test('an edition is chosen by key or year, and a year may be a number', () => {
  const { schemas, officialOnly } = good(
    'schemas: {A: iec-61968-8@2015, B: 2017, C: shipped}\nofficialOnly: true',
  )
  assert.equal(schemas, { A: 'iec-61968-8@2015', B: '2017', C: 'shipped' })
  assert.is(officialOnly, true)
  assert.equal(
    problems('schemas: {A: [x], B: ""}\nofficialOnly: 1').map((it) => it.split(':')[0]),
    ['schemas.A', 'schemas.B', 'officialOnly'],
  )
})

test('JSON is YAML', () => {
  assert.is(good('{"mixedBatch": "failed"}').mixedBatch, 'failed')
})

test('an unknown key is refused, with the one that was meant', () => {
  assert.equal(problems('limits: {dept: 3}'), [
    'limits.dept: there is no such key; did you mean depth.',
  ])
  assert.match(problems('banana: 1')[0] ?? '', /^banana: there is no such key; there are source, /)
})

test('every problem is told at once', () => {
  const all = problems('source: ""\nmixedBatch: maybe\nlimits: {depth: 1000, nodes: a}')
  const paths = all.map((it) => it.split(':')[0])
  assert.equal(paths, ['source', 'mixedBatch', 'limits.depth', 'limits.nodes'])
})

test('a rule that does not exist cannot be tolerated, and no verb be read as what is none', () => {
  assert.match(problems('tolerate: [HDR-1]')[0] ?? '', /^tolerate\.0: HDR-1 is no rule/)
  assert.match(problems('aliases: {verbs: {Create: creat}}')[0] ?? '', 'did you mean create')
})

test('text that is no YAML is told with its line', () => {
  assert.match(problems('limits: {depth: 3\nsource')[0] ?? '', /line \d+/)
  assert.is(problems('source: a\nsource: b').length, 1)
  assert.is(problems('- a\n- b').length, 1)
})

test('all mistakes of YAML are told at once', () => {
  const config = parseConfig('source: a\nsource: b\nmixedBatch: "\\q"\n')
  const problems = 'problems' in config ? config.problems : []
  assert.match(problems[0] ?? '', /unique at line 2/)
  assert.match(problems[1] ?? '', /\\q at line 3/)
  assert.is(problems.length, 2)
})

test('an alias of YAML is refused: nested ones fill the memory', () => {
  assert.is(problems('tolerate: &a [x]\nsource: *a').length, 1)
})

test('a file that cannot be read is a problem that names it', async () => {
  assert.equal(await readConfig('/nowhere/cimgate.yaml'), {
    problems: ['/nowhere/cimgate.yaml cannot be read: there is no such file.'],
  })
})

test.run()
