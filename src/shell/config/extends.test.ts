import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { loaded, problemLines } from './config.fixture.ts'

const test = suite('extends')

test('maps are merged, lists replaced, and null takes away', async () => {
  const base = `
tolerate: [HDR-01, HDR-04]
limits: {depth: 20, nodes: 500}
parties:
  a: {org: A, mixedBatch: failed}
  b: {org: B}
`
  const text = `
extends: lab
tolerate: [HDR-01]
limits: {depth: null, attributes: 9}
parties: {a: {org: AA}, b: null}
`
  const { config, problems } = await loaded(text, {}, { 'presets/lab.yaml': base })
  assert.equal(problems, [])
  assert.equal(config?.tolerate, ['HDR-01'])
  const { depth, nodes, attributes } = config?.limits ?? {}
  assert.equal({ depth, nodes, attributes }, { depth: 64, nodes: 500, attributes: 9 })
  const parties = config?.topology.parties.map(({ id, org, mixedBatch }) => [id, org, mixedBatch])
  assert.equal(parties, [['a', 'AA', 'failed']])
})

test('a bare name is that of a preset, everything else a path beside the file that names it', async () => {
  const others = {
    'sub/one.yaml': 'extends: ./two.yaml\nlimits: {depth: 9}',
    'sub/two.yaml': 'extends: three\nlimits: {depth: 8, nodes: 400}',
    'presets/three.yaml': 'source: three\nlimits: {nodes: 300}',
  }
  const { config, effective, files } = await loaded('extends: sub/one.yaml', {}, others)
  assert.is(config?.source, 'three')
  assert.equal([config?.limits.depth, config?.limits.nodes], [9, 400])
  assert.equal(files.slice(1), Object.keys(others))
  assert.not('extends' in (effective ?? {}))
})

/** [text, other files, its problems] */
const WRONG: readonly (readonly [string, Readonly<Record<string, string>>, readonly string[]])[] = [
  [
    'extends: nope',
    {},
    ['1:10: extends: presets/nope.yaml cannot be read: there is no such file.'],
  ],
  [
    'extends: ./a.yaml',
    { 'a.yaml': 'extends: ./b.yaml', 'b.yaml': '\nextends:\n  ./a.yaml' },
    ['b.yaml:3:3: extends: a.yaml extends b.yaml, which extends a.yaml again; leave one out.'],
  ],
  [
    'extends: cimgate.yaml',
    {},
    ['1:10: extends: cimgate.yaml extends cimgate.yaml again; leave one out.'],
  ],
  [
    'extends: [a]',
    {},
    [
      '1:10: extends: this names no file; write the name of a preset, such as centralized, or a path, such as ./base.yaml.',
    ],
  ],
  [
    'extends: lab\nlimits: {depth: 1}',
    { 'presets/lab.yaml': 'limits:\n  depth: 2\n  nodes: 1' },
    [
      '2:17: limits.depth: 1 is not possible; write a whole number from 8 to 250.',
      'presets/lab.yaml:3:10: limits.nodes: 1 is not possible; write a whole number of at least 100.',
    ],
  ],
]

test('what is wrong is told in the file and at the place where it is said', async () => {
  for (const [text, others, due] of WRONG)
    assert.equal(await problemLines(text, {}, others), due, text)
})

test('of a file whose base cannot be read, only what is wrong by itself is told', async () => {
  const text = `
extends: nope
limts: {}
parties: {dms: {binding: {url: "https://dms.test"}}}
routes: [{to: wms}]
`
  assert.equal(await problemLines(text), [
    '2:10: extends: presets/nope.yaml cannot be read: there is no such file.',
    '3:1: limts: there is no such key; did you mean limits.',
  ])
})

test.run()
