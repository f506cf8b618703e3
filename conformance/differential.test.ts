// Both sides of a gateway at once, against our own as a process: alone, and with the tester as its party of CIM.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { endAll, newFolder, start, startIn } from '../src/serve/process.fixture.ts'
import type { ConformanceOptions } from './index.ts'
import type { Results } from './results-shape.ts'
import type { Capability } from './shapes.ts'
import { asking } from './told.fixture.ts'

const test = suite('conformance: differential')
const folder = mkdtempSync(join(tmpdir(), 'cimgate-differential-'))
test.after(async () => {
  await endAll()
  rmSync(folder, { recursive: true, force: true })
})

/** Of each family some, with lists, attributes, extensions, units, and objects that others have to be there for. */
const NOUNS = [
  ...['Aggregators', 'CustomerAgreements', 'DERGroups', 'DERGroupDispatches', 'MeterReadings'],
  ...['EndDeviceConfig', 'DERGroupDecompositions', 'DERGroupRequests'],
]

let runs = 0
const ask = asking(10)

async function told(action: string, options: Partial<ConformanceOptions>) {
  const report = join(folder, `run-${(runs += 1)}`)
  const asked = await ask(action, { mode: 'gateway', report, ...options })
  const results = () => JSON.parse(readFileSync(join(report, 'results.json'), 'utf8')) as Results
  return { ...asked, report, results }
}

const ICS = join(folder, 'ics.json')
test.before(async () => {
  writeFileSync(ICS, (await told('list', { role: 'GW' })).out)
})

const mapping = (nouns: readonly string[]) => nouns.map((it) => `mapping/${it}`)

test('the gateway that keeps its objects loses nothing, and the ledger has every value', async () => {
  const gateway = await start(newFolder())
  const { exit, out, results, report } = await told('run', {
    ...{ target: gateway.address, ics: ICS, only: mapping(NOUNS), seed: 'any' },
  })
  await hearsEveryEvent(gateway.address)
  await sameInJson(gateway.address)
  await gateway.end('SIGTERM')
  assert.is(exit, 0, out)
  const { ledger = [], cases } = results()
  for (const layer of ['L0', 'L4', 'L8'] as const)
    assert.ok(
      cases.every((it) => it.layers[layer] === 'pass'),
      layer,
    )
  const fates = [...new Set(ledger.map((it) => it.fate))].sort()
  assert.equal(fates, ['defaulted', 'mapped'])
  assert.ok(cases.some((it) => it.steps.some(({ id }) => id === 'xml-out-converted')))
  for (const noun of NOUNS)
    for (const direction of ['json-to-xml', 'xml-to-json'])
      assert.ok(
        ledger.some((it) => it.scenario === `mapping/${noun}` && it.direction === direction),
        `${noun} ${direction}`,
      )
  const rows = readFileSync(join(report, 'ledger.csv'), 'utf8').split('\r\n').length
  assert.is(rows, ledger.length + 2)
  assert.match(readFileSync(join(report, 'report.html'), 'utf8'), /<h2>Ledger<\/h2>/)
})

async function hearsEveryEvent(target: string) {
  const options = { target, ics: ICS, mode: 'client', transport: 'websocket' } as const
  const { exit, out, err, results } = await told('run', options)
  assert.is(exit, 0, out)
  assert.match(err, /not-applicable sockets\/without-right .*give it a --header/)
  const { run, cases } = results()
  assert.is(run.transport, 'websocket')
  const played = cases.filter((it) => it.verdict !== 'not-applicable')
  assert.ok(played.length > 4 && played.every((it) => it.layers.L6 === 'pass'))
}

