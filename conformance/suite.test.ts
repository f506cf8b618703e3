// The suite against real servers: our own gateway, which keeps to the standard, and a product by somebody else, which does
// not. What is wrong with it has to be named, with clause and blame, and nothing else.

import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { endAll, newFolder, start } from '../src/serve/process.fixture.ts'
import type { Capability } from './shapes.ts'
import type { Results } from './engine/results.ts'
import { publishedSchemas } from './schemas.ts'
import { openStranger } from './stranger.fixture.ts'
import { asking } from './told.fixture.ts'

const test = suite('conformance')
const folder = mkdtempSync(join(tmpdir(), 'cimgate-conformance-'))
test.after(async () => {
  await endAll()
  rmSync(folder, { recursive: true, force: true })
})

const told = asking(5)

const ICS = join(folder, 'ics.json')
const OWN = join(folder, 'own.json')
test.before(async () => {
  writeFileSync(ICS, (await told('list', { role: 'DOP' })).out)
  writeFileSync(OWN, (await told('list', { role: 'GW' })).out)
})

const SCHEMAS = new URL('../../conformance/schemas/', import.meta.url)
const schemaIn = (name: string) => readFileSync(new URL(name, SCHEMAS), 'utf8')
const isResults = new Ajv2020({ strict: false, allErrors: true, validateFormats: false }).compile(
  JSON.parse(schemaIn('results.json')) as object,
)

function resultsIn(report: string): Results {
  const results = JSON.parse(readFileSync(join(report, 'results.json'), 'utf8')) as Results
  assert.ok(isResults(results), JSON.stringify(isResults.errors?.slice(0, 3)))
  return results
}

test('the published schemas are those of the shapes', () => {
  const made = publishedSchemas()
  assert.equal(readdirSync(SCHEMAS).sort(), Object.keys(made).sort())
  for (const [name, text] of Object.entries(made))
    assert.is(
      schemaIn(name),
      text,
      `${name}: run node src/launch.cjs --run conformance/schemas-run.fixture.js`,
    )
})

test('the gateway keeps to every case, and the folder holds each octet that passed', async () => {
  const gateway = await start(newFolder())
  const report = join(folder, 'own')
  try {
    // A thousand members take long on a machine that is busy, which is no fault of the gateway.
    const options = { target: `${gateway.address}/cim`, ics: OWN, report, wait: 30 }
    const { exit, out } = await told('run', options)
    assert.is(exit, 0, out)
    const { verdict, cases, wire, profiles } = resultsIn(report)
    assert.is(verdict, 'pass')
    const others = cases.filter((it) => it.verdict !== 'pass')
    assert.equal([...new Set(others.map((it) => it.verdict))], ['not-applicable'])
    const isOther = (it: { readonly why?: string }) =>
      /^no role [A-Z or]+ is claimed$|^the option (mixedBatch=FAILED|async)|^the run has the credentials of one provider/.test(
        it.why ?? '',
      )
    assert.ok(others.every(isOther))
    const claims = profiles.map((it) => [it.profile, it.claim, it.missing.length])
    const whole = ['C-ENV', 'C-CUST', 'C-GRP', 'C-DR'].map((it) => [it, 'yes', 0])
    assert.equal(claims, whole)
    assert.equal(readdirSync(join(report, 'wire')).length, wire.length)
    assert.ok(wire.length > 2 * cases.length)
    await refusesWhatIsWrong(gateway.address)
  } finally {
    await gateway.end('SIGTERM')
  }
})

test('with an official schema in place of ours all cases end as before, but those that it does not take', async () => {
  const official = newFolder()
  const shipped = readFileSync(new URL('../../xsd/part6/WorkRequests.xsd', import.meta.url), 'utf8')
  const narrow = shipped.replace(/<xs:element name="lastModifiedDateTime"[^]*?<\/xs:element>/, '')
  assert.is.not(narrow, shipped)
  writeFileSync(join(official, 'WorkRequests.xsd'), narrow)
  const gateway = await start(newFolder(), '--xsd', official)
  const report = join(folder, 'official')
  try {
    const only = ['WR-1a', 'SO-1a', 'IT-11', 'DERG-1a']
    const options = { target: `${gateway.address}/cim`, ics: OWN, report, only }
    const { exit, out } = await told('run', options, [official])
    assert.is(exit, 0, out)
    const verdicts = resultsIn(report).cases.map((it) => [it.id, it.verdict])
    assert.equal(Object.fromEntries(verdicts), {
      ...{ 'WR-1a': 'not-applicable', 'SO-1a': 'pass', 'IT-11': 'pass', 'DERG-1a': 'pass' },
    })
    const why = resultsIn(report).cases.find((it) => it.id === 'WR-1a')?.why
    assert.match(why ?? '', /by the schemas of --xsd WR-1a step 1: PAY-01: .*lastModifiedDateTime/)
  } finally {
    await gateway.end('SIGTERM')
  }
})

