// P-18: whatever happens to a group, what is kept of it gives its members at any instant, exactly as they were.

import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { member } from '../../schema/json-text.ts'
import type { Json, JsonObject } from '../../schema/json-text.ts'
import { fresh } from './connection.fixture.ts'
import { GROUPS, group, removal } from './groups.fixture.ts'
import { openWays } from './ways.fixture.ts'

const test = suite('membership audit')

/** Minutes of a day, so that each change has its time. */
let minute = 0
const at = (it: number) => new Date(Date.UTC(2026, 6, 14, 0, 0, it * 30)).toISOString()
const ways = await openWays({ clock: () => at(minute * 2) })
test.after(() => ways.gateway.close())

const SEED = 20260714
const DEVICES: readonly JsonObject[] = Array.from({ length: 4 }, () => ({ mRID: fresh() }))

/** What is done with one device, minute by minute. */
const changes = fc.array(
  fc.record({ kind: fc.constantFrom('add', 'remove'), device: fc.nat(DEVICES.length - 1) }),
  { minLength: 1, maxLength: 8 },
)

async function membersAt(mRID: string, when: string): Promise<readonly string[]> {
  const { status, json } = await ways.json('GET', `der-groups/${mRID}/members?at=${when}`)
  assert.is(status, 200, JSON.stringify(json))
  const list = member(json, 'DERGroupMembership')
  return (Array.isArray(list) ? list : [])
    .map((it: Json) => String(member(member(it, 'EndDevice'), 'mRID')))
    .toSorted()
}

test(`P-18: the members at any instant are those that the changes until then have left (seed ${SEED})`, async () => {
  await fc.assert(
    fc.asyncProperty(changes, async (all) => {
      const now = new Set([0, 1])
      const its = group(DEVICES.slice(0, 2))
      const { mRID } = its
      const first = (minute += 1)
      await ways.ok({ verb: 'create', noun: GROUPS, object: its })
      const due = [[...now]]
      for (const { kind, device } of all) {
        minute += 1
        const object = DEVICES[device] ?? {}
        if (kind === 'add') {
          await ways.ok({ verb: 'change', noun: GROUPS, object: { mRID, EndDevices: [object] } })
          now.add(device)
        } else if (now.has(device)) {
          await ways.ok(removal(mRID, [object]))
          now.delete(device)
        }
        due.push([...now])
      }
      minute += 1
      await ways.ok({ verb: 'delete', noun: GROUPS, object: its })
      due.push([])
      for (const [step, members] of due.entries()) {
        const expected = members.map((it) => String(member(DEVICES[it], 'mRID'))).toSorted()
        // Half open: what a change has left holds from its very instant, and until just before the next.
        for (const half of [0, 1])
          assert.equal(await membersAt(mRID, at((first + step) * 2 + half)), expected)
      }
      assert.equal(await membersAt(mRID, at(first * 2 - 1)), [])
    }),
    { seed: SEED, numRuns: 15 },
  )
})

test.run()
