// Captured messages of two products by somebody else, as files, as an HTTP archive and as lines, judged without a network;
// and folders that are hostile.

import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { conformance } from './index.ts'
import type { ConformanceOptions } from './index.ts'
import type { Results } from './results-shape.ts'

const test = suite('conformance: offline')
const folder = mkdtempSync(join(tmpdir(), 'cimgate-offline-'))
test.after(() => rmSync(folder, { recursive: true, force: true }))

let runs = 0

/** Judges the files, which are written first. */
async function judged(
  files: Readonly<Record<string, string | Uint8Array>>,
  more: Partial<ConformanceOptions> = {},
) {
  const messages = join(folder, `in-${(runs += 1)}`)
  mkdirSync(messages)
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(messages, name, '..'), { recursive: true })
    writeFileSync(join(messages, name), content)
  }
  return judgedIn(messages, more)
}

async function judgedIn(messages: string, more: Partial<ConformanceOptions> = {}) {
  const report = join(folder, `out-${(runs += 1)}`)
  let [out, err] = ['', '']
  const terminal = { out: (it: string) => void (out += it), err: (it: string) => void (err += it) }
  const defaults = { only: [], strict: false, wait: 1, header: {}, mode: 'offline' as const }
  const exit = await conformance(
    'run',
    { ...defaults, messages, report, ...more },
    { xsd: [] },
    terminal,
  )
  const results = () => JSON.parse(readFileSync(join(report, 'results.json'), 'utf8')) as Results
  return { exit, out, err, report, results }
}

const NS = 'http://iec.ch/TC57/2011/schema/message'
const GET =
  '<DERGroupQueries xmlns="http://iec.ch/TC57/2017/DERGroupQueries#"><EndDeviceGroup><mRID>g-1</mRID></EndDeviceGroup></DERGroupQueries>'

const FUNCTIONS = [
  ...['connectDisconnect', 'frequencyWattCurveFunction', 'maxRealPowerLimiting'],
  ...['rampRateControl', 'reactivePowerDispatch', 'realPowerDispatch', 'voltageRegulation'],
  ...['voltVarCurveFunction', 'voltWattCurveFunction'],
]
  .map((it) => `<${it}>true</${it}>`)
  .join('')

interface Ids {
  readonly id: string
  readonly correlation?: string
  readonly source?: string
}

function header(verb: string, noun: string, { id, correlation, source }: Ids): string {
  const optional = (name: string, text: string | undefined) =>
    text === undefined ? '' : `<${name}>${text}</${name}>`
  return `<Header><Verb>${verb}</Verb><Noun>${noun}</Noun><Timestamp>2026-07-14T09:00:00Z</Timestamp>${optional('Source', source)}<MessageID>${id}</MessageID>${optional('CorrelationID', correlation)}</Header>`
}

function request(ids: Ids): string {
  return `<RequestMessage xmlns="${NS}">${header('get', 'DERGroupQueries', ids)}<Request>${GET}</Request></RequestMessage>`
}

function reply(ids: Ids, noun = 'DERGroupQueries', verb = 'reply'): string {
  const error =
    '<Error><code>99.1</code><reason>There is no such group.</reason><ID>g-1</ID></Error>'
  return `<ResponseMessage xmlns="${NS}">${header(verb, noun, ids)}<Reply><Result>FAILED</Result>${error}</Reply></ResponseMessage>`
}

const FAULT = `<FaultMessage xmlns="${NS}"><Reply><Result>FAILED</Result><Error><code>1.8</code><reason>It cannot be read.</reason></Error></Reply></FaultMessage>`

const told = ({ cases }: Results) =>
  [
    ...new Set(
      cases.flatMap((it) => it.findings).map((it) => `${it.requirement} ${it.step} ${it.blame}`),
    ),
  ].sort()