test('what a product does not claim to speak is not spoken to it', async () => {
  const { exit, err } = await told('run', {
    target: 'http://127.0.0.1:1/',
    ics: ICS,
    transport: 'soap12',
  })
  assert.is(exit, 2)
  assert.match(err, /soap12: transports of the capability statement are http-xml; add soap/)
  const json = await told('run', { target: 'http://127.0.0.1:1/', ics: ICS, transport: 'json' })
  assert.is(json.exit, 2)
  assert.match(json.err, /--transport json: .* are http-xml; add json/)
})

/** Of each noun, whatever it is, messages that break its schema in one place. */
async function refusesWhatIsWrong(address: string) {
  const ics = join(folder, 'negative.json')
  const statement = JSON.parse(readFileSync(OWN, 'utf8')) as Capability
  const { receives = {}, sends = {} } = statement.roles.GW ?? {}
  const nouns = ['CustomerAgreements', 'MeterReadings']
  const more = Object.fromEntries(nouns.map((it) => [`create ${it}`, 'M' as const]))
  const roles = { GW: { receives: { ...receives, ...more }, sends } }
  writeFileSync(ics, JSON.stringify({ ...statement, roles }))
  const options = { target: `${address}/cim`, ics, only: ['negative'], negative: nouns, count: 10 }
  const { exit, out } = await told('run', { ...options, seed: 'any' })
  assert.is(exit, 0, out)
  assert.match(out, /^(1\d|20) pass$/m)
}

test('a noun that nobody knows, or that is not created, has no messages that break it', async () => {
  const stranger = await openStranger()
  const target = stranger.url
  const { exit, err } = await told('run', { target, ics: ICS, negative: ['DERGroupz'] })
  await stranger.close()
  assert.is(exit, 2)
  assert.match(err, /there is no message that creates DERGroupz/)
})

test('of a stranger that says OK to everything each fault is named, with its clause and whose it is', async () => {
  const stranger = await openStranger()
  const report = join(folder, 'stranger')
  try {
    const { exit, out } = await told('run', { target: stranger.url, ics: ICS, report })
    assert.is(exit, 1)
    const { cases, requirements } = resultsIn(report)
    const failed = requirements.filter((it) => it.verdict === 'fail').map((it) => it.id)
    for (const it of [
      'VRB-01',
      'COR-01',
      'VRB-03',
      'NOU-04',
      'PAY-07',
      'RPL-08',
      'XML-03',
      'GRP-02',
      'GRP-04',
      'GRP-09',
      'OPS-01',
    ])
      assert.ok(failed.includes(it), `${it} is not among ${failed.join(', ')}`)
    for (const it of ['TRN-01', 'XML-01', 'MSG-01', 'HDR-01', 'HDR-02', 'NOU-03', 'RPL-07'])
      assert.not.ok(failed.includes(it), `${it} is met`)
    const findings = cases.flatMap((it) => it.findings)
    assert.equal([...new Set(findings.map((it) => it.blame))], ['target'])
    assert.match(out, /COR-01 MUST[^]*IEC 61968-100:2013 6\.9[^]*to blame: target/)
    assert.match(out, /VRB-01 MUST[^]*Annex B/)
  } finally {
    await stranger.close()
  }
})

test('where nobody is there the command says so, and the report is written all the same', async () => {
  const stranger = await openStranger()
  await stranger.close()
  const report = join(folder, 'away')
  const { exit, out } = await told('run', { target: stranger.url, ics: ICS, report })
  assert.is(exit, 5)
  assert.match(out, /is not reached/)
  const { cases } = resultsIn(report)
  assert.equal([...new Set(cases.map((it) => it.verdict))].sort(), ['not-applicable', 'not-run'])
})

test('what is waived is shown and does not count; what is waived and not found stops the run', async () => {
  const stranger = await openStranger()
  const path = join(folder, 'waivers.json')
  const until = new Date(Date.now() + 365 * 86_400_000).toISOString().slice(0, 10)
  const waiver = {
    locator: 'DERG-1a',
    reason: 'known, and mended in the next version',
    by: 'A. Tester',
    until,
  }
  const waived = async (...findings: readonly string[]) => {
    writeFileSync(path, JSON.stringify(findings.map((finding) => ({ ...waiver, finding }))))
    return told('run', { target: stranger.url, ics: ICS, only: ['DERG-1a'], waivers: path })
  }
  try {
    const { exit, out } = await waived('VRB-01', 'COR-01', 'GRP-04')
    assert.is(exit, 0, out)
    assert.match(
      out,
      new RegExp(`waived: known, and mended in the next version \\(A\\. Tester, until ${until}\\)`),
    )
    assert.is((await waived('VRB-01', 'COR-01', 'GRP-04', 'TRN-01')).exit, 4)
  } finally {
    await stranger.close()
  }
})

test.run()
