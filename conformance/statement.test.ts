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

test('a statement of an older suite gets the lines of this one: what it says stays, what is new is denied and told', async () => {
  const older = JSON.parse(readFileSync(ICS, 'utf8')) as {
    roles: { DOP: { receives: Record<string, string>; sends: Record<string, string> } }
    options: Record<string, unknown>
  }
  const { receives } = older.roles.DOP
  delete receives['create DERGroups']
  delete older.options['compression']
  Object.assign(receives, { 'change DERGroups': 'O', 'created Bananas': 'M', 'get Tariffs': 'C' })
  Object.assign(older.options, { psychic: true })
  const [before, after] = [join(folder, 'older.json'), join(folder, 'newer.json')]
  writeFileSync(before, JSON.stringify(older))
  const asked = await told('plan', { ics: before })
  assert.is(asked.exit, 2)
  assert.match(asked.err, /cimgate conformance list --ics \S+older\.json` prints it/)
  const { exit, out, err } = await told('list', { ics: before })
  assert.is(exit, 0, err)
  assert.equal(err.trimEnd().split('\n'), [
    'options/compression: new, false',
    'options/psychic: taken out, there is no such option',
    'roles/DOP/receives: "create DERGroups" is new, -',
    'roles/DOP/receives: "created Bananas" is taken out, no case needs it',
  ])
  const due = { 'create DERGroups': '-', 'change DERGroups': 'O', 'get Tariffs': 'C' }
  const said = JSON.parse(out) as typeof older
  for (const [line, it] of Object.entries(due)) assert.is(said.roles.DOP.receives[line], it, line)
  assert.not.ok('created Bananas' in said.roles.DOP.receives)
  writeFileSync(after, out)
  assert.is((await told('plan', { ics: after })).exit, 0)
  assert.equal(
    await told('list', { ics: after }),
    { exit: 0, out, err: '' },
    'nothing is left to be merged',
  )
})

for (const [what, text, due] of [
  ['no JSON', '{', /JSON/],
  ['a list', '[]', /is an object/],
  ['a role that there is not', '{"roles":{"KING":{}}}', /roles\/KING is no role; roles are CUST/],
  ['no product', '{"roles":{"DOP":{}}}', /product: /],
] as const)
  test(`what is no statement is not merged: ${what}`, async () => {
    const path = join(folder, 'none.json')
    writeFileSync(path, text)
    const { exit, out, err } = await told('list', { ics: path })
    assert.equal([exit, out], [2, ''])
    assert.match(err, due)
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
  [
    'one twice',
    (it) => ({ ...it, known: { UsagePoint: ['a', 'a'] } }),
    /known\/UsagePoint: One st/,
  ],
  ['a kind that no case refers to', (it) => ({ ...it, known: { Bananas: ['a'] } }), /known: /],
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
