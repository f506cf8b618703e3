// The presets: each is a configuration of its own, takes every flow of the reference architecture to the party that the
// architecture names, shows nobody what is another's, and starts from a file of a few lines.

import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { visibleTo, wayOf } from '../gateway/parties/index.ts'
import type { JsonObject } from '../schema/json-text.ts'
import { listening } from '../shell/http/raw.fixture.ts'
import { waitFor } from '../shell/wait.fixture.ts'
import { loadConfig, problemText } from '../shell/config/index.ts'
import { CLI, cimgate, file } from '../cli/process.fixture.ts'
import { FLOWS, PRESETS, ROLES } from './flows.fixture.ts'
import { groupXml, newGroup } from './messages.fixture.ts'
import { presetEnvironment, presetFile, presetTopology } from './preset-topology.fixture.ts'
import { endAll, newFolder, startIn } from './process.fixture.ts'
import { answerOk } from './scene.fixture.ts'

const test = suite('serve: presets')

test.after(endAll)

function missing(what: string): never {
  throw new Error(`${what} is not there`)
}

for (const preset of PRESETS) {
  const roles = ROLES[preset]
  const partyOf = (role: string) => (role === 'derms' || role === 'derms-cs' ? roles[role] : role)

  test(`${preset}: valid, also with what it names, and says which variables are missing`, async () => {
    await presetTopology(preset)
    const { status, stdout } = spawnSync(
      process.execPath,
      [CLI, 'check', '--config', presetFile(preset)],
      { env: { ...process.env, ...presetEnvironment(preset) }, encoding: 'utf8' },
    )
    assert.is(status, 0, stdout)
    assert.not.match(stdout, /warning/, stdout)
    const { code, out } = await cimgate('check', '--config', presetFile(preset))
    assert.is(code, 1)
    for (const name of Object.keys(presetEnvironment(preset)))
      assert.match(out, name.startsWith('CIMGATE_') ? /binding/ : new RegExp(`\\b${name}\\b`))
  })

  test(`${preset}: each message goes to the parties that the architecture names, the first of which answers`, async () => {
    const topology = await presetTopology(preset)
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
    const it = await startIn(presetEnvironment(preset), newFolder(), '--config', config)
    assert.is((await fetch(`${it.address}/readyz`)).status, 200)
    assert.is((await fetch(`${it.address}/api/v1/messages`)).status, 401)
    const headers = { 'X-API-Key': 'key of OPERATOR_KEY' }
    assert.is((await fetch(`${it.address}/api/v1/messages`, { headers })).status, 200)
    await it.end('SIGTERM')
  })
}

test('centralized: a group that the DMS forms goes to the DERMS, and what that tells, to both others', async () => {
  const heard: Record<string, string[]> = { 'dso-derms': [], 'dso-cs': [], 'dso-dms': [] }
  const server = createServer((request, response) => {
    void request.toArray().then((chunks) => {
      const text = Buffer.concat(chunks as Buffer[]).toString()
      heard[request.url?.slice(1) ?? '']?.push(text)
      answerOk(response, text)
    })
  })
  const at = `http://127.0.0.1:${await listening(server)}`
  const urls = Object.keys(heard).map((id) => [
    `CIMGATE_PARTIES_${id.toUpperCase().replace('-', '_')}_BINDING_URL`,
    `${at}/${id}`,
  ])
  const config = file('whole.yaml', 'extends: centralized\n')
  const variables = { ...presetEnvironment('centralized'), ...Object.fromEntries(urls) }
  const it = await startIn(variables, newFolder(), '--config', config)
  const send = (body: string, key: string) =>
    fetch(`${it.address}/cim`, {
      method: 'POST',
      body,
      headers: { 'Content-Type': 'application/xml', 'X-API-Key': `key of ${key}` },
    })
  const group = newGroup()
  const formed = await send(groupXml(group), 'DSO_DMS_KEY')
  assert.match(await formed.text(), /<Result>OK<\/Result>/)
  assert.equal([heard['dso-derms']?.length, heard['dso-cs']?.length], [1, 0])
  assert.ok(heard['dso-derms']?.[0]?.includes(group.mRID))
  const told = groupXml(group, 'told')
    .replaceAll('RequestMessage', 'EventMessage')
    .replace('<Verb>create</Verb>', '<Verb>created</Verb>')
    .replace('<Source>dso-dms</Source>', '<Source>dso-derms</Source>')
  assert.match(await (await send(told, 'DSO_DERMS_KEY')).text(), /<Result>OK<\/Result>/)
  await waitFor(
    () => heard['dso-cs']?.length === 1 && heard['dso-dms']?.length === 1,
    `both told\n${it.said()}`,
  )
  // Whoever may not write as the DERMS is told so, and nobody hears of it.
  assert.match(await (await send(told.replace('told', 'x'), 'WMS_KEY')).text(), /2\.14/)
  await it.end('SIGTERM')
  server.close()
  server.closeAllConnections()
  assert.is(heard['dso-cs']?.length, 1)
})

test('every reply that takes long is asynchronous, and what has a deadline goes ahead of bulk', async () => {
  for (const preset of PRESETS) {
    const { ways } = await presetTopology(preset)
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
  const topology = await presetTopology('third-party')
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
  const topology = await presetTopology('distributed')
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
  const { config, problems } = await loadConfig(path, {
    ...presetEnvironment('third-party'),
    ...keys,
  })
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
