import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { RETRY } from '../../gateway/delivery/retry.ts'
import { LOCAL } from '../../gateway/parties/party.ts'
import { parseConfig } from './check.ts'
import { DEFAULTS, readConfig } from './index.ts'
import type { Config } from './index.ts'
import { editorSchema } from './schema.ts'
import { digestOf } from './secrets.ts'

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
  const config = await readConfig(DEPLOYED)
  const text = readFileSync(DEPLOYED, 'utf8')
  const version = digestOf(text)
  assert.equal(config, { ...DEFAULTS, topology: { ...LOCAL, version } })
  const missing = keysOf(editorSchema()).filter((it) => !new RegExp(`\\b${it}:`).test(text))
  assert.equal(missing, [], 'write these keys into deploy/cimgate.yaml')
})

/** Every key that the schema knows, at whatever depth. */
function keysOf(it: unknown): readonly string[] {
  if (typeof it !== 'object' || it === null) return []
  return Object.entries(it).flatMap(([key, inner]) => [
    ...(key === 'properties' ? Object.keys(inner as object) : []),
    ...keysOf(inner),
  ])
}

test('an empty file, or one of comments, has every default', () => {
  for (const text of ['', '# nothing\n', '{}', 'limits: {}\naliases: {}']) {
    const { topology, ...rest } = good(text)
    assert.equal({ ...rest, topology: { ...topology, version: '' } }, DEFAULTS, text)
  }
})

test('what is given replaces its default and nothing else', () => {
  const config = good('source: dso\nlimits: {depth: 20}\naliases: {verbs: {Create: create}}')
  assert.equal(config, {
    ...config,
    mixedBatch: DEFAULTS.mixedBatch,
    tolerate: DEFAULTS.tolerate,
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

const PARTIES = `
parties:
  dms: {binding: {type: cim-xml, url: "https://dms.test/cim", credential: {bearer: "\${TOKEN}"}}}
  cs: {auth: [{apiKey: "\${KEY}"}], replyAddresses: ["https://cs.test/replies"]}
routes:
  - {when: {noun: DERGroups, verb: [create, change]}, to: dms, order: "key:EndDeviceGroup.mRID", timeout: 5s}
  - {to: local}
`
const ENVIRONMENT = { TOKEN: 't', KEY: 'k' }

function topologyProblems(text: string): readonly string[] {
  const config = parseConfig(text, ENVIRONMENT)
  return 'problems' in config ? config.problems : []
}

test('parties and routes are read with their defaults, and a secret is kept as its digest', () => {
  const config = parseConfig(PARTIES, ENVIRONMENT)
  if ('problems' in config) return assert.unreachable(config.problems.join('\n'))
  const { parties, ways, version } = config.topology
  const [dms, cs] = parties
  assert.equal(dms?.binding, {
    type: 'cim-xml',
    url: 'https://dms.test/cim',
    timeoutMs: 30_000,
    credential: { kind: 'bearer', token: 't' },
  })
  assert.equal(cs?.proofs, [{ kind: 'api-key', sha256: digestOf('k') }])
  assert.equal(ways[0], {
    id: 'routes[0]',
    when: { noun: ['DERGroups'], verb: ['create', 'change'] },
    to: ['dms'],
    reply: 'sync',
    order: { by: 'key', path: 'EndDeviceGroup.mRID' },
    timeoutMs: 5_000,
    retry: { delaysMs: RETRY.delaysMs },
    idempotencyMs: 86_400_000,
    whenTargetDown: 'queue',
    priority: 0,
  })
  assert.is(version.length, 64)
})

/** [what is wrong, how the sentence begins] */
const WRONG: readonly (readonly [string, string])[] = [
  [
    'parties: {a: {auth: [{apiKey: geheim}]}}',
    'parties.a.auth.0: a secret in the open; write ${NAME}',
  ],
  [
    'parties: {a: {auth: [{apiKey: "${NONE}"}]}}',
    'parties.a.auth.0: the environment variable NONE is not set',
  ],
  [
    'parties: {a: {auth: [{bearer: {file: /none}}]}}',
    'parties.a.auth.0: /none cannot be read: ENOENT',
  ],
  [
    'parties: {a: {auth: [{apiKey: "${KEY}"}]}, b: {auth: [{bearer: "${KEY}"}]}}',
    'parties.b.auth: a proves',
  ],
  [
    'parties: {a: {binding: {type: cim-xml, url: "ftp://x"}}}',
    'parties.a.binding.url: ftp://x is no address',
  ],
  [
    'parties: {a: {binding: {type: cim-xml, url: "http://u:p@x"}}}',
    'parties.a.binding.url: http://u:p@x is no',
  ],
  ['parties: {a: {bindng: 1}}', 'parties.a.bindng: there is no such key; did you mean binding'],
  ['parties: {"a b": {}}', 'parties.a b: '],
  ['routes: [{to: dsm}]\nparties: {dms: {}}', 'routes[0].to: there is no party dsm; there are dms'],
  ['routes: [{to: dms}]\nparties: {dms: {}}', 'routes[0].to: dms has no binding'],
  ['routes: [{to: local}, {to: local, name: x}]', 'x: routes[0] before it takes every message'],
  ['routes: [{to: local, when: {verb: crate}}]', 'routes.0.when.verb: '],
  ['routes: [{to: local, timeout: 5 years}]', 'routes.0.timeout: 5 years is no duration'],
  ['routes: [{to: local, order: "key:"}]', 'routes.0.order: '],
  ['partyAliases: {a: b, b: a}', 'partyAliases.a: it leads back to itself'],
]

test('what is wrong with parties and routes is told with its place and its remedy', () => {
  for (const [text, due] of WRONG) {
    const [first = 'nothing'] = topologyProblems(text)
    assert.ok(first.startsWith(due), `${text}\n  due: ${due}\n  is:  ${first}`)
  }
})

test.run()
