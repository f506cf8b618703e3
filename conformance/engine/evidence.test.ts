// What comes to the tester as server, and what of it is shown: each finding with the octets that it was found in.

import { gzipSync } from 'node:zlib'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openCimgate } from '../../src/index.ts'
import type { Cimgate } from '../../src/index.ts'
import { octetsOf } from '../captured/captured.ts'
import { tokenOf } from '../ids.ts'
import { readRegister } from '../register.ts'
import { groundOf } from '../selftest/playing.ts'
import type { Ground } from '../selftest/playing.ts'
import type { Asked } from '../transport/listen.ts'
import { loadXml } from '../xml.ts'
import { compose } from './compose.ts'
import { serverRun } from './game.fixture.ts'
import { openGame } from './game.ts'

const NOW = '2026-07-14T09:00:00Z'
const test = suite('conformance: evidence of a server')
const register = readRegister()
let cimgate: Cimgate
let ground: Ground
test.before(async () => {
  await loadXml()
  cimgate = await openCimgate()
  ground = groundOf(register, cimgate, 'seed')
})
test.after(() => cimgate.close())

/** A create, as a product would send it. */
function create(): string {
  const step = register.scenarios.find((it) => it.id === 'DERG-4')?.steps[0]
  assert.ok(step)
  const writing = { seed: 'seed', scenario: 'DERG-4', source: 'stranger', captured: {} }
  return compose(step, { ...writing, payload: register.payload, now: NOW }).xml
}

/** What comes of requests in one case. Each finding: its requirement and step, and the step and content of its octets. */
async function played(
  only: string,
  asked: readonly (Partial<Asked> & { readonly text?: string })[],
) {
  const lines: string[] = []
  const tell = (line: string) => void lines.push(line)
  const game = openGame(serverRun(ground, { only: [only], waitMs: 1000, tell }))
  const statuses: (number | undefined)[] = []
  for (const { text = '', ...own } of asked) {
    const plain = { method: 'POST', path: `/t/${tokenOf('seed')}/DOP`, bytes: octetsOf(text) }
    const headers = { 'content-type': 'application/xml' }
    statuses.push((await game.answer({ ...plain, headers, ...own }))?.status)
  }
  const ran = game.end(NOW, '')
  const findings = ran.results.cases
    .flatMap((it) => it.findings)
    .map((it) => {
      const { bytes = new Uint8Array(), step = '' } =
        ran.passed.find(({ file }) => file === it.wire) ?? {}
      const id = /<MessageID>(.*?)</.exec(new TextDecoder().decode(bytes))?.[1] ?? 'no id'
      return `${it.requirement} ${it.step}: ${step}, ${id}`
    })
  return { ran, lines, findings, statuses }
}

test('what is found in several messages after the answer is found in the octets of each', async () => {
  const another = (id: string) => create().replace(/(?<=<MessageID>)[^<]+/, id)
  const { findings } = await played('clients/refused', [
    { text: another('m-1') },
    { text: another('m-2').replace('>create<', '>update<') },
    { text: create().replace(/<MessageID>[^<]*<\/MessageID>/, '') },
    { text: another('m-3'), headers: { 'content-type': 'text/plain' } },
    { text: another('m-1') },
  ])
  assert.equal(findings, [
    'MSG-01 again: again, m-2',
    'CLI-04 again: again, m-2',
    'HDR-01 again-2: again-2, no id',
    'CLI-04 again-2: again-2, no id',
    'TRN-03 again-3: again-3, m-3',
    'CLI-04 again-3: again-3, m-3',
    'CLI-04 again-4: again-4, m-1',
  ])
})

test('what is too long is told, judged and kept as far as it was read', async () => {
  const { ran, findings, lines, statuses } = await played('clients/create', [
    { text: create() },
    { bytes: octetsOf('<a>xxxx'), isTooLong: true },
  ])
  assert.equal(findings, ['XML-02 message: message, no id'])
  assert.is(statuses[1], 413)
  assert.match(lines.at(-1) ?? '', /^came: something that cannot be read \[wire.*not met: XML-02$/)
  const kept = ran.passed.find(({ scenario }) => scenario === 'unmatched/DOP')
  assert.is(new TextDecoder().decode(kept?.bytes), '<a>xxxx')
})

test('a message by PUT is judged, and who only looks whether anybody listens is not', async () => {
  const { findings, lines, ran } = await played('clients/create', [
    { method: 'GET', headers: {} },
    { method: 'PUT', text: create() },
    { method: 'PUT', text: create() },
  ])
  assert.equal(
    findings.map((it) => it.replace(/,.*/, '')),
    ['TRN-09 request: request', 'TRN-09 again: again'],
  )
  assert.match(lines.find((it) => it.startsWith('came: ')) ?? '', /nothing: GET brings no message$/)
  assert.is(ran.results.unmatched?.[0]?.why, 'GET brings no message')
})

test('what is compressed is decoded; what is not what it says is refused as that', async () => {
  const headers = { 'content-type': 'application/xml', 'content-encoding': 'gzip' }
  const { findings, statuses, ran } = await played('clients/create', [
    { headers, text: create() },
    { headers, bytes: gzipSync(create()) },
  ])
  assert.equal(findings.length, 2)
  assert.match(findings[0] ?? '', /^TRN-10 request: request, /)
  assert.match(findings[1] ?? '', /^TRN-10 message: message, /)
  assert.equal(statuses, [415, 200])
  const kept = ran.passed.find((it) => it.scenario === 'clients/create')
  assert.is(new TextDecoder().decode(kept?.bytes), create())
})

test.run()
