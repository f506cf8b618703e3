// The presets: each is a configuration of its own, takes every flow of the reference architecture to the party that the
// architecture names, shows nobody what is another's, and starts from a file of a few lines.

import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { visibleTo, wayOf } from '../gateway/parties/index.ts'
import type { Topology } from '../gateway/parties/party.ts'
import { ROOT } from '../layers/sources.fixture.ts'
import type { JsonObject } from '../schema/json-text.ts'
import { loadConfig, problemText } from '../shell/config/index.ts'
import { CLI, cimgate, file } from '../cli/process.fixture.ts'
import { endAll, newFolder, startIn } from './process.fixture.ts'

const test = suite('serve: presets')

test.after(endAll)

const fileOf = (name: string) => join(ROOT, 'deploy', 'presets', `${name}.yaml`)

/** An address for each party that has to have one, and every secret that is named. */
function environmentOf(preset: string): Readonly<Record<string, string>> {
  const text = readFileSync(fileOf(preset), 'utf8')
  const keys = [...text.matchAll(/\$\{([A-Z_]+)\}/g)].map(([, name = '']) => [
    name,
    `key of ${name}`,
  ])
  const urls = [
    ...text.matchAll(/^ {2}'?([a-z][a-z:-]*)'?:\n.*\n {4}binding: \{ type: (?:cim-xml|json) \}/gm),
  ].map(([, id = '']) => [
    `CIMGATE_PARTIES_${id.toUpperCase().replace(/\W/g, '_')}_BINDING_URL`,
    `http://127.0.0.1:1/${id}`,
  ])
  assert.ok(urls.length > 8, 'the parties of the preset were found')
  return Object.fromEntries([...keys, ...urls])
}

function missing(what: string): never {
  throw new Error(`${what} is not there`)
}

async function topologyOf(preset: string): Promise<Topology> {
  const { config, problems } = await loadConfig(fileOf(preset), environmentOf(preset))
  assert.equal(problems.map(problemText), [])
  return config?.topology ?? missing(preset)
}

type Preset = keyof typeof ROLES

/** Parties that carry the roles of the architecture; `provider` is that of the objects, as their registration says. */
const ROLES = {
  centralized: { provider: undefined, derms: 'dso-derms', 'derms-cs': 'dso-cs' },
  distributed: { provider: 'north', derms: 'dso-derms:north', 'derms-cs': 'dso-cs' },
  'third-party': { provider: 'acme', derms: 'tp:acme:derms', 'derms-cs': 'tp:acme:cs' },
} as const

const PRESETS = Object.keys(ROLES) as readonly Preset[]
const OWNED: readonly Preset[] = ['centralized', 'distributed']
const THIRD: readonly Preset[] = ['third-party']

type Row = readonly [
  flow: string,
  verb: string,
  noun: string,
  from: string,
  to: readonly string[],
  presets?: readonly Preset[],
]

