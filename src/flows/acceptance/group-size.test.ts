import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { member } from '../../schema/json-text.ts'
import type { Json } from '../../schema/json-text.ts'
import type { Unit } from '../../gateway/ports.ts'
import { GROUPS, group, removal } from './groups.fixture.ts'
import { openWays } from './ways.fixture.ts'

const test = suite('a group of 10,000 members')

const at = (hour: number) => `2026-07-14T${String(hour).padStart(2, '0')}:00:00.000Z`
let hour = 1
/** What the store has been given, unit by unit. */
const units: Unit[] = []
const ways = await openWays({
  clock: () => at(hour),
  store: (real) => ({
    ...real,
    commit: (unit) => {
      units.push(unit)
      return real.commit(unit)
    },
  }),
})
test.after(() => ways.gateway.close())

const SIZE = 10_000
const NAMES = Array.from({ length: SIZE }, (_, it) => String(it).padStart(20, '0'))
const MEMBERS = NAMES.map((name) => ({ Names: [{ name }] }))

/** What is kept of who has been in groups. */
const rows = async () =>
  (await ways.gateway.store.page('DERGroups.EndDevices', { limit: 100 })).objects.length
const count = (list: Json | undefined) => (Array.isArray(list) ? list.length : 0)

test('GF-04/AC2: it is accepted as one object in one unit of the store, with its reply; npm run bench -- group takes time and memory', async () => {
  units.length = 0
  const its = group(MEMBERS)
  await ways.ok({ verb: 'create', noun: GROUPS, object: its })
  const writing = units.filter(({ puts }) => puts.some(({ noun }) => noun === GROUPS))
  assert.is(writing.length, 1)
  const [{ message, puts = [], events = [] } = {}] = writing
  assert.equal(
    puts.filter(({ noun }) => noun === GROUPS).map(({ id }) => id),
    [its.mRID],
  )
  // Of what is kept beside it there is not one row for each member.
  assert.ok(puts.length < 10, `${puts.length} objects`)
  assert.is(events.filter(({ noun }) => noun === GROUPS).length, 1)
  assert.match(message?.reply ?? '', '<Result>OK</Result>')
  assert.is(count((await ways.stored(GROUPS, its.mRID)).object['EndDevices']), SIZE)
  await ways.ok({ verb: 'delete', noun: GROUPS, object: its })
})

test('GF-04, GD-02: it forms, is asked for at an instant, loses 100 named members and dissolves', async () => {
  const before = await rows()
  const its = group(MEMBERS)
  await ways.ok({ verb: 'create', noun: GROUPS, object: its })
  hour = 2
  await ways.ok(removal(its.mRID, MEMBERS.slice(500, 600)))
  assert.is(count(member((await ways.stored(GROUPS, its.mRID)).object, 'EndDevices')), SIZE - 100)
  hour = 3
  await ways.ok({ verb: 'delete', noun: GROUPS, object: its })
  for (const [when, size] of [
    [0, 0],
    [1, SIZE],
    [2, SIZE - 100],
    [3, 0],
  ] as const) {
    const { json } = await ways.json('GET', `der-groups/${its.mRID}/members?at=${at(when)}`)
    assert.is(count(member(json, 'DERGroupMembership')), size, at(when))
  }
  assert.is((await rows()) - before, 3, 'what is kept grows with the changes, not with the members')
})

test.run()
