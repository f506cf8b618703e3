// Capability statements: those that are printed may be handed in as they are; of others everything is said that is wrong in them,
// before anything is sent.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { ROLES } from './shapes.ts'
import { asking } from './told.fixture.ts'

const test = suite('conformance statement')
const folder = mkdtempSync(join(tmpdir(), 'cimgate-statement-'))
test.after(() => rmSync(folder, { recursive: true, force: true }))

const told = asking(1)

const ICS = join(folder, 'ics.json')
test.before(async () => writeFileSync(ICS, (await told('list', { role: 'DOP' })).out))

/** The statement with more of what its role receives. */
const receiving = (more: object) => (it: Record<string, unknown>) => {
  const { DOP } = it['roles'] as { DOP: { receives: object } }
  return { ...it, roles: { DOP: { ...DOP, receives: { ...DOP.receives, ...more } } } }
}

for (const role of ROLES)
  test(`the statement that is printed for ${role} may be handed in as it is`, async () => {
    const path = join(folder, `${role}.json`)
    writeFileSync(path, (await told('list', { role })).out)
    const { exit, err } = await told('plan', { ics: path })
    assert.is(exit, 0, err)
  })

/** [what is wrong in the files that are handed in, what is said] */
const USAGE: readonly (readonly [string, (ics: Record<string, unknown>) => unknown, RegExp])[] = [
  ['no product', ({ product: _, ...rest }) => rest, /product: /],
  [
    'a role without all its messages',
    (it) => ({ ...it, roles: { DOP: { receives: {}, sends: {} } } }),
    /"create DERGroups" is not there: write M, O, C, or -/,
  ],
  ['another edition', (it) => ({ ...it, editions: ['IEC 61968-100:2022'] }), /are judged by IEC/],
  ['no role', (it) => ({ ...it, roles: {} }), /roles is empty: say what the product is, CUST/],
  ['a noun of nobody', receiving({ 'create Bananas': 'M' }), /"create Bananas" has a noun that no/],
  ['an event for others', receiving({ 'created DERGroups': 'M' }), /"created DERGroups" is needed/],
  [
    'sets that the option allows and the message denies',
    receiving({ 'execute OperationSet': '-' }),
    /operationSet is true, and roles\/DOP\/receives has "execute OperationSet": "-"; say/,
  ],
  [
    'sets that the option denies',
    (it) => ({ ...it, options: { ...(it['options'] as object), operationSet: false } }),
    /operationSet is false, and roles\/DOP\/receives has "execute OperationSet": "M"; say/,
  ],
  [
    'an option of no name',
    (it) => ({ ...it, options: { ...(it['options'] as object), psychic: true } }),
    /options: /,
  ],
]

for (const [what, change, said] of USAGE)
  test(`a capability statement with ${what} is wrong usage`, async () => {
    const path = join(folder, 'wrong.json')
    writeFileSync(
      path,
      JSON.stringify(change(JSON.parse(readFileSync(ICS, 'utf8')) as Record<string, unknown>)),
    )
    const { exit, err } = await told('plan', { ics: path })
    assert.is(exit, 2)
    assert.match(err, said)
  })

test('what a product does not claim is not asked of it, and the plan says why', async () => {
  const path = join(folder, 'little.json')
  const ics = JSON.parse(readFileSync(ICS, 'utf8')) as {
    options: object
    roles: { DOP: { receives: object } }
  }
  ics.options = { ...ics.options, operationSet: false, groupVersion: false }
  ics.roles.DOP.receives = {
    ...ics.roles.DOP.receives,
    'delete DERGroups': '-',
    'execute OperationSet': '-',
  }
  writeFileSync(path, JSON.stringify(ics))
  const { exit, out } = await told('plan', { ics: path })
  assert.is(exit, 0)
  assert.match(out, /not-applicable DERG-3 .*execute OperationSet is not claimed/)
  assert.match(out, /not-applicable DERG-2b .*the option groupVersion is not claimed/)
  assert.match(out, /not-applicable DERG-4 .*delete DERGroups is not claimed/)
  assert.match(out, /run +DERG-1a /)
})

test.run()
