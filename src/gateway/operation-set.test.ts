// Several objects or operations in one message: what they leave behind together.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { member } from '../schema/json-text.ts'
import { openFixture } from './gateway.fixture.ts'
import { derGroups, flaggedSet, group, message, names, operation } from './messages.fixture.ts'
import { operationSet, part, payload, queryFor } from './messages.fixture.ts'

const test = suite('operation set')

const A = 'a0000000-0000-4000-8000-00000000000a'
const B = 'b0000000-0000-4000-8000-00000000000b'

const gateway = await openFixture()
test.before.each(() => gateway.forgetObjects())
test.after(() => gateway.close())

const create = () => message({ verb: 'create' }, payload(group({ mRID: A })))

const set = (integrity: boolean, ...operations: readonly string[]) =>
  message({ verb: 'execute', noun: 'OperationSet' }, operationSet(integrity, ...operations))

async function bodies(): Promise<readonly string[]> {
  return (await gateway.store.page('DERGroups', { limit: 100 })).objects.map((it) => it.body)
}

test('refuses the second of two new groups that share mRID or name', async () => {
  const twins = payload(
    group({ mRID: A, name: 'North' }),
    group({ mRID: A }),
    group({ mRID: B, name: 'North' }),
  )
  const reply = await gateway.send(message({ verb: 'create' }, twins))
  assert.equal([reply.result, ...reply.codes], ['PARTIAL', '0.2', '6.1', '6.1'])
  assert.is((await bodies()).length, 1)
})

test('moves a name from one group to another in one OperationSet', async () => {
  await gateway.send(
    message({ verb: 'create' }, payload(group({ mRID: A, name: 'North' }), group({ mRID: B }))),
  )
  const reply = await gateway.send(
    set(
      true,
      operation('1', 'change', derGroups(part({ mRID: A, name: 'Centre' }))),
      operation('2', 'change', derGroups(part({ mRID: B, name: 'North' }))),
    ),
  )
  assert.is(reply.result, 'OK', reply.text)
  const byName = message({ verb: 'get', noun: 'DERGroupQueries' }, queryFor(names('North')))
  assert.match((await gateway.send(byName)).text, new RegExp(B))
})

test('with integrity undoes all: 5.3 on the one that failed, 5.9 on the others', async () => {
  await gateway.send(create())
  const before = await bodies()
  const known = (await gateway.events()).length
  const reply = await gateway.send(
    set(
      true,
      operation('1', 'change', derGroups(part({ mRID: A, members: ['x'] }))),
      operation('2', 'delete', derGroups(part({ mRID: B }))),
      operation('3', 'create', derGroups(group({ mRID: B }))),
    ),
  )
  assert.equal([reply.result, ...reply.codes], ['FAILED', '5.9', '5.3', '5.9'])
  assert.match(reply.text, /rule=NOT-FOUND; reply code 99.1/)
  assert.equal(await bodies(), before)
  assert.is((await gateway.events()).length, known)
})

test('without integrity carries out what it can', async () => {
  await gateway.send(create())
  const reply = await gateway.send(
    set(
      false,
      operation('1', 'change', derGroups(part({ mRID: A, members: ['x'] }))),
      operation('2', 'delete', derGroups(part({ mRID: B }))),
    ),
  )
  assert.equal([reply.result, ...reply.codes], ['PARTIAL', '0.2', '99.1'])
  const errors = member(member(reply.json, 'reply'), 'Error')
  assert.is(Array.isArray(errors) ? member(errors[1], 'operationId') : undefined, 2)
  assert.match((await bodies())[0] ?? '', /"x"/)
})

/** Of three operations the second fails: what is said of each, and what is kept. */
const FLAGS: readonly (readonly [
  sequence: boolean,
  integrity: boolean,
  codes: readonly string[],
  kept: number,
])[] = [
  [false, false, ['PARTIAL', '0.2', '99.1 of 2'], 2],
  [true, false, ['PARTIAL', '0.2', '99.1 of 2', '5.2 of 3'], 1],
  [false, true, ['FAILED', '5.9 of 1', '5.3 of 2', '5.9 of 3'], 0],
  [true, true, ['FAILED', '5.9 of 1', '5.3 of 2', '5.9 of 3'], 0],
]

for (const [sequence, integrity, codes, kept] of FLAGS)
  test(`enforceMsgSequence=${sequence}, enforceTransactionalIntegrity=${integrity}: ${codes.join(', ')}`, async () => {
    const flags = { sequence, integrity }
    const operations = [
      operation('1', 'create', derGroups(group({ mRID: A, name: 'one' }))),
      operation('2', 'delete', derGroups(part({ mRID: 'nobody' }))),
      operation('3', 'create', derGroups(group({ mRID: B, name: 'two' }))),
    ]
    const reply = await gateway.send(
      message({ verb: 'execute', noun: 'OperationSet' }, flaggedSet(flags, ...operations)),
    )
    const errors = member(member(reply.json, 'reply'), 'Error')
    const told = (Array.isArray(errors) ? errors : []).map((it) => {
      const of = member(it, 'operationId')
      return `${String(member(it, 'code'))}${of === undefined ? '' : ` of ${String(of)}`}`
    })
    assert.equal([reply.result, ...told], codes)
    assert.is((await bodies()).length, kept)
  })

test('an enforced sequence carries out every object of the operation that fails, and none behind it', async () => {
  const reply = await gateway.send(
    set(
      false,
      operation('1', 'delete', derGroups(part({ mRID: 'a' }), part({ mRID: 'b' }))),
      operation('2', 'create', derGroups(group({ mRID: A }))),
    ),
  )
  assert.equal([reply.result, ...reply.codes], ['FAILED', '99.1', '99.1', '5.2'])
  assert.equal(await bodies(), [])
})

test('an event that reports several operations is taken over one by one, whatever its sequence', async () => {
  const [one, two] = [group({ mRID: A, name: 'one' }), group({ mRID: B, name: 'two' })]
  await gateway.send(message({ verb: 'create' }, payload(one, two)))
  const mixedUp = group({ mRID: A, name: 'two' })
  await gateway.send(
    message(
      { kind: 'EventMessage', verb: 'executed', noun: 'OperationSet' },
      operationSet(
        false,
        operation('1', 'changed', derGroups(mixedUp)),
        operation('2', 'created', derGroups(group({ mRID: 'c' }))),
      ),
    ),
  )
  assert.is((await bodies()).length, 3)
})

test('counts one revision and one event revision, however often one message changes an object', async () => {
  await gateway.send(create())
  await gateway.send(
    set(
      true,
      operation('1', 'change', derGroups(part({ mRID: A, members: ['x'] }))),
      operation('2', 'change', derGroups(part({ mRID: A, members: ['y'] }))),
    ),
  )
  const [object] = await gateway.store.objects('DERGroups', [A], [])
  assert.is(object?.revision, 2)
  const events = (await gateway.events()).slice(-2)
  assert.equal(
    events.map((it) => it.revision),
    [2, 2],
  )
})

test('refuses to take out what an object cannot be without', async () => {
  await gateway.send(create())
  const whole = group({ mRID: A })
  const reply = await gateway.send(
    set(false, operation('1', 'delete', derGroups(whole), { parts: true })),
  )
  assert.equal([reply.result, ...reply.codes], ['FAILED', '5.8'])
})

test.run()
