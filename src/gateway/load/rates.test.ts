import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { party } from '../access/parties.fixture.ts'
import { refusalOf, watchedGate } from './gate.fixture.ts'
import type { Watched } from './gate.fixture.ts'

const test = suite('load: rates')

const RATES = { partyRate: { perSecond: 10, burst: 20 }, rate: { perSecond: 1_000, burst: 1_000 } }

/** How many of so many requests at once are let pass. */
function passing({ gate }: Watched, who: string, count: number): number {
  let passed = 0
  for (let n = 0; n < count; n += 1) if (refusalOf(() => gate.pass(who)) === undefined) passed += 1
  return passed
}

test('a party has its burst, then its rate, and is told when to come again', () => {
  const it = watchedGate(['a'], RATES)
  assert.is(passing(it, 'a', 25), 20)
  assert.is(
    refusalOf(() => it.gate.pass('a')),
    'too-many-requests 1',
  )
  it.pass(1_000)
  assert.is(passing(it, 'a', 25), 10)
  assert.equal(it.refused[0], ['a', 'party-rate'])
})

test('who has to wait longer is told so in whole seconds', () => {
  const it = watchedGate([party('a', { rate: { perSecond: 0.3, burst: 1 } })])
  it.gate.pass('a')
  assert.is(
    refusalOf(() => it.gate.pass('a')),
    'too-many-requests 4',
  )
})

test('a rate of its own goes before that of every party', () => {
  const it = watchedGate([party('a', { rate: { perSecond: 1, burst: 2 } }), 'b'], RATES)
  assert.equal([passing(it, 'a', 50), passing(it, 'b', 50)], [2, 20])
})

test('all together have a rate; who is over his own takes nothing from it', () => {
  const it = watchedGate(['a', 'b', 'c'], { ...RATES, rate: { perSecond: 10, burst: 45 } })
  assert.is(passing(it, 'a', 10_000), 20)
  assert.is(passing(it, 'b', 20), 20)
  assert.is(passing(it, 'c', 20), 5)
  assert.equal(it.refused.at(-1), ['c', 'rate'])
})

test('who is refused by the rate of all keeps his own', () => {
  const it = watchedGate(['a', 'b'], { ...RATES, rate: { perSecond: 100, burst: 1 } })
  it.gate.pass('b')
  assert.is(passing(it, 'a', 1_000), 0)
  it.pass(10)
  assert.is(passing(it, 'a', 2), 1)
})

test('without parties nothing is counted', () => {
  const it = watchedGate([], { ...RATES, rate: { perSecond: 1, burst: 1 } })
  assert.is(passing(it, 'anonymous', 500), 500)
})

test('refusals are told when they begin, as a count while they go on, and when they are over', () => {
  const it = watchedGate(['a', 'b'], { partyRate: { perSecond: 1, burst: 1 } })
  passing(it, 'a', 1_000)
  passing(it, 'b', 2)
  it.pass(10_000)
  passing(it, 'a', 5)
  it.pass(10_000)
  it.pass(10_000)
  const of = (who: string) =>
    it.spells.filter((one) => one.party === who).map(({ kind, count }) => `${kind} ${count}`)
  assert.equal(of('a'), ['begun 1', 'goes-on 998', 'goes-on 4', 'over 0'])
  assert.equal(of('b'), ['begun 1', 'over 0'])
  passing(it, 'a', 200)
  assert.is(of('a').at(-1), 'begun 1')
})

test('T23: of 1,000 parties one that sends a thousand times too much costs the others nothing', () => {
  const rates = {
    partyRate: { perSecond: 10, burst: 10 },
    rate: { perSecond: 10_000, burst: 10_000 },
  }
  const others = Array.from({ length: 999 }, (_, n) => `tp:p${n}:derms`)
  const it = watchedGate(['noisy', ...others], rates)
  let [noise, lost] = [0, 0]
  for (let ms = 0; ms < 2_000; ms += 100) {
    noise += passing(it, 'noisy', 1_000)
    for (const who of others) lost += 1 - passing(it, who, 1)
    it.pass(100)
  }
  assert.is(lost, 0)
  assert.ok(noise <= 10 + 20, `${noise}`)
  assert.ok(it.refused.every(([who, why]) => who === 'noisy' && why === 'party-rate'))
  assert.is(it.spells.length, 1)
})

test.run()
