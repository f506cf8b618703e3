// The tester as server, called by clients of somebody else: one that keeps to everything, and ones that are wrong in one
// thing, which has to be named and nothing else.

import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Results } from './results-shape.ts'
import { openLab } from './server.fixture.ts'
import type { Lab } from './server.fixture.ts'
import type { Wrong } from './stranger-client.fixture.ts'

const test = suite('conformance: server')
let lab: Lab
test.before(async () => void (lab = await openLab()))
test.after(() => lab.close())

const found = ({ cases }: Results) => [
  ...new Set(
    cases.flatMap((it) => it.findings).map((it) => `${it.requirement} ${it.scenario} ${it.blame}`),
  ),
]

test('a client that keeps to everything passes every case, and is told what was taken for what', async () => {
  const { exit, err, results, out } = await lab.playedBy('none')
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
  const { exit, err } = await lab.playedBy('none', asked)
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
    const { results, err, out } = await lab.playedBy(wrong, {
      only: cases.map((it) => `clients/${it}`),
    })
    assert.is(found(results()).join(), named, err + out)
  })

test('a client that is told to send and sends nothing at all is not judged, and the run says so', async () => {
  const { exit, out, results } = await lab.playedBy('deaf', { only: ['clients/create'], wait: 0.1 })
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
  const no = await lab.told('run', { backchannel: url, only })
  control.close()
  await once(control, 'close')
  const away = await lab.told('run', { backchannel: url, only })
  assert.equal([no.exit, away.exit], [3, 3])
  const why = (it: typeof no) => it.results().cases.find((one) => one.id === 'clients/create')
  assert.match(why(no)?.steps[0]?.why ?? '', /^the backchannel at http:.* says HTTP 501$/)
  assert.match(
    why(away)?.steps[0]?.why ?? '',
    /^the backchannel at http:.* is not reached: .*REFUSED/,
  )
  assert.match(away.err, /^clients\/create: the backchannel at .* is not reached/m)
  const wrong = await lab.told('run', { backchannel: 'nowhere', only })
  assert.is(wrong.exit, 2)
  assert.match(wrong.err, /^--backchannel nowhere is no address; it says/m)
})

test.run()
