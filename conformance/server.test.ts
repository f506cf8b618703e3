// The tester as server, called by clients of somebody else: one that keeps to everything, and ones that are wrong in one
// thing, which has to be named and nothing else.

import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openCimgate } from '../src/index.ts'
import { compose } from './engine/compose.ts'
import { conformance } from './index.ts'
import type { ConformanceOptions } from './index.ts'
import { readRegister } from './register.ts'
import type { Results } from './results-shape.ts'
import { openStrangerClient } from './stranger-client.fixture.ts'
import type { Wrong } from './stranger-client.fixture.ts'
import { CARRIERS, carried } from './transport/carrier.ts'

const test = suite('conformance: server')
const folder = mkdtempSync(join(tmpdir(), 'cimgate-server-'))
test.after(() => rmSync(folder, { recursive: true, force: true }))

let runs = 0
const ICS = join(folder, 'ics.json')
test.before(async () => writeFileSync(ICS, (await told('list', { role: 'AGG' })).out))

type Asked = { readonly [K in keyof ConformanceOptions]?: ConformanceOptions[K] | undefined }

/** @param heard is told each line as it is written */
async function told(
  action: string,
  options: Asked,
  heard: (line: string) => void = () => undefined,
) {
  let [out, err] = ['', '']
  const report = join(folder, `run-${(runs += 1)}`)
  const terminal = {
    out: (it: string) => void (out += it),
    err: (it: string) => {
      err += it
      heard(it)
    },
  }
  const all = {
    only: [],
    strict: false,
    wait: 0.4,
    header: {},
    mode: 'server' as const,
    ics: ICS,
    report,
    ...options,
  } as ConformanceOptions
  const exit = await conformance(action, all, { xsd: [] }, terminal)
  const results = () => JSON.parse(readFileSync(join(report, 'results.json'), 'utf8')) as Results
  return { exit, out, err, results }
}

async function playedBy(wrong: Wrong, options: Asked = {}) {
  const client = await openStrangerClient(wrong)
  try {
    return await told('run', { backchannel: client.control, ...options })
  } finally {
    await client.close()
  }
}

const found = ({ cases }: Results) => [
  ...new Set(
    cases.flatMap((it) => it.findings).map((it) => `${it.requirement} ${it.scenario} ${it.blame}`),
  ),
]

test('a client that keeps to everything passes every case, and is told what was taken for what', async () => {
  const { exit, err, results, out } = await playedBy('none')
  assert.is(exit, 0, out + err)
  const { cases, run, unmatched, verdict } = results()
  assert.equal([verdict, run.mode, unmatched], ['pass', 'server', []])
  assert.ok(cases.length > 10)
  assert.equal([...new Set(cases.map((it) => it.verdict))].sort(), ['not-applicable', 'pass'])
  assert.match(err, /^DOP: http:\/\/127\.0\.0\.1:\d+\/t\/[0-9a-f]{8}\/DOP$/m)
  assert.match(
    err,
    /^came: create DERGroups \[wire\/.*\], taken for clients\/create, step request \(by the address\)$/m,
  )
  assert.match(err, /^came: create DERGroups \[wire\/.*\], taken for clients\/lost, step again /m)
})

test('the address of the tester is the same in every run where its word is said', async () => {
  const asked = { token: 'of-the-lab', only: ['clients/create'] }
  const { exit, err } = await playedBy('none', asked)
  assert.is(exit, 0, err)
  assert.match(err, /^DOP: http:\/\/127\.0\.0\.1:\d+\/t\/of-the-lab\/DOP$/m)
  assert.match(err, /taken for clients\/create, step request \(by the address\)/)
})

