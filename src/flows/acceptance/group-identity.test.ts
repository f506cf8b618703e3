// By what a group is known, and by what the operations on it are.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { member } from '../../schema/json-text.ts'
import type { Json } from '../../schema/json-text.ts'
import { fresh } from './connection.fixture.ts'
import { GROUPS, group, removal } from './groups.fixture.ts'
import { openWays } from './ways.fixture.ts'

const test = suite('identity of groups')

const ways = await openWays()
test.after(() => ways.gateway.close())

const MEMBERS = [{ mRID: fresh() }, { mRID: fresh() }]

/** A name that an owner has given. */
const named = (owner: string, name: string) => ({
  Names: [{ name, NameType: { name: 'group', NameTypeAuthority: { name: owner } } }],
})

test('GF-04/AC3: a name is had once within its authority, over every way, and another owner may give it too', async () => {
  const creating = (owner: string) => ({
    verb: 'create',
    noun: GROUPS,
    object: group(MEMBERS, named(owner, 'North')),
  })
  await ways.ok(creating('ACME Energy'))
  const twin = creating('ACME Energy')
  const said = await ways.refused(twin)
  assert.is(said.code, '6.1')
  assert.ok(said.ids.includes('North'), said.ids.join())
  await ways.ok(creating('Other Energy'))
  await ways.ok({ ...twin, object: { ...twin.object, ...named('ACME Energy', 'South') } })
})

test('GF-06/AC1: the reply to one operation repeats its operationId, and of several each refusal that of its own', async () => {
  const its = group(MEMBERS)
  await ways.ok({ verb: 'create', noun: GROUPS, object: its })
  const wish = removal(its.mRID, MEMBERS.slice(1))
  const [operation] = wish.object.Operation
  assert.ok(operation)
  const numbered = (...ids: readonly number[]) => ({
    ...wish,
    object: {
      ...wish.object,
      Operation: ids.map((operationId) => ({ ...operation, operationId })),
    },
  })
  assert.is(member(member(await ways.ok(numbered(4711)), 'reply'), 'operationId'), 4711)
  const refused = member(await ways.sent(numbered(17)), 'reply')
  assert.is(member(refused, 'Result'), 'FAILED')
  assert.is(member(refused, 'operationId'), 17)
  const several = member(await ways.sent(numbered(21, 22)), 'reply')
  assert.equal(idsIn(several), [21, 22])
})

function idsIn(reply: Json | undefined): readonly (Json | undefined)[] {
  const errors = member(reply, 'Error')
  return (Array.isArray(errors) ? errors : []).map((it) => member(it, 'operationId'))
}

test.run()