/** What the façade has a form of comes out as in XML, and no claim is made by it. */
async function sameInJson(target: string) {
  const cases = ['DERG-1a', 'DERG-1b', 'DERG-2-unknown', 'DERG-4', 'WR-4', '100/header/repeated']
  const way = { target, ics: ICS, mode: 'client', transport: 'json' } as const
  const { exit, out, report, results } = await told('run', { ...way, only: [...cases, 'DERG-6'] })
  assert.is(exit, 0, out)
  assert.match(out, /^over json, .*non-normative/m)
  const { cases: played, profiles, run, wire } = results()
  assert.equal([run.isNormative, profiles], [false, []])
  const event = played.find((it) => it.id === 'DERG-6')
  assert.match(`${event?.verdict} ${event?.why}`, /^not-applicable .*events have no form/)
  const passed = played.filter((it) => it.verdict === 'pass')
  assert.equal(passed.map((it) => it.id).sort(), cases.toSorted())
  for (const { layers } of passed)
    assert.equal([layers.L1, layers.L2, layers.L3], Array(3).fill('not-applicable'))
  assert.ok(wire.every((it) => it.file.endsWith('.json')))
  for (const { direction, asked, file } of wire)
    if (direction === 'request')
      assert.match(asked ?? '', /^(GET|POST|PATCH|DELETE) \/api\/v1\//, file)
    else assert.is(asked, undefined)
  const create = wire.find((it) => it.asked === 'POST /api/v1/der-groups')
  assert.ok(create !== undefined && readFileSync(join(report, create.file), 'utf8').startsWith('{'))
  const query = wire.find((it) => it.asked?.startsWith('GET /api/v1/der-groups/') === true)
  assert.is(readFileSync(join(report, query?.file ?? ''), 'utf8'), '', 'it has no body')
  const page = readFileSync(join(report, 'report.html'), 'utf8')
  assert.match(page, /→ \w+, POST \/api\/v1\/der-groups \(wire\//)
  assert.match(page, /<a href="#wire[^"]*">GET \/api\/v1\/der-groups\/[^<]*<\/a>/)
  assert.match(readFileSync(join(report, 'report.html'), 'utf8'), /non-normative/)
}

test('a gateway that sends its objects on is judged by what comes to the tester as its party', async () => {
  const port = await freePort()
  const config = join(folder, 'routed.yaml')
  writeFileSync(
    config,
    [
      'parties:',
      `  cim: {binding: {type: cim-xml, url: "http://127.0.0.1:${port}/cim"}}`,
      '  vendor: {auth: [{apiKey: "${VENDOR_KEY}"}], operator: true}',
      'routes: [{when: {verb: create}, to: cim}]',
    ].join('\n'),
  )
  const key = 'a key of the test'
  const gateway = await startIn({ VENDOR_KEY: key }, newFolder(), '--config', config)
  const options = { target: gateway.address, ics: ICS, port, seed: 'any' }
  const header = { 'X-API-Key': key }
  const only = mapping(['DERGroups', 'EndDeviceControls'])
  const { exit, out, err, results } = await told('run', { ...options, header, only })
  const proof = { header, mode: 'client', transport: 'websocket' } as const
  const door = await told('run', { ...options, ...proof, only: ['sockets/without-right'] })
  assert.is(door.exit, 0, door.out)
  assert.match(door.err, /^pass +sockets\/without-right/m)
  await gateway.end('SIGTERM')
  assert.is(exit, 0, out)
  assert.match(err, new RegExp(`party of CIM at http://127.0.0.1:${port}/cim`))
  const came = results().wire.filter((it) => it.to === 'CIM' && it.step === 'json-in-cim')
  assert.is(came.length, 2)
})

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((done) => server.once('listening', done))
  const { port } = server.address() as AddressInfo
  await new Promise((done) => server.close(done))
  return port
}

test('what a product does not claim is wrong usage, and said how', async () => {
  const statement = JSON.parse(readFileSync(ICS, 'utf8')) as Capability
  const ics = join(folder, 'xml-only.json')
  writeFileSync(ics, JSON.stringify({ ...statement, transports: ['http-xml'] }))
  const refused = await told('run', { ics, target: 'http://127.0.0.1:1' })
  assert.is(refused.exit, 2)
  assert.match(refused.err, /transports of the capability statement are http-xml; add json/)
  const nowhere = await told('run', { ics: ICS })
  assert.match(nowhere.err, /--target says where the gateway under test is/)
})

test('where nobody is there the report says so', async () => {
  const { exit, out } = await told('run', {
    ...{ ics: ICS, target: 'http://127.0.0.1:1', only: mapping(['DERGroups']) },
  })
  assert.is(exit, 5)
  assert.match(out, /is not reached/)
})

test.run()
