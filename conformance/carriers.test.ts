// Every case of the register over every other carrier than XML as it is, against our own gateway: each is passed, or says which
// of its messages has no form there. What the status feed tells is judged in differential.test.ts.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { endAll, newFolder, start } from '../src/serve/process.fixture.ts'
import type { Served } from '../src/serve/process.fixture.ts'
import type { ConformanceOptions } from './index.ts'
import type { Results } from './engine/results.ts'
import { readRegister } from './register.ts'
import { asking } from './told.fixture.ts'
import type { Capability } from './shapes.ts'

const test = suite('conformance: carriers')
const folder = mkdtempSync(join(tmpdir(), 'cimgate-carriers-'))
const ICS = join(folder, 'ics.json')
/** A thousand members take long on a machine that is busy, which is no fault of the gateway. */
const told = asking(30)
let gateway: Served
let inXml: ReadonlySet<string>
test.before(async () => {
  const statement = JSON.parse((await told('list', { role: 'GW' })).out) as Capability
  const transports = ['http-xml', 'soap', 'json']
  writeFileSync(ICS, JSON.stringify({ ...statement, transports }))
  gateway = await start(newFolder())
  inXml = await planned('http')
})
test.after(async () => {
  await endAll()
  rmSync(folder, { recursive: true, force: true })
})

type Transport = NonNullable<ConformanceOptions['transport']>
/** [carrier, where, what has no form there]; a typed service has an address for each noun, and takes nothing else there. */
const CARRIED: readonly (readonly [Transport, string, RegExp | undefined])[] = [
  ['http-typed', '/cim', undefined],
  ['soap', '/soap', undefined],
  ['soap12', '/soap', undefined],
  ['soap-typed', '/soap/{Noun}', / at the address of a typed service: /],
  ['soap12-typed', '/soap/{Noun}', / at the address of a typed service: /],
  ['json', '/', / in a JSON façade: /],
]

/** Five hundred devices are the same in every carrier: in one of them they are asked for, and in XML in suite.test.ts. */
const casesOf = (transport: Transport) =>
  readRegister()
    .scenarios.map((it) => it.id)
    .filter((it) => it !== 'IT-36' || transport === 'soap')

async function planned(transport: Transport, path = '/') {
  const target = gateway.address + path
  const only = casesOf(transport)
  const { exit, out } = await told('plan', { ics: ICS, transport, target, only })
  assert.is(exit, 0, out)
  return new Set([...out.matchAll(/^run +(\S+) /gm)].map(([, id = '']) => id))
}

for (const [transport, path, formless] of CARRIED)
  test(`over ${transport} each case is passed, or says what has no form there`, async () => {
    const report = join(folder, transport)
    const only = casesOf(transport)
    const options = { target: gateway.address + path, ics: ICS, report, transport, only }
    const { exit, out } = await told('run', options)
    assert.is(exit, 0, out)
    const { cases } = JSON.parse(readFileSync(join(report, 'results.json'), 'utf8')) as Results
    const others = cases.filter((it) => it.verdict !== 'pass')
    assert.equal([...new Set(others.map((it) => it.verdict))], ['not-applicable'])
    const lost = others.filter((it) => inXml.has(it.id))
    assert.equal(lost.length > 0, formless !== undefined)
    for (const { id, why = '' } of lost) assert.match(why, formless ?? /^$/, id)
    const passed = cases.filter((it) => it.verdict === 'pass').map((it) => it.id)
    assert.equal(passed, [...(await planned(transport, path))], 'what was planned is played')
  })

test('what has no payload is typed after the noun in its Header, and refused for what is wrong in it', () => {
  for (const transport of ['http-typed', 'soap-typed', 'soap12-typed']) {
    const run = join(folder, transport)
    const { cases, wire } = JSON.parse(readFileSync(join(run, 'results.json'), 'utf8')) as Results
    const id = '100/payload/missing'
    assert.is(cases.find((it) => it.id === id)?.verdict, 'pass')
    const sent = wire.find((it) => it.scenario === id && it.direction === 'request')
    const text = readFileSync(join(run, sent?.file ?? ''), 'utf8')
    assert.match(text, /<m:CreateDERGroups xmlns:m="http:\/\/iec.ch\/TC57\/2017\/DERGroupsMessage"/)
  }
})

test('no profile is claimed of which a case has no form there', () => {
  const run = join(folder, 'soap-typed', 'results.json')
  const { profiles } = JSON.parse(readFileSync(run, 'utf8')) as Results
  const group = profiles.find((it) => it.profile === 'C-GRP')
  assert.is(group?.claim, 'no')
  assert.match(group?.missing[0]?.why ?? '', /not by ID alone/)
})

test.run()