/** [what is wrong with the client, what of it has to be named] */
const WRONG: readonly (readonly [Wrong, readonly string[], string])[] = [
  ['new-id-on-retry', ['lost', 'late'], 'CLI-03 clients/lost target,CLI-03 clients/late target'],
  ['no-retry', ['lost', 'late', 'refused'], 'CLI-02 clients/lost target'],
  [
    'stubborn',
    ['refused', 'fault', 'lost'],
    'CLI-04 clients/refused target,CLI-04 clients/fault target',
  ],
  ['any-reply', ['wrong-correlation', 'lost'], 'CLI-06 clients/wrong-correlation target'],
  ['own-mrid', ['assigned', 'create'], 'CLI-05 clients/assigned target'],
  ['no-timestamp-zone', ['create'], 'HDR-04 clients/create target'],
]

for (const [wrong, cases, named] of WRONG)
  test(`of a client that is wrong in one thing, ${wrong}, that is named and nothing else`, async () => {
    const { results, err, out } = await playedBy(wrong, {
      only: cases.map((it) => `clients/${it}`),
    })
    assert.is(found(results()).join(), named, err + out)
  })

test('a client that is told to send and sends nothing at all is not judged, and the run says so', async () => {
  const { exit, out, results } = await playedBy('deaf', { only: ['clients/create'], wait: 0.1 })
  assert.is(exit, 3)
  assert.match(out, /verdict: not-run\. Nothing came to http:/)
  assert.equal(results().wire, [])
})

test('a backchannel that says no, or is not there, is told of: nothing is the fault of the product', async () => {
  const control = createServer((_request, response) => response.writeHead(501).end())
  control.listen(0, '127.0.0.1')
  await once(control, 'listening')
  const url = `http://127.0.0.1:${(control.address() as AddressInfo).port}/`
  const only = ['clients/create']
  const no = await told('run', { backchannel: url, only })
  control.close()
  await once(control, 'close')
  const away = await told('run', { backchannel: url, only })
  assert.equal([no.exit, away.exit], [3, 3])
  const why = (it: typeof no) => it.results().cases.find((one) => one.id === 'clients/create')
  assert.match(why(no)?.steps[0]?.why ?? '', /^the backchannel at http:.* says HTTP 501$/)
  assert.match(
    why(away)?.steps[0]?.why ?? '',
    /^the backchannel at http:.* is not reached: .*REFUSED/,
  )
  assert.match(away.err, /^clients\/create: the backchannel at .* is not reached/m)
  const wrong = await told('run', { backchannel: 'nowhere', only })
  assert.is(wrong.exit, 2)
  assert.match(wrong.err, /^--backchannel nowhere is no address; it says/m)
})

test('where there is no backchannel a person sees to it: the case is attested, and the rest stays open', async () => {
  const client = await openStrangerClient()
  let address = ''
  const sending: Promise<unknown>[] = []
  try {
    const stop = new Promise<void>((done) => {
      void told(
        'run',
        {
          only: ['clients/create', 'clients/delete'],
          stopped: () => Promise.all(sending).then(() => stopping),
        },
        (line) => {
          address = /^DOP: (\S+)/m.exec(line)?.[1] ?? address
          if (/waiting for delete/.test(line)) sending.push(play())
        },
      ).then((it) => {
        ran = it
        done()
      })
    })
    await stop
    const { err, results, exit } = ran!
    const { cases, unmatched = [] } = results()
    assert.is(exit, 3)
    assert.equal(
      cases.map((it) => [it.id, it.verdict, it.attested]),
      [
        ['clients/create', 'pass', true],
        ['clients/delete', 'not-run', undefined],
      ],
    )
    assert.match(
      unmatched[0]?.why ?? '',
      /its address \/elsewhere is none of this run, .* nobody knows its Source \(stranger\)/,
    )
    assert.match(
      unmatched[1]?.why ?? '',
      /no case waits for change DERGroups any more; what is waited for is delete DERGroups/,
    )
    assert.match(unmatched[2]?.why ?? '', /that of another run, other/)
    assert.match(err, /came: change DERGroups \[wire\/\S+\], taken for nothing: no case waits/)
  } finally {
    await client.close()
  }

  async function play() {
    await client.send(new URL('/elsewhere', address).href, 'create', 'DERGroups')
    await client.send(address, 'create', 'DERGroups')
    await client.send(address, 'change', 'DERGroups')
    await client.send(address.replace(/t\/[^/]+/, 't/other'), 'create', 'DERGroups')
    stopNow()
  }
})
let ran: Awaited<ReturnType<typeof told>> | undefined
let stopNow: () => void = () => undefined
const stopping = new Promise<void>((done) => void (stopNow = done))

