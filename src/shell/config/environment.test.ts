import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { loaded } from './config.fixture.ts'
import { digestOf } from './secrets.ts'
import { problemText } from './problem.ts'

const test = suite('environment')

const TEXT = `
parties:
  tp:acme:cs:
    binding: {type: cim-xml, url: "https://cs.acme.test", credential: {bearer: "\${CIMGATE_TOKEN}"}}
    auth: [{apiKey: {file: /nowhere}}]
routes: [{to: tp:acme:cs}, {when: {noun: DERGroups}, to: [local]}]
`
const TOKEN = { CIMGATE_TOKEN: 't', CIMGATE_PARTIES_TP_ACME_CS_AUTH_0_APIKEY: 'k' }

async function effectiveWith(environment: Readonly<Record<string, string>>, text = TEXT) {
  const { effective, problems } = await loaded(text, { ...TOKEN, ...environment })
  return { effective: JSON.stringify(effective), problems: problems.map(problemText) }
}

/** [variables, what is in effect then] */
const OVERRIDES: readonly (readonly [Readonly<Record<string, string>>, string])[] = [
  [{ CIMGATE_SOURCE: '0123' }, '"source":"0123"'],
  [{ CIMGATE_MIXEDBATCH: 'failed' }, '"mixedBatch":"failed"'],
  [{ CIMGATE_mixedBatch: 'failed' }, '"mixedBatch":"failed"'],
  [{ CIMGATE_LIMITS_DEPTH: '20' }, '"depth":20'],
  [{ CIMGATE_OFFICIALONLY: 'true' }, '"officialOnly":true'],
  [{ CIMGATE_RETENTION_MESSAGES: '91d' }, '"messages":"91d"'],
  [{ CIMGATE_TOLERATE: '[HDR-01]' }, '"tolerate":["HDR-01"]'],
  [{ CIMGATE_PARTIES_TP_ACME_CS_BINDING_URL: 'https://x.test' }, '"url":"https://x.test"'],
  [{ CIMGATE_PARTIES_TP_ACME_CS_ORG: 'ACME' }, '"org":"ACME"'],
  [{ CIMGATE_ROUTES_0_TIMEOUT: '7s' }, '"timeout":"7s"'],
  [{ CIMGATE_ROUTES_1_TO: 'tp:acme:cs' }, '"when":{"noun":["DERGroups"]},"to":["tp:acme:cs"]'],
  [
    { CIMGATE_LIMITS: '{depth: 9, nodes: 777}', CIMGATE_LIMITS_DEPTH: '8' },
    '"depth":8,"nodes":777',
  ],
  [{ CIMGATE_PARTYALIASES: '{cs: tp:acme:cs}' }, '"partyAliases":{"cs":"tp:acme:cs"}'],
  [{ CIMGATE_SOURCE: '' }, '"source":"cimgate"'],
]

test('a variable with the path of a key in capitals overrides it', async () => {
  for (const [variables, due] of OVERRIDES) {
    const text = TEXT.replace('{to: tp:acme:cs}, ', '{to: tp:acme:cs, when: {noun: Tariffs}}, ')
    const { effective, problems } = await effectiveWith(variables, text)
    assert.equal(problems, [], JSON.stringify(variables))
    assert.ok(effective?.includes(due), `${due} is not in ${effective ?? ''}`)
  }
})

test('a secret may stand in the variable itself, and is named by it from then on', async () => {
  const key = 'CIMGATE_PARTIES_TP_ACME_CS_AUTH_0_APIKEY'
  const { config, effective } = await loaded('parties: {tp:acme:cs: {auth: [{apiKey: x}]}}', {
    [key]: 'geheim',
  })
  assert.equal(config?.topology.parties[0]?.proofs, [
    { kind: 'api-key', sha256: digestOf('geheim') },
  ])
  assert.ok(JSON.stringify(effective).includes(`"apiKey":"\${${key}}"`))
  const named = await loaded('parties: {tp:acme:cs: {auth: [{apiKey: x}]}}', {
    [key]: '${OTHER}',
    OTHER: 'o',
  })
  assert.ok(JSON.stringify(named.effective).includes('"apiKey":"${OTHER}"'))
})

test('variables that are there for something else are left alone', async () => {
  const { problems } = await effectiveWith(
    {
      CIMGATE_FAULT_AT: 'x',
      CIMGATE_CRASH_AT: 'x',
      CIMGATE_PORT: 'tcp://10.0.0.1:8080',
      CIMGATE_PORT_8080_TCP_ADDR: '10.0.0.1',
      CIMGATE_SERVICE_HOST: '10.0.0.1',
      CIMGATE_SERVICE_PORT_HTTP: '8080',
      CIMGATEWAY_SOURCE: 'x',
    },
    TEXT.replace('{to: tp:acme:cs}, ', ''),
  )
  assert.equal(problems, [])
})

/** [variable, its value, what is told] */
const WRONG: readonly (readonly [string, string, string])[] = [
  ['CIMGATE_LIMITS_DEPT', '3', 'did you mean CIMGATE_LIMITS_DEPTH'],
  ['CIMGATE_PARTIES_DMS_ORG', 'x', 'it overrides nothing, because it is the name of no key'],
  ['CIMGATE_ROUTES_7_TO', 'x', 'did you mean CIMGATE_ROUTES_0_TO'],
  ['CIMGATE_EXTENDS', 'x', 'it overrides nothing'],
  ['CIMGATE_LIMITS_DEPTH', 'x', 'limits.depth: x is not possible; write a whole number from 8'],
  ['CIMGATE_LIMITS', '{dept: 3}', 'limits.dept: there is no such key; did you mean depth.'],
  ['CIMGATE_TOLERATE', '[HDR-01', 'tolerate: a closing quotation mark, brace, bracket'],
  [
    'CIMGATE_PARTIES_TP_ACME_CS_BINDING_URL',
    'http://u:geheim@x',
    'a user or password stands in the address in the open; ',
  ],
]

test('what overrides nothing, or is wrong, is told by the name of the variable', async () => {
  for (const [variable, value, due] of WRONG) {
    const { problems } = await loaded(TEXT, { ...TOKEN, [variable]: value })
    const text = problems.map(problemText).find((it) => it.startsWith(`${variable}: `)) ?? 'nothing'
    assert.ok(text.includes(due), `${variable}=${value}: ${text}`)
    assert.not.match(text, 'geheim')
  }
})

test('what overrides nothing is a warning: it may be there for something else', async () => {
  const { config, problems } = await loaded('', { CIMGATE_IMAGE: 'x' })
  assert.equal(
    problems.map((it) => it.severity),
    ['warning'],
  )
  assert.ok(config)
})

test('a name that two keys share is told, and overrides none of them', async () => {
  const { config, problems } = await loaded('parties: {a-b: {}, a.b: {}}', {
    CIMGATE_PARTIES_A_B_ORG: 'x',
  })
  assert.is(config, undefined)
  assert.match(problems.map(problemText).join(), 'parties.a-b.org and parties.a.b.org')
})

test('without a file the environment alone is read', async () => {
  const { loadConfig } = await import('./index.ts')
  const { config } = await loadConfig(undefined, { CIMGATE_LIMITS_DEPTH: '20' })
  assert.is(config?.limits.depth, 20)
})

test.run()
