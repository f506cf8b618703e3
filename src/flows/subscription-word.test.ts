// The word of a DERMS about a subscription: whose it is, what of it counts, and what it leaves behind.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { JsonObject } from '../schema/json-text.ts'
import { device } from './acceptance/events.fixture.ts'
import flow from './program-subscription.ts'
import { settledByWord, wordBreaches } from './subscription-word.ts'
import { unseenSubscription } from './subscription-rules.ts'

const test = suite('the word about a subscription')

const [OLD, NEW, FOREIGN] = [device('N-1'), device('N-2'), device('N-9')]
const registered = (it: JsonObject, value: string, reason?: string): JsonObject => ({
  ...it,
  registrationStatus: { value, ...(reason === undefined ? {} : { reason }) },
})
const request = (name: string) => ({ name, NameType: { name: 'syncRequestId' } })

const REPLACED: JsonObject = {
  mRID: 's',
  Names: [request('S-2')],
  EndDevices: [NEW],
  replacements: [{ oldDevice: OLD, newDevice: NEW }],
  status: { value: 'ACTIVE' },
  syncState: 'pending',
}

/** As it would be, and which step that is. */
function told(before: JsonObject, after: JsonObject) {
  const object = settledByWord(before, after)
  return {
    object,
    trigger: flow.trigger(before, object),
    rules: wordBreaches(after, before).map(({ rule }) => rule),
  }
}

const word = (...EndDevices: readonly JsonObject[]): JsonObject => ({
  ...REPLACED,
  ...{ EndDevices, syncState: 'synced' },
})

test('G-AC14: that the device that went is registered no longer is said beside the one that came', () => {
  const it = told(REPLACED, word(registered(NEW, 'Registered'), registered(OLD, 'Deregistered')))
  assert.equal([it.trigger, it.rules], ['acknowledge', []])
  assert.equal(it.object['EndDevices'], [registered(NEW, 'Registered')])
})

const FAILED = { ...registered(OLD, 'Failed', 'no answer'), status: { value: 'excluded' } }

test('G-AC14, G-AC15: one that went and could not be taken out stays as one that takes part no longer', () => {
  const said = registered(OLD, 'Failed', 'no answer')
  const it = told(REPLACED, word(registered(NEW, 'Registered'), said))
  assert.equal([it.trigger, it.rules], ['acknowledgePartly', []])
  assert.equal(it.object['EndDevices'], [registered(NEW, 'Registered'), FAILED])
})

test('EN-06: when it is out at last nothing of it is left, whether it is told alone or with the others', () => {
  const before = { ...word(registered(NEW, 'Registered'), FAILED), syncState: 'partial' }
  for (const ours of ['partial', 'synced']) {
    const out = { ...FAILED, registrationStatus: { value: 'Deregistered', reason: 'no answer' } }
    const it = told(before, {
      ...before,
      ...word(registered(NEW, 'Registered'), out),
      syncState: ours,
    })
    assert.equal([it.trigger, it.rules], ['acknowledge', []])
    assert.equal(it.object['EndDevices'], [registered(NEW, 'Registered')])
  }
})

test('one that went and has come back since is a device like any other', () => {
  const back = { oldDevice: NEW, newDevice: OLD }
  const replacements = [...(REPLACED['replacements'] as readonly JsonObject[]), back]
  const before = { ...REPLACED, replacements, EndDevices: [OLD] }
  const after = { ...before, EndDevices: [registered(OLD, 'Failed')], syncState: 'synced' }
  assert.equal(told(before, after).object['EndDevices'], [registered(OLD, 'Failed')])
  assert.is(told(before, after).trigger, 'fail')
})

test('one that went and is still registered is none of its devices, and neither is that of another', () => {
  for (const strange of [registered(OLD, 'Registered'), registered(FOREIGN, 'Registered')])
    assert.equal(told(REPLACED, word(registered(NEW, 'Registered'), strange)).rules, [
      'SUB-STRANGE',
    ])
})

test('G-AC14: what nobody here knows of an acknowledgement leaves it one, and a device that nothing names is strange', () => {
  const own = registered(NEW, 'Registered')
  const more = told(REPLACED, { ...word(own), '#ext': ['<x:field/>'] })
  assert.equal([more.trigger, more.rules], ['acknowledge', []])
  assert.equal(told(REPLACED, word(own, {})).rules, ['SUB-STRANGE'])
})

test('an acknowledgement is that of the last request, as far as both name one', () => {
  const own = registered(NEW, 'Registered')
  const ids = [['S-1', ['SUB-STALE']] as const, ['S-2', []] as const]
  for (const [id, rules] of ids) {
    const it = told(REPLACED, { ...word(own), Names: [request(id)] })
    assert.equal([it.trigger, it.rules], ['acknowledge', rules])
    assert.equal(it.object['Names'], [request('S-2')])
  }
  const { Names: _names, ...unnamed } = REPLACED
  const it = told(unnamed, { ...word(own), Names: [request('S-7')] })
  assert.equal([it.rules, it.object['Names']], [[], undefined])
})

test('the id of a request is gone with the next change that does not bring its own', () => {
  const closed = { ...REPLACED, status: { value: 'INACTIVE' } }
  assert.is(told(REPLACED, closed).object['Names'], undefined)
  const asked = { ...closed, Names: [request('S-3')] }
  assert.equal(told(REPLACED, asked).object['Names'], [request('S-3')])
  assert.equal(told(REPLACED, REPLACED).object, REPLACED)
})

test('why a device had failed is no reason once it is registered, nor is that of the whole', () => {
  const before = {
    ...REPLACED,
    ...{ EndDevices: [registered(NEW, 'Failed', 'not known')], syncState: 'failed' },
    syncReason: 'no such feeder',
  }
  const after = { ...before, ...word(registered(NEW, 'Registered', 'not known')) }
  const { object } = told(before, after)
  assert.equal(object['EndDevices'], [registered(NEW, 'Registered')])
  assert.is(object['syncReason'], undefined)
  const again = { ...before, ...word(registered(NEW, 'Failed', 'gone')), syncState: 'failed' }
  assert.equal(told(before, again).object['EndDevices'], [registered(NEW, 'Failed', 'gone')])
})

test('a device that is added is no word of anybody', () => {
  const more = { ...REPLACED, EndDevices: [NEW, FOREIGN] }
  assert.equal([told(REPLACED, more).trigger, told(REPLACED, more).rules], ['change', []])
})

test('SUB-UNKNOWN, EN-04: a word makes no subscription, and a whole one that is told of does', () => {
  const word = { mRID: 's', syncState: 'synced' }
  assert.equal(unseenSubscription(word, 'change', true)?.rule, 'SUB-UNKNOWN')
  assert.is(unseenSubscription(word, 'change', true)?.code, '99.1')
  assert.is(unseenSubscription({ ...word, Customer: { mRID: 'c' } }, 'change', true), undefined)
  assert.is(unseenSubscription(word, 'change', false), undefined)
})

test.run()