test('an exchange that is in order passes, whatever its files are called', async () => {
  const { exit, results, out } = await judged({
    'b/one.xml': request({ id: 'a-1', source: 'CIS' }),
    'a/other.xml': reply({ id: 'b-1', correlation: 'a-1', source: 'DERMS' }),
    'event.xml': `<EventMessage xmlns="${NS}">${header('deleted', 'DERGroups', { id: 'e-1', source: 'DERMS' })}<Payload><DERGroups xmlns="http://iec.ch/TC57/2017/DERGroups#"><EndDeviceGroup><mRID>g-1</mRID><DERFunction>${FUNCTIONS}</DERFunction></EndDeviceGroup></DERGroups></Payload></EventMessage>`,
  })
  const { cases, parties, verdict, run } = results()
  assert.equal(
    cases.map((it) => it.title),
    ['get DERGroupQueries from CIS, answered by DERMS', 'deleted DERGroups from DERMS'],
    out,
  )
  assert.equal([exit, verdict, run.mode], [0, 'pass', 'offline'], out)
  assert.equal(cases[0]?.layers, {
    L0: 'not-applicable',
    L1: 'pass',
    L2: 'pass',
    L3: 'pass',
    L4: 'pass',
    L5: 'pass',
    L6: 'pass',
  })
  assert.equal(
    parties?.map((it) => it.name),
    ['CIS', 'DERMS'],
  )
})

test('each fault is that of who sent the message', async () => {
  const { exit, results, out } = await judged({
    '1-request.xml': request({ id: 'a-1', source: 'CIS' }).replace(
      '<Request>',
      '<Reply/><Request>',
    ),
    '1-reply.xml': reply({ id: 'a-1', correlation: 'a-1', source: 'DERMS' }, 'DERGroups', 'get'),
    '2-request.xml': '<RequestMessage>',
    '2-fault.xml': FAULT,
  })
  assert.is(exit, 1)
  assert.equal(told(results()), [
    'HDR-02 reply DERMS',
    'MSG-01 request CIS',
    'NOU-03 reply DERMS',
    'VRB-01 reply DERMS',
    'XML-01 request sender of 2-request.xml',
  ])
  assert.match(out, /party CIS: fail, 1 finding\n/)
})

test('files whose names differ are different cases, in whatever script', async () => {
  const names = ['ä.xml', 'ö.xml', 'a b.xml', 'a+b.xml']
  const { results } = await judged(Object.fromEntries(names.map((it) => [it, FAULT])))
  const ids = results().cases.map((it) => it.id.replace('captured/', ''))
  assert.equal(ids.sort(), ['a_b.xml', 'a_b.xml~2', 'ä.xml', 'ö.xml'])
})

test('what has to be refused and is taken is that of who has taken it, too', async () => {
  const ok = (it: string) => it.replace(/FAILED<.*<\/Error>/, 'OK</Result>')
  const { results } = await judged({
    '1-request.xml': request({ id: 'a-1', source: 'CIS' }).replace('>get<', '>update<'),
    '1-reply.xml': ok(reply({ id: 'b-1', correlation: 'a-1', source: 'DERMS' })),
    '2-request.xml': 'garbage',
    '2-reply.xml': ok(reply({ id: 'b-2', correlation: 'none', source: 'DERMS' })),
    '3-request.xml': request({ id: 'a-3', source: 'CIS' }).replace('>get<', '>update<'),
    '3-reply.xml': reply({ id: 'b-3', correlation: 'a-3', source: 'DERMS' }),
  })
  const named = results().cases.map(({ findings }) =>
    findings.flatMap((it) => (it.blame === 'DERMS' ? [it.requirement] : [])).join(),
  )
  assert.equal(named, ['VRB-03', 'RPL-08', ''])
})

test('a reply with the MessageID of a request that has a CorrelationID is its reply, and wrong', async () => {
  const { results } = await judged({
    'x.xml': request({ id: 'a-1', correlation: 'c-1', source: 'CIS' }),
    'y.xml': reply({ id: 'b-1', correlation: 'a-1', source: 'DERMS' }),
  })
  assert.equal(told(results()), ['COR-01 reply DERMS'])
})

test('half an exchange is inconclusive, and says which half is missing', async () => {
  const { exit, results } = await judged({
    'x.xml': request({ id: 'a-1', source: 'CIS' }),
    'y.xml': reply({ id: 'b-1', correlation: 'elsewhere', source: 'DERMS' }),
  })
  assert.is(exit, 3)
  assert.equal(
    results().cases.map((it) => [it.verdict, it.why?.split(':')[0]]),
    [
      ['inconclusive', 'no reply to it was captured'],
      ['inconclusive', 'what it answers was not captured'],
    ],
  )
})

