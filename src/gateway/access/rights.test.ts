// Roles and rights: nobody has what he was not given, and each route asks for what it shows or does.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { accessTo, party, proof, topologyOf } from './parties.fixture.ts'
import { RIGHTS, RIGHTS_OF, may, rightsIn, rightsOf } from './rights.ts'
import type { Right } from './rights.ts'

const test = suite('access: rights')

const ALL = Object.keys(RIGHTS) as Right[]

/** [right, who has it] */
const TABLE: readonly (readonly [Right, string])[] = [
  ['exchange', 'party'],
  ['metadata', 'party viewer operator auditor admin'],
  ['payload', 'party operator'],
  ['allParties', 'viewer operator auditor admin'],
  ['operate', 'operator admin'],
  ['watch', 'viewer operator admin'],
  ['audit', 'auditor admin'],
]

test('who has which right', () => {
  const roles = Object.entries(RIGHTS_OF) as readonly (readonly [string, readonly Right[]])[]
  for (const [right, who] of TABLE)
    assert.is(
      roles.flatMap(([role, all]) => (all.includes(right) ? [role] : [])).join(' '),
      who,
      right,
    )
  assert.equal(TABLE.map(([right]) => right).sort(), [...ALL].sort())
})

test('what is written is all that a party may, and nothing is nothing', () => {
  assert.equal(rightsIn(['viewer', 'payload', 'watch']), [...RIGHTS_OF.viewer, 'payload'])
  assert.equal(rightsOf({}), RIGHTS_OF.party)
  assert.equal(rightsOf({ rights: [] }), [])
  assert.equal([...rightsOf({ operator: true })].sort(), ALL.filter((it) => it !== 'audit').sort())
  assert.not(may({ rights: [] }, 'exchange'))
  assert.ok(may({}, 'audit'))
})

test('a sender has its rights, and sees others by one of them', async () => {
  const key = [proof('api-key', 'k')]
  for (const [rights, operator] of [
    [['metadata'], false],
    [['allParties'], true],
  ] as const) {
    const who = await accessTo(topologyOf([party('p', { proofs: key, rights })])).who({
      'x-api-key': 'k',
    })
    assert.ok('sender' in who)
    assert.equal([who.sender.rights, who.sender.operator], [rights, operator])
  }
})

test.run()
