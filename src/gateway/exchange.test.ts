// What every message can count on, whatever it is about: one effect, one reply, never a false OK.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openFixture } from './gateway.fixture.ts'
import type { Fixture } from './gateway.fixture.ts'
import { derGroups, group, message, operation, operationSet } from './messages.fixture.ts'
import { part, payload, payloadIds, queryFor } from './messages.fixture.ts'
import { questionsDuring } from '../shell/store/questions.fixture.ts'
import type { Store } from './ports.ts'

const test = suite('exchange')

const A = 'a0000000-0000-4000-8000-00000000000a'
const B = 'b0000000-0000-4000-8000-00000000000b'

const gateway = await openFixture({ sender: { tolerate: ['HDR-01'] } })
const broken = { method: '', error: new Error('disk') }
const failing = await openFixture({ store: failingStore })

test.before.each(() => gateway.forgetObjects())
test.after(async () => {
  await gateway.close()
  await failing.close()
})

/** A store that fails where it is told to. */
function failingStore(real: Store): Store {
  const names = ['message', 'objects', 'page', 'commit'] as const
  const own = names.map((name) => [
    name,
    (...args: readonly unknown[]) =>
      broken.method === name
        ? Promise.reject(broken.error)
        : (real[name] as (...args: readonly unknown[]) => unknown)(...args),
  ])
  return { ...real, ...Object.fromEntries(own) }
}

async function stored({ store }: Fixture): Promise<readonly string[]> {
  return (await store.page('DERGroups', { limit: 100 })).objects.map((it) => it.body)
}

const create = (id?: string) =>
  message({ verb: 'create', ...(id === undefined ? {} : { id }) }, payload(group({ mRID: A })))

const set = (integrity: boolean, ...operations: readonly string[]) =>
  message({ verb: 'execute', noun: 'OperationSet' }, operationSet(integrity, ...operations))

test('a message asks the database two things at once, then is committed: nothing that would be in vain', async () => {
  const create = (name: string) => message({ verb: 'create', id: name }, payload(group({ name })))
  await gateway.send(create('First'))
  const asked = await questionsDuring(() => gateway.send(create('Next')))
  assert.equal(asked, ['message', 'objects', 'commit'])
})

test('gives a repeated message the same reply byte by byte, and no second effect', async () => {
  const xml = create('once')
  const [first, second] = [await gateway.send(xml), await gateway.send(xml)]
  assert.is(second.text, first.text)
  assert.is(second.messageID, first.messageID)
  assert.is(second.repeated, true)
  assert.is((await stored(gateway)).length, 1)
})

test('repeats a refusal too', async () => {
  const xml = message({ verb: 'delete', id: 'refused' }, payload(part({ mRID: A })))
  const first = await gateway.send(xml)
  assert.equal(first.codes, ['99.1'])
  await gateway.send(create())
  assert.is((await gateway.send(xml)).text, first.text)
  assert.is((await stored(gateway)).length, 1)
})

test('lets copies that are in flight together have one effect and one reply', async () => {
  const known = (await gateway.events()).length
  const xml = message({ verb: 'create', id: 'flying' }, payload(group({ name: 'North' })))
  const replies = await Promise.all(Array.from({ length: 8 }, () => gateway.send(xml)))
  assert.is(new Set(replies.map((it) => it.text)).size, 1)
  assert.is((await gateway.events()).length - known, 1)
})

test('decides again when somebody else was quicker, so that no change is lost', async () => {
  await gateway.send(create())
  const members = Array.from({ length: 12 }, (_, at) => `device-${at}`)
  const replies = await Promise.all(
    members.map((it) =>
      gateway.send(message({ verb: 'change' }, payload(part({ mRID: A, members: [it] })))),
    ),
  )
  assert.equal([...new Set(replies.map((it) => it.result))], ['OK'])
  const [body = ''] = await stored(gateway)
  for (const it of members) assert.ok(body.includes(`"${it}"`), it)
  assert.match(body, /"minor":12/)
})

test('refuses another body under the same MessageID', async () => {
  await gateway.send(create('taken'))
  const other = message({ verb: 'create', id: 'taken' }, payload(group({ mRID: B })))
  const reply = await gateway.send(other)
  assert.is(reply.judged.verdict, 'valid')
  assert.equal([reply.result, ...reply.codes], ['FAILED', '6.1'])
  assert.match(reply.text, /rule=MSG-CONFLICT/)
})

test('recognizes a message without MessageID by its content', async () => {
  const xml = message({ verb: 'create', id: '' }, payload(group({ mRID: A })))
  const [first, second] = [await gateway.send(xml), await gateway.send(xml)]
  assert.is(first.result, 'OK')
  assert.is(first.judged.verdict, 'valid')
  assert.is(first.correlationID, '')
  assert.is(second.text, first.text)
})

for (const id of ['s1', 'North', A]) {
  test(`deletes by the ID ${id} without kind, mRID or name`, async () => {
    const groups = [group({ mRID: 's1' }), group({ mRID: A }), group({ mRID: 's3', name: 'North' })]
    await gateway.send(message({ verb: 'create' }, payload(...groups)))
    const reply = await gateway.send(message({ verb: 'delete' }, payloadIds([id, ''])))
    assert.is(reply.result, 'OK', reply.text)
    assert.is((await stored(gateway)).length, 2)
  })
}

