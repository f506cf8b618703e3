// What the tester as server takes a message for: by its address, by its Source, in whatever carrier, sent by a machine or by a
// person; and what it has to know before.

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openCimgate } from '../src/index.ts'
import { compose } from './engine/compose.ts'
import { readRegister } from './register.ts'
import { openLab } from './server.fixture.ts'
import type { Lab } from './server.fixture.ts'
import { openStrangerClient } from './stranger-client.fixture.ts'
import { CARRIERS, carried } from './transport/carrier.ts'

const test = suite('conformance: server, taken')
let lab: Lab
test.before(async () => void (lab = await openLab()))
test.after(() => lab.close())

test('where there is no backchannel a person sees to it: the case is attested, and the rest stays open', async () => {
  const client = await openStrangerClient()
  let address = ''
  const sending: Promise<unknown>[] = []
  try {
    const stop = new Promise<void>((done) => {
      void lab
        .told(
          'run',
          {
            only: ['clients/create', 'clients/delete'],
            stopped: () => Promise.all(sending).then(() => stopping),
          },
          (line) => {
            address = /^DOP: (\S+)/m.exec(line)?.[1] ?? address
            if (/waiting for delete/.test(line)) sending.push(play())
          },
        )
        .then((it) => {
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
let ran: Awaited<ReturnType<Lab['told']>> | undefined
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
    void lab
      .told(
        'run',
        { only: ['clients/create', 'clients/delete'], stopped: () => stop, wait: 5 },
        (line) => {
          const address = /^DOP: (\S+)/m.exec(line)?.[1]
          if (address !== undefined) void play(address)
        },
      )
      .catch(done)
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
  const statement = JSON.parse(readFileSync(lab.ics, 'utf8')) as { product: object }
  const ics = join(lab.folder, 'named.json')
  writeFileSync(
    ics,
    JSON.stringify({ ...statement, product: { ...statement.product, name: 'stranger' } }),
  )
  try {
    const options = { ics, only: ['clients/create'] }
    const { exit, err } = await lab.told('run', options, (line) => {
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
  const { exit, results } = await lab.playedBy('none', {
    ics: undefined,
    role: 'AGG',
    only: ['clients/create'],
  })
  assert.equal([exit, results().roles], [0, [{ role: 'AGG', verdict: 'pass' }]])
  const unknown = await lab.told('run', { ics: undefined, role: 'CUST' })
  assert.is(unknown.exit, 2)
  assert.match(unknown.err, /sends of the capability statement is empty/)
})

test('a statement that does not say what is sent is wrong usage', async () => {
  const ics = join(lab.folder, 'silent.json')
  const statement = JSON.parse(readFileSync(lab.ics, 'utf8')) as object
  writeFileSync(ics, JSON.stringify({ ...statement, roles: { AGG: { receives: {}, sends: {} } } }))
  const { exit, err } = await lab.told('run', { ics })
  assert.is(exit, 2)
  assert.match(err, /roles\/AGG\/sends: "create DERGroups" is not there: write M, O, C, or -/)
})

test.run()