test('the same message twice is a repetition; another one under its MessageID is a finding', async () => {
  const first = request({ id: 'a-1', source: 'CIS' })
  const answer = reply({ id: 'b-1', correlation: 'a-1', source: 'DERMS' })
  assert.is((await judged({ '1.xml': first, '2.xml': first, '3.xml': answer })).exit, 0)
  const { results } = await judged({ '1.xml': first, '2.xml': `${first}\n`, '3.xml': answer })
  assert.equal(told(results()), ['HDR-02 request CIS'])
})

const HAR = (response: object) =>
  JSON.stringify({
    log: {
      entries: [
        {
          request: {
            url: 'http://derms:8080/cim',
            postData: { mimeType: 'application/xml', text: request({ id: 'a-1' }) },
          },
          response,
        },
        {
          request: { url: 'http://derms:8080/logo.png' },
          response: { status: 200, content: { mimeType: 'image/png' } },
        },
      ],
    },
  })

test('an HTTP archive says what belongs together, also without ids, and the transport is judged', async () => {
  const text = Buffer.from(reply({ id: 'b-1' })).toString('base64')
  const { results } = await judged({
    'capture.har': HAR({
      status: 500,
      content: { mimeType: 'text/plain', text, encoding: 'base64' },
    }),
  })
  assert.equal(told(results()), [
    'COR-01 reply derms:8080',
    'TRN-03 reply derms:8080',
    'TRN-04 reply derms:8080',
  ])
  assert.equal(results().unmatched, [
    { file: 'capture.har#2', why: 'neither its request nor its response has XML in it' },
  ])
})

test('lines of JSON are messages', async () => {
  const lines = [
    JSON.stringify({ xml: request({ id: 'a-1' }), from: 'left', exchange: '7' }),
    JSON.stringify({
      xml: FAULT,
      from: 'right',
      exchange: '7',
      status: 200,
      contentType: 'application/xml',
    }),
    '{}',
    'no JSON',
  ]
  const { results } = await judged({ 'log.ndjson': lines.join('\n') })
  assert.equal(told(results()), ['ENV-04 reply right', 'TRN-04 reply right'])
  assert.equal(
    results().unmatched?.map((it) => it.file),
    ['log.ndjson#3', 'log.ndjson#4'],
  )
})

test('every hostile message is refused, and nothing of it is carried out', async () => {
  const hostile = fileURLToPath(new URL('../../samples/hostile/', import.meta.url))
  const { exit, results, out } = await judgedIn(hostile)
  assert.is(exit, 1)
  const { cases, verdict } = results()
  assert.is(verdict, 'fail')
  assert.ok(cases.length > 30)
  assert.not.ok(cases.some((it) => it.verdict === 'pass' || it.verdict === 'harness-error'))
  assert.not.match(out, /[^\P{Cc}\n]/u)
})

test('a folder that is hostile moves no cursor, leads nowhere else and ends', async () => {
  const { err, out, results, report } = await judged({
    'a\u001b[2J.xml': request({ id: '&#x9b;2J&#10;verdict: pass', source: 'C\u009bIS' }),
    'noise.bin': Buffer.from([0, 1, 2]),
  })
  assert.not.match(out + err, /[^\P{Cc}\n]/u)
  assert.not.match(out, /^verdict: pass/m)
  assert.equal(readdirSync(join(report, 'wire')).length, 1)
  assert.equal(results().unmatched, [{ file: 'noise.bin', why: 'it is no XML' }])
  const links = join(folder, 'links')
  mkdirSync(links)
  symlinkSync('/etc/passwd', join(links, 'passwd.xml'))
  symlinkSync(links, join(links, 'again'))
  const linked = await judgedIn(links)
  assert.is(linked.exit, 3)
  assert.is(linked.results().unmatched?.length, 2)
  assert.match(linked.out, /verdict: not-run\. No message of IEC 61968-100 is in /)
})

test('without a folder it says what it takes', async () => {
  const { exit, err } = await judgedIn(join(folder, 'nowhere'))
  assert.is(exit, 2)
  assert.match(err, /--messages .*nowhere: there is no such folder/)
})

test.run()
