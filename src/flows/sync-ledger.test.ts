import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
  NOTHING_KNOWN,
  acknowledgedBy,
  awareOf,
  knownTo,
  ledgerReference,
  toldIn,
  unawareOf,
} from './sync-ledger.ts'

const test = suite('sync ledger')

const AT = '2026-07-14T09:00:00Z'
const told = toldIn(toldIn(undefined, 'first', 1), 'second', 2)

test('a party knows the revision that the exchange has told which it acknowledges', () => {
  const known = acknowledgedBy(told, 'cpm', { exchangeId: 'first', at: AT })
  assert.equal(knownTo(known, 'cpm'), { revision: 1, at: AT })
  assert.equal(awareOf(known), ['cpm'])
  assert.equal(unawareOf(known, ['cpm', 'derms']), ['derms'])
  assert.equal(unawareOf(known, ['cpm'], 2), ['cpm'])
})

test('an acknowledgement of what nobody has told, or of less than is known, is no news', () => {
  const known = acknowledgedBy(told, 'cpm', { exchangeId: 'second', at: AT })
  assert.is(acknowledgedBy(known, 'cpm', { exchangeId: 'first', at: AT }), undefined)
  assert.is(acknowledgedBy(told, 'cpm', { exchangeId: 'another', at: AT }), undefined)
  assert.is(acknowledgedBy(undefined, 'cpm', { exchangeId: 'first', at: AT }), undefined)
})

test('where nothing is known nobody knows anything, also under a name that every object has', () => {
  for (const ledger of [undefined, {}, NOTHING_KNOWN, told]) {
    assert.equal(awareOf(ledger), [])
    assert.is(knownTo(ledger, 'constructor'), undefined)
    assert.equal(unawareOf(ledger, ['cpm']), ['cpm'])
  }
  const known = acknowledgedBy({ told: told['told'] ?? [] }, 'cpm', { exchangeId: 'first', at: AT })
  assert.equal(awareOf(known), ['cpm'])
})

test('a ledger stands beside its object, under the mRID of that, where it has one', () => {
  const noun = 'Things.acknowledged'
  assert.equal(ledgerReference('Things', { mRID: 'a', b: 1 }), { noun, object: { mRID: 'a' } })
  assert.equal(ledgerReference('Things', {}), { noun, object: undefined })
})

test('of exchanges whose acknowledgement has not come the last ones are kept', () => {
  let ledger = told
  for (let at = 3; at <= 100; at += 1) ledger = toldIn(ledger, `exchange ${at}`, at)
  assert.is(acknowledgedBy(ledger, 'cpm', { exchangeId: 'first', at: AT }), undefined)
  const last = acknowledgedBy(ledger, 'cpm', { exchangeId: 'exchange 100', at: AT })
  assert.is(knownTo(last, 'cpm')?.revision, 100)
})

test.run()