/** One row for each message of each flow. */
const FLOWS: readonly Row[] = [
  ['SR-01', 'create', 'ServiceRequests', 'customer', ['dso-cs']],
  ['SR-02', 'create', 'DERRegistrations', 'dso-cs', ['dso-eng', 'dso-dms']],
  ['SR-03', 'get', 'Tariffs', 'customer', ['dso-cs']],
  ['SR-03', 'get', 'PricingStructureConfig', 'customer', ['dso-cs']],
  ['SR-03', 'change', 'ServiceRequests', 'customer', ['dso-cs']],
  ['SR-04', 'create', 'InterconnectionReviews', 'dso-cs', ['dso-eng']],
  ['SR-05', 'execute', 'InterconnectionReviews', 'dso-eng', ['dso-ops', 'dso-dms']],
  ['SR-06', 'changed', 'InterconnectionReviews', 'dso-eng', ['dso-cs']],
  ['SR-07', 'created', 'CustomerNotifications', 'dso-cs', ['customer']],
  ['SR-08', 'create', 'ServiceOrders', 'dso-cs', ['wms']],
  ['SR-09', 'get', 'EndDeviceStatuses', 'dso-cs', ['derms']],
  ['SR-09', 'create', 'EndDeviceControls', 'dso-cs', ['derms']],
  ['SR-10', 'closed', 'ServiceRequests', 'dso-cs', ['customer']],
  ['SR-11', 'created', 'DERRegistrations', 'dso-cs', ['derms-cs']],
  ['SR-12', 'cancel', 'ServiceRequests', 'customer', ['dso-cs']],
  ['SO-01', 'create', 'ServiceOrders', 'dso-cs', ['wms']],
  ['SO-02', 'changed', 'ServiceOrders', 'wms', ['dso-cs']],
  ['SO-02', 'closed', 'ServiceOrders', 'wms', ['dso-cs']],
  ['SO-03', 'created', 'EndDeviceEvents', 'derms', ['dso-cs']],
  ['WR-01', 'create', 'WorkRequests', 'dso-cs', ['dso-eng']],
  ['WR-02', 'changed', 'WorkRequests', 'dso-eng', ['dso-cs']],
  ['WR-03', 'create', 'WorkRequests', 'dso-eng', ['wms']],
  ['WR-04', 'closed', 'WorkRequests', 'wms', ['dso-cs']],
  ['CA-01', 'created', 'Tariffs', 'dso-cs', ['customer']],
  ['CA-02', 'create', 'CustomerAgreements', 'customer', ['dso-cs']],
  ['CA-03', 'change', 'CustomerAgreements', 'customer', ['dso-cs']],
  ['CA-04', 'created', 'CustomerAgreements', 'dso-cs', ['derms-cs'], THIRD],
  ['CA-04', 'changed', 'CustomerAgreements', 'dso-cs', ['derms'], OWNED],
  ['CA-05', 'change', 'CustomerAgreements', 'dso-cs', ['derms-cs'], THIRD],
  ['CA-06', 'close', 'CustomerAgreements', 'customer', ['dso-cs']],
  ['GF-01', 'create', 'DERGroupRequests', 'derms', ['dso-cs']],
  ['GF-01', 'create', 'DERGroupRequests', 'dso-dms', ['dso-cs']],
  ['GF-02', 'changed', 'DERGroupRequests', 'dso-cs', ['derms-cs']],
  ['GF-03', 'change', 'CustomerAgreements', 'derms-cs', ['dso-cs']],
  ['GF-04', 'create', 'DERGroups', 'derms-cs', ['derms']],
  ['GF-05', 'created', 'DERGroups', 'derms', ['derms-cs', 'dso-dms', 'dso-cs']],
  ['GF-06', 'change', 'DERGroups', 'dso-dms', ['derms']],
  ['GF-06', 'execute', 'DERGroups', 'dso-dms', ['derms']],
  ['GF-06', 'get', 'DERGroupQueries', 'dso-dms', ['derms']],
  ['GF-06', 'get', 'DERGroups', 'dso-cs', ['derms']],
  ['GD-01', 'cancel', 'DERGroupRequests', 'derms', ['dso-cs']],
  ['GD-03', 'delete', 'DERGroups', 'dso-cs', ['derms-cs'], THIRD],
  ['GD-03', 'delete', 'DERGroups', 'dso-cs', ['derms'], OWNED],
  ['GD-04', 'deleted', 'DERGroups', 'derms-cs', ['derms']],
  ['GN-01', 'created', 'DERGroupMemberships', 'derms', ['derms-cs']],
  ['GN-01', 'changed', 'DERGroups', 'dso-dms', ['derms-cs'], OWNED],
  ['GN-02', 'created', 'DERGroupDispatches', 'derms', ['derms-cs']],
  ['GN-03', 'deleted', 'DERGroups', 'derms', ['derms-cs']],
  ['F31-C', 'created', 'DERRegistrations', 'dso-cs', ['derms'], OWNED],
  ['F31-D', 'create', 'DERGroups', 'dso-dms', ['derms']],
  ['F31-D', 'delete', 'DERGroups', 'dso-dms', ['derms']],
  ['F31-E', 'create', 'DERGroupDispatches', 'dso-dms', ['derms']],
  ['F31-F', 'changed', 'DERGroupStatuses', 'derms', ['dso-dms']],
  ['F31-F', 'created', 'MeterReadings', 'derms', ['dso-dms'], OWNED],
  ['F31-G', 'created', 'MeterReadings', 'derms', ['dso-cs'], OWNED],
  ['F31-H', 'created', 'DERParticipations', 'dso-cs', ['customer']],
  ['F32-Ca', 'created', 'DERRegistrations', 'dso-eng', ['dso-dms']],
  ['F32-E', 'created', 'DERGroupMemberships', 'derms', ['tp:acme:dso-inv'], THIRD],
  ['F32-F', 'created', 'DERGroupDecompositions', 'tp:acme:dso-inv', ['tp:acme:cust-inv'], THIRD],
  ['F32-G', 'created', 'DERParticipations', 'derms', ['tp:acme:cust-inv'], THIRD],
  ['F32-H', 'created', 'MeterReadings', 'ami', ['derms'], THIRD],
  ['F32-I', 'created', 'MeterReadings', 'derms', ['tp:acme:dso-inv'], THIRD],
  ['F32-I', 'created', 'MeterReadings', 'tp:acme:dso-inv', ['dso-cs'], THIRD],
  ['EN-01', 'create', 'ProgramEnrollments', 'aggregator', ['derms'], ['centralized']],
  ['EN-01', 'create', 'ProgramEnrollments', 'lec', ['derms'], ['centralized']],
  ['EN-01', 'create', 'ProgramEnrollments', 'derms', ['cpm']],
  ['EN-02', 'create', 'WorkRequests', 'cpm', ['wms']],
  ['EN-03', 'create', 'ProgramSubscriptions', 'cpm', ['derms']],
  ['EN-04', 'created', 'ProgramSubscriptions', 'derms', ['cpm']],
  ['EN-05', 'close', 'ProgramSubscriptions', 'cpm', ['derms']],
  ['EN-06', 'change', 'ProgramSubscriptions', 'cpm', ['derms']],
  ['DC-01', 'get', 'EndDeviceStatuses', 'cpm', ['derms']],
  ['DC-01', 'get', 'EndDeviceStatuses', 'derms', ['lec']],
  ['SC-01', 'created', 'FileTransfers', 'cpm', ['derms']],
  ['SC-01', 'created', 'DeviceScores', 'cpm', ['derms']],
  ['SC-02', 'created', 'OperationReports', 'cimgate', ['stakeholders']],
  ['RS-01', 'create', 'EventParticipations', 'derms', ['cpm']],
  ['EV-01', 'create', 'ProgramEvents', 'derms', ['cpm', 'lec']],
  ['EV-02', 'changed', 'ProgramEvents', 'derms', ['cpm']],
  ['EV-02', 'closed', 'ProgramEvents', 'derms', ['cpm']],
  ['EV-03', 'cancel', 'ProgramEvents', 'derms', ['cpm']],
  ['EV-04', 'created', 'FileTransfers', 'derms', ['cpm']],
  ['EV-04', 'changed', 'EventParticipations', 'derms', ['cpm']],
  ['EV-05', 'created', 'CustomerNotifications', 'cpm', ['customer']],
  ['MD-01', 'changed', 'NetworkLocations', 'derms', ['cpm']],
  ['MD-02', 'change', 'Programs', 'cpm', ['derms']],
  ['MD-03', 'create', 'Aggregators', 'cpm', ['derms']],
  ['MD-04', 'created', 'CustomerConfig', 'cis', ['cpm']],
  ['MD-04', 'created', 'CustomerConfig', 'cis', ['derms'], OWNED],
  ['LF-01', 'created', 'LoadReductionForecasts', 'derms', ['cpm']],
  ['LF-01', 'created', 'DERGroupForecasts', 'derms', ['cpm']],
  ['ST-02', 'create', 'AvoidedQuantities', 'analytics', ['cpm']],
  ['ST-03', 'created', 'PriceSeries', 'market', ['cpm']],
  ['ST-04', 'created', 'ProgramSettlements', 'cpm', ['local']],
  ['ST-06', 'create', 'SettlementCredits', 'cpm', ['cis']],
  ['UN-01', 'create', 'DeviceUnavailabilities', 'cpm', ['derms']],
  ['OO-01', 'change', 'EventParticipations', 'cpm', ['derms']],
  ['OO-02', 'changed', 'EventParticipations', 'derms', ['lec']],
]

