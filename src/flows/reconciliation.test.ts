import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { JsonObject } from '../schema/json-text.ts'
import { MOST_ITEMS, compared, comparisonReport, lackedBy, openReport } from './reconciliation.ts'
import type { Comparison, Had } from './reconciliation.ts'

const test = suite('flows: reconciliation')

const SIDES = { source: 'cpm', target: 'derms' }

const had = (key: string, more: Partial<Had> = {}): Had => ({ key, mRID: key, ...more })

const outcomes = (source: readonly Had[], target: readonly Had[]) =>
  compared(source, target, SIDES).differences.map(
    ({ outcome, had: { mRID } }) => `${outcome} ${mRID}`,
  )

test('by revision: what was never acknowledged is missing, and an older one different', () => {
  const source = [had('a', { revision: 1 }), had('b', { revision: 3 }), had('c', { revision: 2 })]
  const target = [had('b', { revision: 2 }), had('c', { revision: 2 }), had('d', { revision: 1 })]
  assert.equal(outcomes(source, target), ['MISSING a', 'DIFFERENT b', 'SURPLUS d'])
  const { same, differences } = compared(source, target, SIDES)
  assert.is(same, 1)
  assert.equal(
    differences.map(({ reason, sourceValue, targetValue }) => [reason, sourceValue, targetValue]),
    [
      ['derms has acknowledged no revision of it, and does not list it.', '1', undefined],
      ['derms has acknowledged revision 2, and it is at revision 3.', '3', '2'],
      ['derms has it, and cpm does not.', undefined, '1'],
    ],
  )
})

test('G2: what is closed here and active there is different, and what is closed on one side alone lacks nothing', () => {
  const closed = had('a', { revision: 2, state: 'closed', isOver: true })
  assert.equal(outcomes([closed], [had('a', { revision: 1 })]), ['DIFFERENT a'])
  assert.equal(outcomes([closed], []), [])
  const [it] = compared([closed], [had('a', { revision: 1 })], SIDES).differences
  assert.is(it?.sourceValue, '2 closed')
})

test('K2, G2: what the target has not made so is different, whatever it has acknowledged; what it does not list is said as it is', () => {
  const unmet = 'It is CLOSED, and its DERMS has not made it so.'
  const closed = had('a', { revision: 2, isOver: true, unmet })
  const [it] = compared([closed], [had('a', { revision: 2 })], SIDES).differences
  assert.equal([it?.outcome, it?.reason], ['DIFFERENT', unmet])
  assert.equal(outcomes([closed], []), [])
  const unlisted = had('b', { revision: 2, acknowledged: 2 })
  const [other] = compared([unlisted], [], SIDES).differences
  assert.is(other?.reason, 'derms does not list it, though it has acknowledged revision 2.')
})

test('K2: what the target has been told and has not acknowledged is a difference of its own kind, and nothing to send', () => {
  const pending = 'It is CLOSED, and its DERMS has not acknowledged that yet.'
  const closed = had('a', { revision: 2, isOver: true, pending })
  const all = compared([closed, had('b', { revision: 1 })], [had('a'), had('b')], SIDES)
  assert.equal(
    all.differences.map((it) => [it.outcome, it.reason]),
    [['PENDING', pending]],
  )
  const report = comparisonReport(ABOUT, all)
  assert.equal(
    ['succeededCount', 'failedCount', 'skippedCount', 'severity'].map((it) => report[it]),
    [1, 0, 1, 'information'],
  )
  assert.match(String(report['subject']), /0 of 2 differ .*, 1 are not acknowledged yet/)
  assert.equal(lackedBy(report), [])
  assert.equal(outcomes([had('a', { revision: 3, pending })], [had('a', { revision: 2 })]), [
    'DIFFERENT a',
  ])
})

