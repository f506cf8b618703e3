import { fileURLToPath } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { RETRY } from '../../gateway/delivery/retry.ts'
import { FILE, loaded } from './config.fixture.ts'
import { DEFAULTS, configText, loadConfig, problemText } from './index.ts'
import type { Config } from './index.ts'
import { digestOf } from './secrets.ts'

const test = suite('config')

const DEPLOYED = fileURLToPath(new URL('../../../../deploy/cimgate.yaml', import.meta.url))

async function good(text: string, environment: Record<string, string> = {}): Promise<Config> {
  const { config, problems } = await loaded(text, environment)
  if (config === undefined) throw new Error(JSON.stringify(problems))
  return config
}

/** Without its version, which is not that of no configuration. */
function unversioned({ topology, ...rest }: Config): Config {
  return { ...rest, topology: { ...topology, version: '' } }
}

test('deploy/cimgate.yaml says what applies without it', async () => {
  const { config, problems } = await loadConfig(DEPLOYED)
  assert.equal(problems, [])
  assert.ok(config)
  assert.equal(unversioned(config), DEFAULTS)
})

test('an empty file, one of comments, and keys without a value have every default', async () => {
  for (const text of ['', '# nothing\n', '{}', 'limits: {}\naliases: {}', 'limits:\nroutes:\n'])
    assert.equal(unversioned(await good(text)), DEFAULTS, text)
})

test('what is given replaces its default and nothing else', async () => {
  const config = await good('source: dso\nlimits: {depth: 20}\naliases: {verbs: {Create: create}}')
  assert.equal(unversioned(config), {
    ...DEFAULTS,
    source: 'dso',
    limits: { ...DEFAULTS.limits, depth: 20 },
    aliases: { namespaces: {}, verbs: { Create: 'create' } },
  })
})

test('an edition is chosen by key or year, and a year may be a number', async () => {
  const { schemas, officialOnly } = await good(
    'schemas: {A: iec-61968-8@2015, B: 2017, C: shipped}\nofficialOnly: true',
  )
  assert.equal(schemas, { A: 'iec-61968-8@2015', B: '2017', C: 'shipped' })
  assert.is(officialOnly, true)
})

test('JSON is YAML', async () => {
  assert.is((await good('{"mixedBatch": "failed"}')).mixedBatch, 'failed')
})

test('a file that cannot be read is a problem that names it', async () => {
  const { config, problems } = await loadConfig('/nowhere/cimgate.yaml')
  assert.is(config, undefined)
  assert.equal(problems.map(problemText), [
    '/nowhere/cimgate.yaml:1:1: /nowhere/cimgate.yaml cannot be read: there is no such file.',
  ])
})

test('without a file and without variables there is nothing but defaults', async () => {
  assert.equal(await loadConfig(undefined, { HOME: '/' }), {
    config: DEFAULTS,
    problems: [],
    files: [],
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

test('parties and routes are read with their defaults, and a secret is kept as its digest', async () => {
  const { topology } = await good(PARTIES, ENVIRONMENT)
  const [dms, cs] = topology.parties
  assert.equal(dms?.binding, {
    type: 'cim-xml',
    url: 'https://dms.test/cim',
    timeoutMs: 30_000,
    credential: { kind: 'bearer', token: 't' },
  })
  assert.equal(cs?.proofs, [{ kind: 'api-key', sha256: digestOf('k') }])
  assert.equal(topology.ways[0], {
    id: 'routes[0]',
    when: { noun: ['DERGroups'], verb: ['create', 'change'] },
    to: ['dms'],
    reply: 'sync',
    order: { by: 'key', path: 'EndDeviceGroup.mRID' },
    timeoutMs: 5_000,
    retry: RETRY,
    idempotencyMs: 86_400_000,
    whenTargetDown: 'queue',
    priority: 0,
    collection: 500,
  })
})

test('what is in effect is written with every default, durations as text and secrets as references', async () => {
  const { effective = {}, version } = await loaded(PARTIES, ENVIRONMENT)
  const text = await configText(effective)
  assert.match(text, 'bearer: ${TOKEN}')
  assert.match(text, 'timeout: 5s')
  assert.match(text, /retry:\n +- 5s\n +- 30s\n/)
  assert.match(text, 'messages: 90d')
  const again = await loaded(text, ENVIRONMENT)
  assert.equal(again.problems, [])
  assert.equal(again.effective, effective)
  assert.is(again.version, version)
})

test('the version is that of what is said, not of how it is written', async () => {
  const versionOf = async (text: string) => (await loaded(text)).version
  assert.is(await versionOf('source: a'), await versionOf('# a comment\n{source: a, limits: {}}'))
  assert.is.not(await versionOf('source: a'), await versionOf('source: b'))
  assert.match((await versionOf('')) ?? '', /^[0-9a-f]{64}$/)
})

test('every file that matters is named, those with secrets too', async () => {
  const text = 'extends: ./base.yaml\nparties: {a: {auth: [{apiKey: {file: /nowhere/key}}]}}'
  const { files } = await loaded(text, {}, { 'base.yaml': 'extends: lab', 'presets/lab.yaml': '' })
  assert.equal(files, [FILE, 'base.yaml', 'presets/lab.yaml', '/nowhere/key'])
})

test.run()
