// Many clients at once, and very large groups: none lost, none doubled, memory bounded.

import { existsSync, readFileSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { allEvents, create, read, storedIds } from './client.fixture.ts'
import { newGroup } from './messages.fixture.ts'
import { endAll, newFolder, start } from './process.fixture.ts'
import type { Served } from './process.fixture.ts'

const test = suite('serve: load')

const GROUPS = 1_000
const MEMBERS = 100
const CLIENTS = 8
/** MB that the process may have taken at most: 420 to 610 are usual, by how late V8 collects */
const MOST_MB = 900

let served: Served

test.before(async () => {
  served = await start(newFolder())
})

test.after(endAll)

/** Most memory that the process has had, where the system tells. */
function peakMb(pid: number): number {
  const file = `/proc/${pid}/status`
  if (!existsSync(file)) return 0
  return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(file, 'utf8'))?.[1] ?? 0) / 1024
}

test('takes 1,000 groups of 100 members from 8 clients, half of them XML', async () => {
  const groups = Array.from({ length: GROUPS }, () => newGroup(MEMBERS))
  const waiting = [...groups.entries()]
  const client = async () => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop())
      await create(served.address, next[1], next[0] % 2 === 0 ? 'xml' : 'json')
  }
  await Promise.all(Array.from({ length: CLIENTS }, client))
  const expected = groups.map(({ mRID }) => mRID).sort()
  assert.equal([...(await storedIds(served.address))].sort(), expected)
  const events = await allEvents(served.address, GROUPS)
  assert.equal(events.map(({ subject }) => subject).sort(), expected)
  assert.ok(events.every(({ verb, result }) => verb === 'created' && result === 'OK'))
})

for (const form of ['xml', 'json'] as const)
  test(`takes a group of 10,000 members in one message as ${form}`, async () => {
    const group = newGroup(10_000)
    await create(served.address, group, form)
    const { status, text } = await read(`${served.address}/api/v1/der-groups/${group.mRID}`)
    assert.is(status, 200)
    const { EndDeviceGroup } = JSON.parse(text) as {
      readonly EndDeviceGroup: readonly [{ readonly EndDevices: readonly { mRID: string }[] }]
    }
    assert.equal(
      EndDeviceGroup[0].EndDevices.map((it) => it.mRID),
      group.members,
    )
  })

test('has taken bounded memory for it, and answers', async () => {
  const peak = peakMb(served.child.pid ?? 0)
  assert.ok(peak < MOST_MB, `${Math.round(peak)} MB`)
  assert.is((await read(`${served.address}/livez`)).status, 200)
  assert.is(await served.end('SIGTERM'), 0)
  assert.is(served.said().split('\n').length, 3, served.said())
})

test.run()
