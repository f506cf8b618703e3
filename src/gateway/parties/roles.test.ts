// Which roles a party has: by its name, by aliases, by its configuration.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { LOCAL } from './party.ts'
import type { Party } from './party.ts'
import { rolelessParties, rolesOf, rolesOfSender } from './roles.ts'

const test = suite('roles of parties')

const party = (id: string, more: Partial<Party> = {}) =>
  ({ id, proofs: [{ kind: 'api-key', sha256: id }], ...more }) as Party
const DSO_OWNED = { 'derms-cs': 'dso-cs', derms: 'dso-derms', customers: 'customer' }
const THIRD = { 'derms-cs': 'tp:{provider}:cs', derms: 'tp:{provider}:derms' }

/** [party, aliases, roles] */
const CASES: readonly (readonly [string, Readonly<Record<string, string>>, string])[] = [
  ['dso-cs', {}, 'dso-cs'],
  ['dso-cs', DSO_OWNED, 'dso-cs derms-cs'],
  ['dso-derms', DSO_OWNED, 'derms'],
  ['dso-derms:north', {}, 'derms'],
  ['tp:acme:cs', THIRD, 'derms-cs tp-cs'],
  ['tp:acme:derms', THIRD, 'derms'],
  ['tp:acme:dso-inv', THIRD, 'tp-dso-inv'],
  ['customer:4711', DSO_OWNED, 'customer'],
  ['support', { 'dso-cs': 'support' }, 'dso-cs'],
  ['dms', {}, ''],
]

for (const [id, aliases, expected] of CASES)
  test(`${id} with ${JSON.stringify(aliases)} has ${expected || 'none'}`, () => {
    assert.is(rolesOf({ id }, { aliases }).join(' '), expected)
  })

test('the configuration adds to them', () => {
  assert.equal(rolesOf({ id: 'wms', roles: ['dso-eng'] }, { aliases: {} }), ['dso-eng', 'wms'])
})

test('who is no party has none, and parties without any are named, but operators and those that only listen', () => {
  const topology = {
    ...LOCAL,
    parties: [party('wms'), party('x'), party('o', { operator: true }), party('l', { proofs: [] })],
  }
  assert.equal(rolesOfSender('wms', topology), ['wms'])
  assert.equal(rolesOfSender('cimgate', topology), [])
  assert.equal(rolelessParties(topology), ['x'])
})

test.run()
