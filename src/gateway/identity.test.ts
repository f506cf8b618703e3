import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { JsonObject } from '../schema/json-text.ts'
import { hasIdentity, idKey, identityOf, indexOfIdentities, nameKey } from './identity.ts'
import { namePartsOf, nameTexts, sameIdentity, withId } from './identity.ts'
import { anyMembers } from './objects.fixture.ts'

const test = suite('identity')

const UUID = 'F975BE36-0000-4000-8000-00000000000A'

const typed = (name: string, type: string, authority: string): JsonObject => ({
  name,
  NameType: { name: type, NameTypeAuthority: { name: authority } },
})

test('compares mRIDs without case when they are UUIDs, and no others', () => {
  assert.is(idKey(UUID), UUID.toLowerCase())
  assert.is(idKey('Group-A'), 'Group-A')
  assert.ok(sameIdentity({ mRID: UUID }, { mRID: UUID.toLowerCase() }))
  assert.not.ok(sameIdentity({ mRID: 'a' }, { mRID: 'A' }))
})

test('tells names of different types and authorities apart', () => {
  const keys = [
    typed('1', 'badge', 'x'),
    typed('1', 'badge', 'y'),
    typed('1', 'nic', 'x'),
    { name: '1' },
  ]
  assert.is(new Set(keys.map(nameKey)).size, 4)
  assert.equal(namePartsOf(nameKey(typed('1', 'badge', 'x')) ?? ''), {
    authority: 'x',
    type: 'badge',
    name: '1',
  })
})

test('prefers the mRID, and compares names where one side has none', () => {
  const names = { Names: [{ name: 'n' }] }
  assert.not.ok(sameIdentity({ mRID: 'a', ...names }, { mRID: 'b', ...names }))
  assert.ok(sameIdentity({ mRID: 'a', ...names }, names))
})

test('finds no identity in what is blank or no object', () => {
  for (const it of [
    null,
    'a',
    1,
    [],
    {},
    { mRID: ' ' },
    { Names: [] },
    { Names: [{}] },
    { mRID: 1 },
  ])
    assert.is(hasIdentity(it), false, JSON.stringify(it))
  assert.equal(identityOf(undefined), { mRID: undefined, names: [] })
})

test('puts the mRID in front', () => {
  assert.is(JSON.stringify(withId('x', { a: 1, mRID: 'y' })), '{"mRID":"x","a":1}')
})

test('reads names as people do', () => {
  assert.equal(nameTexts({ Names: [typed('1', 'badge', 'x'), { name: '2' }] }), ['1', '2'])
})

test('finds in an index what comparing one by one finds', () => {
  fc.assert(
    fc.property(anyMembers, anyMembers, (list, wanted) => {
      const find = indexOfIdentities(list)
      for (const it of wanted) {
        const found = find(it)
        assert.is(
          found !== undefined,
          list.some((one) => sameIdentity(one, it)),
        )
        assert.ok(found === undefined || sameIdentity(found, it))
      }
    }),
  )
})

test.run()