for (const preset of PRESETS) {
  const roles = ROLES[preset]
  const partyOf = (role: string) => (role === 'derms' || role === 'derms-cs' ? roles[role] : role)

  test(`${preset}: valid, also with what it names, and says which variables are missing`, async () => {
    await topologyOf(preset)
    const { status, stdout } = spawnSync(
      process.execPath,
      [CLI, 'check', '--config', fileOf(preset)],
      { env: { ...process.env, ...environmentOf(preset) }, encoding: 'utf8' },
    )
    assert.is(status, 0, stdout)
    assert.not.match(stdout, /warning/, stdout)
    const { code, out } = await cimgate('check', '--config', fileOf(preset))
    assert.is(code, 1)
    for (const name of Object.keys(environmentOf(preset)))
      assert.match(out, name.startsWith('CIMGATE_') ? /binding/ : new RegExp(`\\b${name}\\b`))
  })

  test(`${preset}: each message goes to the parties that the architecture names, the first of which answers`, async () => {
    const topology = await topologyOf(preset)
    for (const [flow, verb, noun, fromRole, toRoles, where = PRESETS] of FLOWS) {
      if (!where.includes(preset)) continue
      const from = partyOf(fromRole)
      // One and the same party needs no message.
      const due = toRoles.map(partyOf).filter((it) => it !== from)
      if (due.length === 0) continue
      const choice = wayOf(topology, { noun, verb, from }, roles.provider)
      const said = `${flow}: ${verb} ${noun} from ${from}: ${JSON.stringify(choice)}`
      const to =
        choice.kind === 'local'
          ? ['local']
          : choice.kind === 'parties'
            ? choice.parties.map(({ id }) => id)
            : []
      const missing = due.filter((it) => !to.includes(it))
      assert.equal(missing, [], said)
      if (!verb.endsWith('d')) assert.is(to[0], due[0], said)
    }
  })

  test(`${preset}: starts from a file of five lines and its environment, and asks who comes`, async () => {
    const config = file(
      `${preset}.yaml`,
      `# ours\nextends: ${preset}\nsource: cim-gateway\nretention:\n  messages: 30d\n`,
    )
    const it = await startIn(environmentOf(preset), newFolder(), '--config', config)
    assert.is((await fetch(`${it.address}/readyz`)).status, 200)
    assert.is((await fetch(`${it.address}/api/v1/messages`)).status, 401)
    const headers = { 'X-API-Key': 'key of OPERATOR_KEY' }
    assert.is((await fetch(`${it.address}/api/v1/messages`, { headers })).status, 200)
    await it.end('SIGTERM')
  })
}

