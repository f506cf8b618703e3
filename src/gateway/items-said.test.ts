// What an answer says of each object of its message, whoever has decided, and however objects are named in it.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { ReplyError } from '../envelope/reply.ts'
import { itemsSaid } from './items-said.ts'
import type { Unrendered } from './received.ts'
import { UNREAD } from './refusals.ts'

const test = suite('items said')

const NamedB = { Names: [{ name: 'b' }] }
const OBJECTS = [{ mRID: 'a' }, NamedB, { size: 3 }]

function said(result: Unrendered['result'], ...errors: readonly ReplyError[]): Unrendered {
  return { kind: 'reply', result, errors, xml: '', validated: UNREAD }
}

function codes(it: Unrendered): readonly string[] {
  return itemsSaid(it, OBJECTS).map(({ errors }) => errors.map(({ code }) => code).join(' '))
}

const of = (code: string, $: string, idType?: string): ReplyError => ({
  code,
  id: { $, ...(idType === undefined ? {} : { '@idType': idType }) },
})

const CASES: readonly (readonly [string, Unrendered, readonly string[]])[] = [
  ['all is well', said('OK'), ['', '', '']],
  [
    'by mRID, name and place',
    said('PARTIAL', of('6.1', 'a'), of('5.8', '3', 'position')),
    ['6.1', '', '5.8'],
  ],
  ['by a name', said('PARTIAL', { code: '0.2' }, of('6.1', 'b')), ['', '6.1', '']],
  ['several of one', said('PARTIAL', of('6.1', 'a'), of('5.8', 'a')), ['6.1 5.8', '', '']],
  ['as a whole', said('FAILED', { code: '5.2' }), ['5.2', '5.2', '5.2']],
  [
    'one by itself, the others as a whole',
    said('FAILED', { code: '5.2' }, of('6.1', 'b')),
    ['5.2', '6.1', '5.2'],
  ],
  ['of nothing that was sent', said('PARTIAL', of('6.1', 'zzz')), ['6.1', '6.1', '6.1']],
]

for (const [name, answer, due] of CASES)
  test(`errors are told of the object that they name: ${name}`, () =>
    assert.equal(codes(answer), due))

test('errors are told of the object that is about what they name', () => {
  const about = (name: string) => ({ recordId: name, Device: { Names: [{ name: `nic-${name}` }] } })
  const all = itemsSaid(said('PARTIAL', { code: '0.2' }, of('6.1', 'nic-2')), ['1', '2'].map(about))
  assert.equal(
    all.map(({ errors }) => errors.map(({ code }) => code)),
    [[], ['6.1']],
  )
})

test('of two that are about the same what an error belongs to tells which', () => {
  const device = { Names: [{ name: 'nic' }] }
  const all = ['s1', 's2'].map((name) => ({ Device: device, stage: { Names: [{ name }] } }))
  const told = (error: ReplyError) =>
    itemsSaid(said('PARTIAL', { code: '0.2' }, error), all).map(({ errors }) => errors.length)
  assert.equal(told({ ...of('6.1', 'nic'), relatedID: { $: 's2' } }), [0, 1])
  assert.equal(told({ ...of('6.1', 'nic'), relatedID: { $: 's3' } }), [1, 1])
  assert.equal(told(of('6.1', 'nic')), [1, 1])
})

test('what is no failure is a note, and what is on its way is one of all', () => {
  const it = said('OK', { code: '0.3' }, { ...of('0.0', 'a'), rule: 'X-DUP' })
  const notes = itemsSaid(it, OBJECTS).map((one) => one.notes.map(({ code }) => code))
  assert.equal(notes, [['0.3', '0.0'], ['0.3'], ['0.3']])
})

test('mRIDs that a party has given are told where all objects come back', () => {
  const back = { Roots: { Item: [{ mRID: 'a' }, { mRID: 'n1' }, { mRID: 'n2' }] } }
  const ids = (payload: object) =>
    itemsSaid({ ...said('OK'), payload: payload as never }, OBJECTS).map(({ mRID }) => mRID)
  assert.equal(ids(back), ['a', 'n1', 'n2'])
  assert.equal(ids({ Roots: { Item: [{ mRID: 'n1' }] } }), [undefined, undefined, undefined])
})

test.run()
