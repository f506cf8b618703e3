import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { party } from '../access/parties.fixture.ts'
import type { Place } from './admission.ts'
import { refusalOf, watchedGate } from './gate.fixture.ts'
import type { Watched } from './gate.fixture.ts'

const test = suite('load: admission')

const SMALL = { working: 10, requests: 20, bodyBytes: 1_000, partyShare: 50, reserve: 20 }

function enter({ gate }: Watched, who = 'a', bytes = 0) {
  return gate.enter({ party: who, bytes })
}

/** Requests that are taken in until one is not, and what that one is told. */
function many(it: Watched, who: string, bytes = 0) {
  const places: Place[] = []
  for (;;) {
    const refusal = refusalOf(() => places.push(enter(it, who, bytes)))
    if (refusal !== undefined) return { places, refusal }
  }
}

test('as many are worked on as may be, and the next one is told to come again', () => {
  const it = watchedGate(['a'], SMALL)
  const { places, refusal } = many(it, 'a')
  assert.is(places.length, 10)
  assert.match(refusal, /^overloaded [1-5]$/)
  assert.equal(it.refused, [['a', 'working']])
  places[0]?.answered()
  assert.is(
    refusalOf(() => enter(it)),
    undefined,
  )
})

test('who comes again is not told the same second as all others', () => {
  const it = watchedGate(['a'], SMALL)
  many(it, 'a')
  const told = Array.from({ length: 5 }, () => refusalOf(() => enter(it)))
  assert.is(new Set(told).size, 5)
})

test('an answer that nobody reads keeps a request open, and nothing else', () => {
  const it = watchedGate(['a'], SMALL)
  for (let n = 0; n < 20; n += 1) enter(it).answered()
  assert.equal(it.gate.standing(), { working: 0, requests: 20, bytes: 0 })
  assert.ok(refusalOf(() => enter(it)))
  assert.equal(it.refused, [['a', 'requests']])
})

test('who waits for another party is not worked on meanwhile', () => {
  let waiting = 0
  const it = watchedGate(['a'], SMALL, { waiting: () => waiting })
  const { places } = many(it, 'a')
  waiting = 10
  assert.is(many(it, 'a').places.length, 10)
  assert.is(places.length, 10)
})

test('octets are bounded as they are declared and as they come', () => {
  const it = watchedGate(['a'], SMALL)
  enter(it, 'a', 600)
  assert.ok(refusalOf(() => enter(it, 'a', 500)))
  const chunked = enter(it)
  assert.is(
    refusalOf(() => chunked.grown(400)),
    undefined,
  )
  assert.match(refusalOf(() => chunked.grown(401)) ?? '', /overloaded/)
  assert.equal(it.gate.standing(), { working: 1, requests: 1, bytes: 600 })
})

test('a body that is larger than the bound is taken when it is alone', () => {
  const it = watchedGate(['a'], SMALL)
  const large = enter(it, 'a', 5_000)
  assert.ok(refusalOf(() => enter(it, 'a', 1)))
  large.left()
  assert.is(
    refusalOf(() => enter(it, 'a', 1)),
    undefined,
  )
})

test('a party has its share, and the others have theirs', () => {
  const it = watchedGate(['a', 'b', 'c'], SMALL)
  const { places, refusal } = many(it, 'a')
  assert.is(places.length, 5)
  assert.match(refusal, /^too-many-requests/)
  assert.equal(it.refused, [['a', 'share']])
  assert.is(many(it, 'b').places.length, 5)
  assert.match(many(it, 'c').refusal, /^overloaded/)
})

test('a request that turns out to be of another party counts as its own', () => {
  const it = watchedGate(['a', 'b'], SMALL)
  for (let n = 0; n < 5; n += 1) enter(it, '').is('a')
  assert.match(many(it, 'a').refusal, /^too-many-requests/)
  assert.is(many(it, '').places.length, 5)
})

test('bodies that come slowly keep nobody out, and have to find room when they are there', () => {
  const it = watchedGate(['a'], { ...SMALL, requests: 100 })
  const slow = many(it, 'a').places
  it.pass(100)
  const quick = many(it, 'a').places
  assert.is(quick.length, 10)
  for (const one of quick) one.read()
  assert.match(refusalOf(() => slow[0]?.read()) ?? '', /^overloaded/)
  for (const one of quick) one.answered()
  assert.is(
    refusalOf(() => slow[1]?.read()),
    undefined,
  )
  assert.is(it.gate.standing().working, 1)
})

test('whatever is done twice, or in another order, counts once', () => {
  const it = watchedGate(['a', 'b'], SMALL)
  const place = enter(it, 'a', 100)
  for (const run of [
    place.read,
    place.answered,
    place.left,
    place.read,
    place.answered,
    place.left,
  ])
    run()
  place.grown(500)
  place.is('b')
  assert.equal(it.gate.standing(), { working: 0, requests: 0, bytes: 0 })
})

const way = (when: object, more: object) => ({
  ...{ id: 'w', when, to: ['local'], reply: 'sync', order: { by: 'none' }, timeoutMs: 1 },
  ...{ retry: { delaysMs: [] }, idempotencyMs: 1, whenTargetDown: 'queue', priority: 0 },
  ...more,
})

for (const [title, ways, who, noun, due] of [
  ['a party of a route with priority', [way({ from: ['x'] }, { priority: 1 })], 'x', '', 10],
  ['a party of a route that expires', [way({ from: ['x'] }, { expiresMs: 5 })], 'x', '', 10],
  ['a noun in the path', [way({ noun: ['OptOuts'] }, { priority: 1 })], 'a', 'OptOuts', 10],
  ['another noun', [way({ noun: ['OptOuts'] }, { priority: 1 })], 'a', 'DERGroups', 8],
  ['a noun that nothing says', [way({ noun: ['OptOuts'] }, { priority: 1 })], 'a', '', 8],
  ['another party', [way({ from: ['y'] }, { priority: 1 })], 'x', '', 8],
  ['a route of everybody', [way({}, { priority: 1 })], 'x', '', 8],
  ['a party that is urgent', [], 'u', '', 10],
  ['where nothing is urgent', undefined, 'x', '', 10],
] as const)
  test(`the reserve is for what is urgent: ${title}`, () => {
    const parties = ['a', 'x', 'y', ...(ways === undefined ? [] : [party('u', { urgent: true })])]
    const topology = { ways: ways ?? [] } as never
    const it = watchedGate(parties, { ...SMALL, partyShare: 100 }, { topology })
    let taken = 0
    const comer = { party: who, bytes: 0, noun: noun === '' ? undefined : noun }
    while (refusalOf(() => it.gate.enter(comer)) === undefined) taken += 1
    assert.is(taken, due)
  })

test('what is urgent has room while all others are refused, as long as they send', () => {
  const it = watchedGate(['bulk', 'more', party('u', { urgent: true })], SMALL)
  many(it, 'bulk')
  many(it, 'more')
  assert.is(it.gate.busy(), 'tight')
  for (let n = 0; n < 1_000; n += 1) {
    assert.ok(refusalOf(() => enter(it, 'bulk')))
    assert.is(it.gate.turnsAway({ party: 'u' }), undefined)
    enter(it, 'u').left()
  }
})

test.run()