test('takes an ID without kind for the mRID of one object before the name of another', async () => {
  const groups = [group({ mRID: 's1' }), group({ mRID: 's2', name: 's1' })]
  await gateway.send(message({ verb: 'create' }, payload(...groups)))
  await gateway.send(message({ verb: 'delete' }, payloadIds(['s1', ''])))
  const [left = ''] = await stored(gateway)
  assert.match(left, /"mRID":"s2"/)
})

test('takes any Source while nobody is authenticated', async () => {
  const xml = message({ verb: 'create', source: 'whoever' }, payload(group({ mRID: A })))
  assert.is((await gateway.send(xml)).result, 'OK')
})

for (const method of ['message', 'objects', 'commit']) {
  test(`answers 5.1, and never OK, when the store fails in ${method}`, async () => {
    broken.method = method
    const reply = await failing.send(create(`fails-in-${method}`))
    assert.is(reply.judged.verdict, 'valid')
    assert.is(reply.rendered.status, 200)
    assert.equal([reply.result, ...reply.codes], ['FAILED', '5.1'])
    assert.not.match(reply.text, /disk/)
    broken.method = ''
    assert.is((await stored(failing)).length, 0)
  })
}

test('carries out what failed before when it is sent again', async () => {
  broken.method = 'commit'
  await failing.send(create('again'))
  broken.method = ''
  assert.is((await failing.send(create('again'))).result, 'OK')
})

test('answers 5.1 to a query when the store fails', async () => {
  broken.method = 'page'
  const reply = await failing.send(message({ verb: 'get' }, ''))
  broken.method = ''
  assert.equal([reply.result, ...reply.codes], ['FAILED', '5.1'])
})

/** [what, message, codes] */
const REFUSED: readonly (readonly [string, string, readonly string[]])[] = [
  ['close of a group', message({ verb: 'close' }, payloadIds([A, 'kind="uuid"'])), ['2.9']],
  ['cancel of a group', message({ verb: 'cancel' }, payload(part({ mRID: A }))), ['2.9']],
  ['cancel of nothing', message({ verb: 'cancel' }, ''), ['2.9']],
  ['an unknown Noun', message({ verb: 'create', noun: 'Banana' }, payload(group({}))), ['2.5']],
  ['an unknown Verb', message({ verb: 'make' }, payload(group({}))), ['2.9']],
  [
    'an operation whose noun nobody knows',
    set(false, operation('7', 'create', '<Banana xmlns="urn:banana"/>', { noun: 'Banana' })),
    ['2.5'],
  ],
  [
    'an operation with a query',
    set(false, operation('7', 'get', derGroups(group({ mRID: A })))),
    ['2.9'],
  ],
  ['an operation about nothing', set(false, operation('7', 'delete', '')), ['1.7']],
  [
    'mRID and Names of different groups',
    message({ verb: 'change' }, payload(part({ mRID: A, name: 'South' }))),
    ['2.29'],
  ],
  [
    'an unknown mRID with a known name',
    message({ verb: 'delete' }, payload(part({ mRID: 'unknown', name: 'South' }))),
    ['2.29'],
  ],
  [
    'a member listed twice',
    message({ verb: 'change' }, payload(part({ mRID: A, members: ['x', 'x'] }))),
    ['6.1'],
  ],
  [
    'a reply that nobody waits for',
    message({ verb: 'reply', kind: 'ResponseMessage' }, '<Reply><Result>OK</Result></Reply>'),
    ['2.15'],
  ],
  [
    'a query for an object that is not named',
    message({ verb: 'get', noun: 'DERGroupQueries' }, queryFor('<mRID> </mRID>')),
    ['2.15'],
  ],
]

for (const [what, xml, codes] of REFUSED) {
  test(`refuses ${what}`, async () => {
    await gateway.send(
      message(
        { verb: 'create' },
        payload(group({ mRID: A, name: 'North' }), group({ mRID: B, name: 'South' })),
      ),
    )
    const before = await stored(gateway)
    const reply = await gateway.send(xml)
    assert.is(reply.judged.verdict, 'valid', JSON.stringify(reply.judged.findings))
    assert.is(reply.result, 'FAILED')
    assert.equal([...new Set(reply.codes)], codes, reply.text)
    assert.equal(await stored(gateway), before)
  })
}

test('answers what is no message with a fault', async () => {
  const bare = derGroups(group({ mRID: A }))
  const faultMessage =
    '<FaultMessage xmlns="http://iec.ch/TC57/2011/schema/message"><Reply><Result>FAILED</Result><Error><code>1.8</code></Error></Reply></FaultMessage>'
  for (const xml of [bare, faultMessage, '<a>', '']) {
    const reply = await gateway.send(xml)
    assert.is(reply.rendered.status, 400, xml)
    assert.is(reply.judged.root?.name, 'FaultMessage')
    assert.is(reply.judged.verdict, 'valid')
  }
})

test('raises a version of twenty digits exactly', async () => {
  const version = '<version><major>2</major><minor>98765432109876543210</minor></version>'
  await gateway.send(message({ verb: 'create' }, payload(group({ mRID: A, version }))))
  const reply = await gateway.send(
    message({ verb: 'change' }, payload(part({ mRID: A, description: 'x' }))),
  )
  assert.match(reply.text, /<minor>98765432109876543211<\/minor>/)
})

test('refuses unread bytes with a valid fault', async () => {
  const error = { code: '3.1', level: 'FATAL', reason: 'The body is too long.' } as const
  const { text, status, contentType } = await gateway.exchange.refusal(error, 413)
  assert.equal([status, contentType], [413, 'application/xml; charset=utf-8'])
  assert.is(gateway.validate.judgeShipped(new TextEncoder().encode(text))?.verdict, 'valid')
})

test.run()