test('who sends in SOAP, or under typed roots, is answered likewise, and validly', async () => {
  const { scenarios, payload } = readRegister()
  const step = scenarios.find((it) => it.id === 'DERG-1a')?.steps[0]
  assert.ok(step)
  const cimgate = await openCimgate()
  const answers: string[] = []
  const stop = new Promise<void>((done) => {
    const play = async (address: string) => {
      for (const [name, carrier] of Object.entries(CARRIERS)) {
        const writing = { seed: name, scenario: name, source: 'stranger', captured: {}, payload }
        const { xml } = compose(step, { ...writing, now: '2026-07-14T09:00:00Z' })
        const { bytes, headers } = carried(new TextEncoder().encode(xml), carrier)
        const response = await fetch(address, {
          method: 'POST',
          body: bytes,
          headers: { ...headers },
        })
        const answer = new Uint8Array(await response.arrayBuffer())
        const { verdict, soap, root, findings } = await cimgate.validate(answer)
        answers.push(
          `${name}: ${verdict} ${soap ?? ''} ${root?.name ?? ''} ${findings.map((it) => it.message).join()}`.trimEnd(),
        )
      }
      done()
    }
    void told(
      'run',
      { only: ['clients/create', 'clients/delete'], stopped: () => stop, wait: 5 },
      (line) => {
        const address = /^DOP: (\S+)/m.exec(line)?.[1]
        if (address !== undefined) void play(address)
      },
    ).catch(done)
  })
  await stop
  await cimgate.close()
  assert.equal(answers, [
    'http: valid  ResponseMessage',
    'http-typed: valid  DERGroupsResponseMessage',
    'soap: valid 1.1 ResponseMessage',
    'soap12: valid 1.2 ResponseMessage',
    'soap-typed: valid 1.1 DERGroupsResponseMessage',
    'soap12-typed: valid 1.2 DERGroupsResponseMessage',
  ])
})

test('without an address of ours a message is taken by its Source', async () => {
  const client = await openStrangerClient()
  const statement = JSON.parse(readFileSync(ICS, 'utf8')) as { product: object }
  const ics = join(folder, 'named.json')
  writeFileSync(
    ics,
    JSON.stringify({ ...statement, product: { ...statement.product, name: 'stranger' } }),
  )
  try {
    const options = { ics, only: ['clients/create'] }
    const { exit, err } = await told('run', options, (line) => {
      const address = /^DOP: (\S+)/m.exec(line)?.[1]
      if (address !== undefined)
        void client.send(new URL('/cim', address).href, 'create', 'DERGroups')
    })
    assert.is(exit, 0)
    assert.match(err, /taken for clients\/create, step request \(by Source stranger\)/)
  } finally {
    await client.close()
  }
})

test('the name of a role is enough to begin with', async () => {
  const { exit, results } = await playedBy('none', {
    ics: undefined,
    role: 'AGG',
    only: ['clients/create'],
  })
  assert.equal([exit, results().roles], [0, [{ role: 'AGG', verdict: 'pass' }]])
  const unknown = await told('run', { ics: undefined, role: 'CUST' })
  assert.is(unknown.exit, 2)
  assert.match(unknown.err, /sends of the capability statement is empty/)
})

test('a statement that does not say what is sent is wrong usage', async () => {
  const ics = join(folder, 'silent.json')
  const statement = JSON.parse(readFileSync(ICS, 'utf8')) as object
  writeFileSync(ics, JSON.stringify({ ...statement, roles: { AGG: { receives: {}, sends: {} } } }))
  const { exit, err } = await told('run', { ics })
  assert.is(exit, 2)
  assert.match(err, /roles\/AGG\/sends: "create DERGroups" is not there: write M, O, C, or -/)
})

test.run()
