// The tester between two products of somebody else: a client and a server that never hear of each other's faults.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openGround } from './ground.fixture.ts'
import { between as standBetween } from './engine/middle.ts'
import { unstated } from './modes.ts'
import { runFor } from './selftest/playing.ts'
import { conformance } from './index.ts'
import type { Results } from './results-shape.ts'
import { openStrangerClient } from './stranger-client.fixture.ts'
import type { StrangerClient } from './stranger-client.fixture.ts'
import { openStranger } from './stranger.fixture.ts'

const test = suite('conformance: middle')
const folder = mkdtempSync(join(tmpdir(), 'cimgate-middle-'))
test.after(() => rmSync(folder, { recursive: true, force: true }))

let runs = 0

/** What the run comes to; `play` is handed the address at which the tester stands for the target. */
async function between(target: string, play: (address: string) => Promise<void>) {
  const report = join(folder, `run-${(runs += 1)}`)
  let [out, err, stop] = ['', '', () => {}]
  const stopping = new Promise<void>((done) => void (stop = done))
  const terminal = {
    out: (it: string) => void (out += it),
    err: (it: string) => {
      err += it
      const address = /^the other product calls the target at (\S+)/m.exec(it)?.[1]
      if (address !== undefined) void play(address).finally(stop)
    },
  }
  const options = {
    only: [],
    strict: false,
    wait: 0.3,
    header: {},
    mode: 'middle' as const,
    target,
    other: 'http://127.0.0.1:1/cim',
  }
  const exit = await conformance(
    'run',
    { ...options, report, stopped: () => stopping },
    { xsd: [] },
    terminal,
  )
  const results = JSON.parse(readFileSync(join(report, 'results.json'), 'utf8')) as Results
  return { exit, out, err, report, results }
}

const found = ({ cases }: Results) =>
  [
    ...new Set(
      cases.flatMap((it) => it.findings).map((it) => `${it.requirement} ${it.step} ${it.blame}`),
    ),
  ].sort()

let client: StrangerClient
test.before(
  async () => void (client = await openStrangerClient('no-timestamp-zone', { patienceMs: 2000 })),
)
test.after(() => client.close())

test('each finding is that of who sent the message, and both get what was sent, octet by octet', async () => {
  const heard: string[] = []
  const answer = (request: string) => {
    heard.push(request)
    return '<ResponseMessage xmlns="http://iec.ch/TC57/2011/schema/message"><Header><Verb>reply</Verb><Noun>DERGroups</Noun><Timestamp>2026-07-14T09:00:00Z</Timestamp><MessageID>b-1</MessageID><CorrelationID>none</CorrelationID></Header><Reply><Result>FAILED</Result><Error><code>6.1</code><reason>No.</reason></Error></Reply></ResponseMessage>'
  }
  const stranger = await openStranger(answer)
  try {
    const { exit, results, report, out } = await between(stranger.url, (address) =>
      client.send(address, 'create', 'DERGroups'),
    )
    assert.is(exit, 1)
    assert.equal(found(results), ['COR-01 reply target', 'HDR-04 request other'], out)
    assert.equal(results.parties, [
      { name: 'target', verdict: 'fail', findings: 1 },
      { name: 'other', verdict: 'fail', findings: 1 },
    ])
    const passed = results.wire.map(({ file }) => readFileSync(join(report, file), 'utf8'))
    assert.equal(passed, [heard[0], answer('')])
    assert.equal(
      results.wire.map(({ from, to }) => `${from} ${to}`),
      ['other target', 'target other'],
    )
  } finally {
    await stranger.close()
  }
})

test('an exchange on which the suite itself fails is a harness-error, and takes no other with it', async () => {
  const stranger = await openStranger((request) => request)
  const ground = await openGround()
  let stop = (): void => undefined
  const stopped = new Promise<void>((done) => void (stop = done))
  const post = (body: string) => async (address: string) =>
    void (await (await fetch(address, { method: 'POST', body })).text())
  const tell = (line: string) => {
    const address = /^the other product calls the target at (\S+)/.exec(line)?.[1] ?? ''
    if (address !== '')
      void post('broken')(address)
        .then(() => post('<a/>')(address))
        .finally(stop)
  }
  try {
    const { results, exitCode } = await standBetween({
      ...runFor(unstated({ wait: 1, header: {}, target: stranger.url }, ground.register), ground),
      ...{ target: stranger.url, other: 'http://127.0.0.1:1/', waitMs: 2000, forMs: undefined },
      ...{ place: { host: '127.0.0.1', port: 0 }, stopped, tell },
      judge: async (bytes) => {
        if (Buffer.from(bytes).toString() === 'broken') throw new Error('broken on purpose')
        return ground.judge(bytes)
      },
    })
    assert.equal(
      results.cases.map((it) => it.verdict),
      ['harness-error', 'fail'],
    )
    assert.match(results.cases[0]?.why ?? '', /The suite gave up on it: broken on purpose/)
    assert.is(exitCode, 4)
  } finally {
    await ground.close()
    await stranger.close()
  }
})

test('who is not there is to blame for that, and whoever called is told', async () => {
  const stranger = await openStranger()
  await stranger.close()
  let status = 0
  const { results, exit } = await between(stranger.url, async (address) => {
    status = (await fetch(address, { method: 'POST', body: '<a/>' })).status
  })
  assert.is(exit, 1)
  assert.is(status, 502)
  assert.ok(found(results).includes('TRN-01 reply target'), found(results).join())
})

test('what is no message is passed on and not judged; where nothing passed that is said', async () => {
  const stranger = await openStranger((request) => `<got>${request}</got>`)
  try {
    const { results, exit, out } = await between(stranger.url, async (address) => {
      const response = await fetch(`${address}?wsdl`)
      assert.is(await response.text(), '<got></got>')
    })
    assert.is(exit, 3)
    assert.equal(results.unmatched, [
      { file: 'GET /?wsdl', why: 'it is no POST: passed on, and not judged' },
    ])
    assert.match(out, /verdict: not-run\. Nothing passed/)
  } finally {
    await stranger.close()
  }
})

test.run()