test('every reply that takes long is asynchronous, and what has a deadline goes ahead of bulk', async () => {
  for (const preset of PRESETS) {
    const { ways } = await topologyOf(preset)
    const named = (id: string) => ways.find((it) => it.id === id) ?? missing(id)
    assert.is(named('reviews').reply, 'async')
    assert.is(named('group-requests').reply, 'async')
    assert.equal(named('groups').order, { by: 'key', path: 'EndDeviceGroup.mRID' })
    assert.ok(named('opt-outs').priority > named('dispatches').priority)
    assert.ok(named('dispatches').priority > named('subscriptions').priority)
  }
})

const GROUP: JsonObject = {
  payload: {
    DERGroups: {
      EndDeviceGroup: [{ mRID: 'g', EndDevices: [{ mRID: 'd' }], Names: [{ name: 'Feeder 7' }] }],
    },
  },
}

test('third-party: the DSO sees no members, a provider its own, and nobody what is another provider’s', async () => {
  const topology = await topologyOf('third-party')
  const members = (party: string, owner: string) =>
    JSON.stringify(visibleTo(GROUP, { id: party }, topology, owner)).includes('"d"')
  for (const party of ['dso-cs', 'dso-dms', 'dso-ops', 'dso-eng'])
    assert.not.ok(members(party, 'tp:acme:derms'), party)
  assert.ok(members('tp:acme:cs', 'tp:acme:derms'))
  assert.ok(members('dso-dms', 'dso-dms'), 'a group of its own')
  const wrong = wayOf(
    topology,
    { noun: 'DERGroups', verb: 'created', from: 'tp:acme:derms' },
    'acme',
  )
  assert.ok(wrong.kind === 'parties')
  assert.ok(wrong.parties.every(({ id }) => id.startsWith('dso-') || id === 'tp:acme:cs'))
  const customers = wayOf(topology, { noun: 'CustomerConfig', verb: 'created', from: 'cis' })
  assert.ok(customers.kind === 'parties')
  assert.equal(
    customers.parties.map(({ id }) => id),
    ['cpm'],
    'no third party is told of customers',
  )
})

test('distributed: an area sees the members of its own groups alone', async () => {
  const topology = await topologyOf('distributed')
  const members = (party: string, owner: string) =>
    JSON.stringify(visibleTo(GROUP, { id: party }, topology, owner)).includes('"d"')
  assert.ok(members('dso-derms:north', 'dso-derms:north'))
  assert.not.ok(members('dso-derms:north', 'dso-derms:south'))
  assert.ok(members('dso-dms', 'dso-derms:south'))
})

test('another provider joins by four lines each, and its messages stay with it', async () => {
  const party = (role: string) =>
    `  "tp:beta:${role}": {binding: {type: json, url: "https://beta.test/${role}"}, auth: [{apiKey: "\${BETA_${role.toUpperCase().replace('-', '_')}}"}]}`
  const roles = ['cs', 'derms', 'dso-inv', 'cust-inv']
  const path = join(newFolder(), 'beta.yaml')
  writeFileSync(path, `extends: third-party\nparties:\n${roles.map(party).join('\n')}\n`)
  const keys = Object.fromEntries(
    roles.map((it) => [`BETA_${it.toUpperCase().replace('-', '_')}`, `beta ${it}`]),
  )
  const { config, problems } = await loadConfig(path, { ...environmentOf('third-party'), ...keys })
  assert.equal(problems.filter((it) => it.severity === 'error').map(problemText), [])
  const topology = config?.topology ?? missing('beta')
  const to = (noun: string, from: string, provider?: string) => {
    const choice = wayOf(topology, { noun, verb: 'created', from }, provider)
    return choice.kind === 'parties' ? choice.parties.map(({ id }) => id) : []
  }
  assert.equal(to('DERParticipations', 'tp:beta:derms'), ['tp:beta:cust-inv'])
  assert.equal(to('DERGroupDispatches', 'tp:beta:derms'), ['tp:beta:cs'])
  assert.equal(to('MeterReadings', 'ami', 'beta'), ['tp:beta:derms'])
})

test.run()
