// The demonstration, played: what passes is what the figures have, in the states that they lead to, and the command leaves
// nothing behind.

import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { PARTIES } from './parties/index.ts'
import { GATEWAY } from './passed.ts'
import type { Scenario } from './scenario.ts'
import { SCENARIOS } from './scenarios/index.ts'
import { openStage } from './stage.ts'
import type { Played } from './stage.ts'

const test = suite('demo')

const LAUNCH = fileURLToPath(new URL('../../src/launch.cjs', import.meta.url))

async function played(scenario: Scenario): Promise<Played> {
  const stage = await openStage(PARTIES)
  try {
    return await stage.play(scenario)
  } finally {
    await stage.close()
  }
}

/** The last state of each noun that a scenario is about. */
function lastStates({ steps }: Played): Readonly<Record<string, string>> {
  const changes = steps.flatMap(({ passed }) => passed.changes)
  return Object.fromEntries(changes.map(({ noun, state }) => [noun, state]))
}

/** [scenario, messages, the last state of each noun] */
const ENDS: readonly (readonly [string, number, Readonly<Record<string, string>>])[] = [
  [
    '4-1',
    33,
    {
      ServiceRequests: 'completed',
      DERRegistrations: 'present',
      Tariffs: 'present',
      CustomerAgreements: 'active',
      InterconnectionReviews: 'approved',
      CustomerNotifications: 'present',
      ServiceOrders: 'closed',
      EndDeviceStatuses: 'answered',
    },
  ],
  ['4-2', 9, { WorkRequests: 'closed', CustomerNotifications: 'present' }],
  [
    '4-3',
    11,
    { DERRegistrations: 'present', Tariffs: 'present', CustomerAgreements: 'terminated' },
  ],
  [
    '5-1',
    26,
    {
      Tariffs: 'present',
      DERRegistrations: 'present',
      CustomerAgreements: 'active',
      DERGroupRequests: 'available',
      DERGroups: 'available',
    },
  ],
  [
    '5-2',
    27,
    {
      Tariffs: 'present',
      DERRegistrations: 'present',
      CustomerAgreements: 'active',
      DERGroupRequests: 'dissolved',
      DERGroups: 'dissolved',
    },
  ],
]

test('every scenario has its end here', () => {
  assert.equal(
    ENDS.map(([id]) => id),
    SCENARIOS.map(({ id }) => id),
  )
})

for (const [id, messages, states] of ENDS)
  test(`figure ${id} comes to its end, and every document of it is valid`, async () => {
    const scenario = SCENARIOS.find((it) => it.id === id)
    assert.ok(scenario)
    const outcome = await played(scenario)
    assert.equal(outcome.faults, [])
    assert.is(outcome.steps.length, messages)
    assert.equal(lastStates(outcome), states)
    assert.ok(outcome.count >= messages)
  })

test('half of the parties speak XML, half JSON, and each is sent something', () => {
  const speaking = (it: string) => PARTIES.filter(({ speaks }) => speaks === it).length
  assert.ok(Math.abs(speaking('xml') - speaking('json')) <= 1)
  const known = [...PARTIES.map(({ id }) => id), GATEWAY]
  for (const { due } of SCENARIOS)
    for (const { from, to } of due) for (const it of [from, to]) assert.ok(known.includes(it), it)
})

test('what does not come out as it is due is told, and so is what does not come', async () => {
  const [first] = SCENARIOS
  assert.ok(first)
  const [begin = first.due[0], ...others] = first.due
  assert.ok(begin)
  const wrong = [
    { ...begin, changes: ['Nothing: - > here'] },
    ...others.slice(1),
    { ...begin, flow: 'XX-99' },
  ]
  const { faults } = await played({ ...first, due: wrong })
  assert.match(faults.join('\n'), /due was Nothing: - > here/)
  assert.match(faults.join('\n'), /nobody was to send this/)
  assert.match(faults.join('\n'), /XX-99: .* has not passed/)
})

function command(...args: readonly string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'cimgate-demo-test-'))
  const env = { ...process.env, TMPDIR: folder }
  const all = [LAUNCH, '--run', 'demo/index.js', ...args]
  const { status, stdout, stderr } = spawnSync(process.execPath, all, { env, encoding: 'utf8' })
  const left = readdirSync(folder)
  rmSync(folder, { recursive: true })
  return { status, stdout, stderr, left }
}

test('the command prints messages, states and both diagrams, ends with 0, and leaves nothing behind', () => {
  const { status, stdout, stderr, left } = command('--scenario', '4-2')
  assert.is(status, 0, `${stdout}${stderr}`)
  assert.equal(left, [])
  assert.match(stdout, /WR-02 +Engineering -> Customer Support +changed WorkRequests +JSON>XML +OK/)
  assert.match(stdout, /waitingOnApproval > approved/)
  assert.match(stdout, /(\d+) of \1 documents on the wire are valid against xsd\//)
  assert.match(stdout, /^sequenceDiagram\n {2}participant customer as Customer$/m)
  assert.match(stdout, /^ {2}\d +\|.*-->\|.* {2}create WorkRequests/m)
  assert.match(stdout, /All is as it is due\.\n$/)
})

test('a scenario that there is not is a wrong use', () => {
  const { status, stdout } = command('--scenario', '9-9')
  assert.is(status, 2)
  assert.match(stdout, /There is no scenario 9-9\.\n.*--scenario/)
})

test.run()
