// Acknowledgements, written and read: what became of the whole and of each object, technical and business faults apart.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { isObject } from '../schema/json-text.ts'
import type { Json } from '../schema/json-text.ts'
import { fateOf } from './ack.ts'
import type { Ack, Fate, ItemAck } from './ack.ts'
import { readAck, writtenAck } from './acknowledgement.ts'

const test = suite('dialects: acknowledgement')

const AT = '2026-07-14T08:00:00Z'
const item = (id: string, fate: Fate, more: Partial<ItemAck> = {}): ItemAck => ({
  ...{ id, fate, code: fate === 'done' ? '0.0' : '6.1', text: '' },
  ...more,
})
const ack = (...items: readonly ItemAck[]): Ack => ({ items, whole: 'done', text: '' })

/** [what became of the items, of all of them, ackType, HTTP] */
const WHOLE: readonly (readonly [readonly Fate[], Fate | 'partial', string, number])[] = [
  [['done', 'done'], 'done', 'SUCCESS', 200],
  [['done', 'refused'], 'partial', 'ERROR', 200],
  [['done', 'failed'], 'partial', 'ERROR', 200],
  [['refused', 'refused'], 'refused', 'ERROR', 200],
  [['failed', 'refused'], 'failed', 'FAILURE', 503],
  [['failed', 'failed'], 'failed', 'FAILURE', 503],
]

for (const [fates, fate, ackType, status] of WHOLE)
  test(`${fates.join(' and ')} is ${ackType}, and is read again as ${fate}`, () => {
    const made = ack(...fates.map((it, at) => item(`t${at}`, it)))
    assert.is(fateOf(made), fate)
    const written = writtenAck('msg-ack', made, { at: AT, objects: () => [], status: 503 })
    assert.is(written.status, status)
    assert.match(JSON.stringify(written.body), `"ackType":"${ackType}","whenISO":"${AT}"`)
    const read = readAck(written.body, written.status)
    assert.is(read === undefined ? '' : fateOf(read), fate)
    assert.equal(
      read?.items.map((it) => [it.id, it.fate]),
      fates.map((it, at) => [`t${at}`, it]),
    )
  })

test('what has stopped for a technical fault is FAILURE, whatever was done before', () => {
  const made: Ack = { ...ack(item('a', 'done'), item('b', 'failed')), whole: 'failed' }
  const { status, body } = writtenAck('msg-ack', made, { at: AT, objects: () => [], status: 502 })
  assert.match(JSON.stringify(body), '"ackType":"FAILURE"')
  const read = readAck(body, status)
  assert.equal([status, read === undefined ? '' : fateOf(read)], [502, 'failed'])
  assert.equal(
    read?.items.map(({ fate }) => fate),
    ['done', 'failed'],
  )
})

test('what exists already is success, with its number', () => {
  const made = ack(item('t', 'done', { exists: true, mRID: 'e-1' }))
  const { body } = writtenAck('msg-ack', made, { at: AT, objects: () => [], status: 200 })
  assert.match(JSON.stringify(body), '"messageNumber":"10589"')
  const [read] = readAck(body, 200)?.items ?? []
  assert.equal([read?.exists, read?.fate, read?.mRID], [true, 'done', 'e-1'])
})

/** [what comes, HTTP, what it says] */
const READ: readonly (readonly [string, Json, number, Fate | 'partial' | undefined])[] = [
  [
    'one response alone',
    { ackType: 'SUCCESS', responses: { response: { id: 'a', responseCode: 'ERROR' } } },
    200,
    'refused',
  ],
  [
    'responses without a name',
    { ackType: 'ERROR', responses: [{ id: 'a', responseCode: 'SUCCESS' }, { id: 'b' }] },
    200,
    'partial',
  ],
  ['no responses', { MsgAck: { ackType: 'FAILURE', whenISO: AT } }, 200, 'failed'],
  [
    'a number of what exists',
    {
      MsgAck: {
        ackType: 'ERROR',
        responses: [{ id: 'a', responseCode: 'ERROR', messageNumber: 10589 }],
      },
    },
    200,
    'done',
  ],
  [
    'a problem',
    { httpStatus: 400, title: 'no such programme', messageNumber: '10001' },
    400,
    'refused',
  ],
  [
    'a problem inside its name',
    { problemDetailDocument: { httpStatus: 400, detail: 'x' } },
    400,
    'refused',
  ],
  [
    'a problem of what exists',
    { httpStatus: 400, serverMessage: { messageNumber: '10589' } },
    400,
    'done',
  ],
  ['a problem of a server', { httpStatus: 503, title: 'busy' }, 503, 'failed'],
  ['a problem of too much', { messageNumber: '3', title: 'busy' }, 429, 'failed'],
  ['an object', { enrollmentId: '7' }, 200, undefined],
  ['a word that is none', { ackType: 'MAYBE' }, 200, undefined],
  ['a word in small letters', { MsgAck: { ackType: 'error' } }, 200, 'refused'],
  ['nothing', 7, 200, undefined],
]

for (const [what, json, status, fate] of READ)
  test(`${what} is read as ${fate ?? 'no acknowledgement'}`, () => {
    const read = readAck(json, status)
    assert.is(read === undefined ? undefined : fateOf(read), fate)
  })

test('the customer programme side answers with the object, or with a problem', () => {
  const context = { at: AT, objects: () => [{ enrollmentId: '7' }], status: 503 }
  const fine = writtenAck('problem', ack(item('t', 'done')), context)
  assert.equal(fine, { status: 200, body: { enrollmentId: '7' } })
  const two = writtenAck('problem', ack(item('t', 'done')), { ...context, objects: () => [{}, {}] })
  assert.equal(two.body, [{}, {}])
  const long = 'x'.repeat(70)
  const bad = writtenAck('problem', ack(item('t', 'refused', { text: long })), context)
  assert.is(bad.status, 400)
  const problem = isObject(bad.body) ? bad.body['problemDetailDocument'] : undefined
  assert.equal(problem, {
    httpStatus: 400,
    problemType: '6.1',
    title: long,
    detail: 'x'.repeat(60),
  })
  const down = writtenAck('problem', { items: [], whole: 'failed', text: 'down' }, context)
  assert.equal([down.status, readAck(down.body, down.status)?.whole], [503, 'failed'])
  assert.match(readAck(down.body, 503)?.text ?? '', 'down')
})

test.run()
