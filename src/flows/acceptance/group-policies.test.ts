// The two settings of each policy about DER groups: whether an empty one is dissolved, and whether a DER may be in several.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { JsonObject } from '../../schema/json-text.ts'
import { fresh } from './connection.fixture.ts'
import {
  GROUPS,
  REQUESTS,
  TO_CONTRACTED,
  fleet,
  formRequest,
  formed,
  group,
  groupRequest,
  removal,
  steps,
} from './groups.fixture.ts'
import { openWays } from './ways.fixture.ts'
import type { Ways } from './ways.fixture.ts'

const test = suite('policies of groups')

const plain = await openWays()
const asked = await openWays({ policies: ['dissolveWhenEmpty', 'exclusiveMembership'] })
test.after(async () => {
  await plain.gateway.close()
  await asked.gateway.close()
})

const creating = (object: JsonObject) => ({ verb: 'create', noun: GROUPS, object })
const CAPABILITY = [
  { DERParameter: 'activePower', quantity: { value: '1', multiplier: 'k', unit: 'W' } },
]
const members = (): readonly [JsonObject, JsonObject] => [{ mRID: fresh() }, { mRID: fresh() }]

async function stateOf({ gateway }: Ways, noun: string, mRID: string): Promise<string> {
  return (await gateway.store.objects(noun, [mRID], []))[0]?.state ?? 'gone'
}

/** Verb and state of the last event about an object. */
async function last({ gateway }: Ways, mRID: string): Promise<string> {
  const it = (await gateway.events()).filter(({ subject }) => subject === mRID).at(-1)
  return `${it?.verb} ${it?.state}`
}

test('GD-02: by default a group whose last member is taken out stays, empty', async () => {
  const own = group(members())
  await plain.ok(creating(own))
  await plain.ok(removal(own.mRID, own['EndDevices'] as JsonObject[]))
  assert.equal(
    [await stateOf(plain, GROUPS, own.mRID), await last(plain, own.mRID)],
    ['empty', 'changed empty'],
  )
})

test('GD-02: dissolveWhenEmpty: it is dissolved with its last member, and not before', async () => {
  const [one, two] = members()
  const own = group([one, two])
  await asked.ok(creating(own))
  await asked.ok(removal(own.mRID, [one]))
  assert.is(await stateOf(asked, GROUPS, own.mRID), 'available')
  await asked.ok(removal(own.mRID, [two]))
  assert.equal(
    [await stateOf(asked, GROUPS, own.mRID), await last(asked, own.mRID)],
    ['gone', 'deleted dissolved'],
  )
  const said = await asked.refused({ verb: 'delete', noun: GROUPS, object: { mRID: own.mRID } })
  assert.is(said.code, '99.1')
})

test('GD-02: dissolveWhenEmpty: a group of a request is dissolved when its contracts are released, and its request with it', async () => {
  const own = await fleet(asked, 1)
  const { group: its, request } = await formed(asked, own)
  const leaving = groupRequest('removeMembers', its.mRID, { EndDevices: own.devices })
  await asked.ok({ verb: 'create', noun: REQUESTS, object: leaving })
  await steps(asked, leaving.mRID, ['release-contracts'])
  await asked.ok(removal(its.mRID, own.devices))
  assert.equal(
    [
      await stateOf(asked, GROUPS, its.mRID),
      await stateOf(asked, REQUESTS, leaving.mRID),
      await stateOf(asked, REQUESTS, request.mRID),
    ],
    ['gone', 'dissolved', 'dissolved'],
  )
})

test('GD-02: dissolveWhenEmpty: a group under contract is not dissolved before these are released: it stays, empty', async () => {
  const own = await fleet(asked, 1)
  const { group: its, request } = await formed(asked, own)
  await asked.ok(removal(its.mRID, own.devices))
  assert.equal(
    [await stateOf(asked, GROUPS, its.mRID), await stateOf(asked, REQUESTS, request.mRID)],
    ['empty', 'available'],
  )
})

test('GF-04: by default a DER is in as many groups as there are', async () => {
  const EndDevices = members()
  for (const it of [group(EndDevices), group(EndDevices)]) await plain.ok(creating(it))
})

test('GF-04, GF-06: exclusiveMembership: a DER is in one group at a time, until it has left it', async () => {
  const [one, two] = members()
  const [first, second] = [group([one]), group([two])]
  await asked.ok(creating(first))
  const other = group([one, two])
  const said = await asked.refused(creating(other))
  assert.equal(said, { code: '6.1', rule: 'GRP-EXCL', ids: [other.mRID, first.mRID] })
  await asked.ok(creating(second))
  const adding = { verb: 'change', noun: GROUPS, object: { mRID: second.mRID, EndDevices: [one] } }
  assert.is((await asked.refused(adding)).rule, 'GRP-EXCL')
  await asked.ok({ verb: 'delete', noun: GROUPS, object: { mRID: first.mRID } })
  await asked.ok(adding)
  await asked.ok(removal(second.mRID, [two]))
  await asked.ok(creating(group([two])))
})

test('exclusiveMembership: what has happened elsewhere is taken over as it is told', async () => {
  const EndDevices = members()
  const [own, theirs] = [group(EndDevices), group(EndDevices)]
  await asked.ok(creating(own))
  await asked.told({ verb: 'created', noun: GROUPS, object: theirs })
  assert.is(await stateOf(asked, GROUPS, theirs.mRID), 'available')
})

const withoutMembers = (more: JsonObject = {}) => {
  const { EndDevices: _none, ...own } = group([], more)
  return own
}

test('GF-04/AC4: a group without members is refused, by its mRID, where no capability is required of it', async () => {
  const own = withoutMembers()
  const said = await plain.refused(creating(own))
  assert.equal(said, { code: '6.1', rule: 'GRP-EMPTY', ids: [own.mRID] })
})

test('GF-04/AC4: also the first group that anybody forms has members', async () => {
  const empty = await openWays()
  try {
    assert.is((await empty.refused(creating(withoutMembers()))).rule, 'GRP-EMPTY')
  } finally {
    await empty.gateway.close()
  }
})

test('GF-04/AC4: where a capability is required and the members are left open, the group begins without any', async () => {
  const { tariff } = await fleet(plain, 1)
  const { EndDevices: _open, ...request } = formRequest([], tariff, {
    requiredCapability: CAPABILITY,
  })
  const own = withoutMembers(request['EndDeviceGroup'] as JsonObject)
  await plain.ok({ verb: 'create', noun: REQUESTS, object: request })
  assert.is((await plain.refused(creating(own))).rule, 'GRP-ORDER', 'not before it is approved')
  await steps(plain, request.mRID, TO_CONTRACTED)
  await plain.ok(creating(own))
  assert.is(await stateOf(plain, GROUPS, own.mRID), 'empty')
})

test.run()