test('by content: what the target has besides is its own, and lists have no order', () => {
  const of = (object: JsonObject) => had('a', { object, revision: 7 })
  const own = of({ mRID: 'a', status: { value: 'ACTIVE' }, rules: [{ code: 'x' }, { code: 'y' }] })
  const theirs = (more: JsonObject): Had => had('a', { object: more })
  const same = {
    mRID: 'A',
    rules: [{ code: 'y' }, { code: 'x' }],
    status: { value: 'ACTIVE' },
    own: 1,
  }
  assert.equal(outcomes([own], [theirs(same)]), [])
  const other = compared(
    [own],
    [theirs({ ...same, status: { value: 'INACTIVE' }, rules: [] })],
    SIDES,
  )
  assert.is(other.differences[0]?.reason, 'It differs in status, rules.')
  assert.equal(outcomes([own], [theirs({ rules: same.rules })]), ['DIFFERENT a'])
  // Of one that is listed without content or revision nobody can tell that it is an old one.
  assert.equal(outcomes([own], [had('a')]), [])
})

test('what is under way to the target is told apart, and not as missing', () => {
  const source = [had('a', { revision: 1, isUnderWay: true }), had('b', { revision: 1 })]
  assert.equal(outcomes(source, []), ['SKIPPED a', 'MISSING b'])
})

const ABOUT: Comparison = {
  ...SIDES,
  mRID: 'r1',
  noun: 'ProgramSubscriptions',
  objectType: 'ProgramSubscription',
  begunAt: '2026-07-15T02:00:00Z',
  now: '2026-07-15T02:00:01Z',
}

test('the report counts all, and tells each difference with its reason', () => {
  const source = [
    had('a', { revision: 1 }),
    had('b', { revision: 1 }),
    had('c', { revision: 1, isUnderWay: true }),
  ]
  const report = comparisonReport(ABOUT, compared(source, [had('b', { revision: 1 })], SIDES))
  assert.equal(
    ['kind', 'totalCount', 'succeededCount', 'failedCount', 'skippedCount'].map((it) => report[it]),
    ['enrollmentDrift', 3, 1, 1, 1],
  )
  assert.is(report['subject'], 'ProgramSubscriptions: 1 of 3 differ between cpm and derms')
  assert.equal(report['status'], { dateTime: ABOUT.now, value: 'partial' })
  assert.equal(lackedBy(report), [{ mRID: 'a', isMissing: true }])
  const none = comparisonReport({ ...ABOUT, noun: 'Programs' }, compared([], [], SIDES))
  assert.equal(
    [none['kind'], none['status'], none['items']],
    ['reconciliation', { dateTime: ABOUT.now, value: 'succeeded' }, undefined],
  )
})

test('a report of very many tells the first of them, and how many there are', () => {
  const source = Array.from({ length: MOST_ITEMS + 1 }, (_, at) => had(`o${at}`, { revision: 1 }))
  const report = comparisonReport(ABOUT, compared(source, [], SIDES))
  assert.is((report['items'] as readonly unknown[]).length, MOST_ITEMS)
  assert.is(report['failedCount'], MOST_ITEMS + 1)
  assert.match(String(report['text']), `${MOST_ITEMS + 1} items`)
})

test('a report that waits for its sides is running, and failed where they do not say', () => {
  assert.equal(openReport(ABOUT)['status'], { dateTime: ABOUT.now, value: 'running' })
  const failed = openReport(ABOUT, 'derms has not said what it has.')
  assert.equal([failed['severity'], failed['reason']], ['alarm', 'derms has not said what it has.'])
  assert.equal(lackedBy(failed), [])
})

const revisions = fc.dictionary(
  fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
  fc.integer({ min: 1, max: 4 }),
)

test('G2: after what is lacking has been sent, a second comparison finds none; what the target has is never sent', () => {
  fc.assert(
    fc.property(revisions, revisions, (source, target) => {
      const side = (it: Readonly<Record<string, number>>) =>
        Object.entries(it).map(([key, revision]) => had(key, { revision }))
      const lacked = lackedBy(comparisonReport(ABOUT, compared(side(source), side(target), SIDES)))
      for (const { mRID, isMissing } of lacked) {
        assert.is(target[mRID] === undefined, isMissing)
        assert.ok((target[mRID] ?? 0) < (source[mRID] ?? 0), mRID)
      }
      const after = {
        ...target,
        ...Object.fromEntries(lacked.map(({ mRID }) => [mRID, source[mRID] ?? 0])),
      }
      const again = compared(side(source), side(after), SIDES)
      assert.equal(lackedBy(comparisonReport(ABOUT, again)), [])
      assert.is(
        again.differences.every(({ outcome }) => outcome === 'SURPLUS'),
        true,
      )
    }),
  )
})

test.run()
