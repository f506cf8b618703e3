// Fields that say one thing only between them: by the line that fits best, and never by one that does not.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { JsonObject } from '../schema/json-text.ts'
import { CPM_CHECK, DERMS_CHECK } from './oracle-checks.ts'
import type { WordsRow } from './row.ts'
import { mapping } from './translate.ts'
import { vendorPlace } from './vendor-place.ts'

const test = suite('dialects: words')

const SIDES = { derms: DERMS_CHECK, cpm: CPM_CHECK } as const
const of = (row: WordsRow) => mapping('Check', [row])

/** [side, vendor, CIM, what the vendor is told of it; absent = the same] */
const MEANT: readonly (readonly [keyof typeof SIDES, JsonObject, string, JsonObject?])[] = [
  ['derms', { responseCode: 'SUCCESS', value: 'reachable' }, 'answered reachable'],
  ['derms', { responseCode: 'SUCCESS', value: 'unreachable' }, 'answered unreachable'],
  ['derms', { responseCode: 'SUCCESS', value: 'unknown' }, 'answered unknown'],
  ['derms', { responseCode: 'ERROR', value: 'unsupported' }, 'unsupported unknown'],
  ['derms', { responseCode: 'FAILURE', value: 'timedOut' }, 'timedOut unknown'],
  ['derms', { responseCode: 'FAILURE' }, 'failed unknown'],
  ['derms', { responseCode: 'FAILURE', value: 'unreachable' }, 'failed unknown unreachable'],
  [
    ...(['derms', { responseCode: 'ERROR', value: 'who?' }, 'failed unknown who?'] as const),
    { responseCode: 'FAILURE', value: 'who?' },
  ],
  [
    ...([
      'derms',
      { responseCode: 'FAILURE', value: 'unsupported' },
      'unsupported unknown',
    ] as const),
    { responseCode: 'ERROR', value: 'unsupported' },
  ],
  ['cpm', { status: 'SUCCESS' }, 'answered reachable'],
  ['cpm', { status: 'FAILURE' }, 'answered unreachable'],
  ['cpm', { status: 'SUCCESS', value: 'reachable' }, 'answered reachable', { status: 'SUCCESS' }],
  ['cpm', { status: 'ERROR' }, 'failed unknown', { status: 'ERROR', value: 'failed' }],
  ['cpm', { status: 'ERROR', value: 'unsupported' }, 'unsupported unknown'],
  ['cpm', { status: 'ERROR', value: 'failed', message: 'no way' }, 'failed unknown no way'],
]

for (const [side, vendor, due, told = vendor] of MEANT)
  test(`K4: ${side} ${JSON.stringify(vendor)} is ${due}`, () => {
    const { toCim, toVendor } = of(SIDES[side])
    const { json, problems, losses } = toCim(vendor)
    assert.equal([problems, losses.dropped], [[], []])
    const [{ commState, status }] = json['Check'] as any
    assert.is([status.value, commState, status.reason].filter(Boolean).join(' '), due)
    assert.equal(toVendor(json).json, [told])
  })

/** [side, vendor, where, what] */
const REFUSED: readonly (readonly [keyof typeof SIDES, JsonObject, string, RegExp])[] = [
  ['derms', { responseCode: 'SUCCESS', value: 'Reachable' }, '/value', /Did you mean reachable\?/],
  ['derms', { responseCode: 'SUCCESS' }, '/value', /value is missing.*reachable or unreachable/],
  ['derms', { value: 'reachable' }, '/responseCode', /missing.*FAILURE or ERROR or SUCCESS/],
  ['derms', { responseCode: 'OK', value: 'reachable' }, '/responseCode', /no code of responseCode/],
  ['derms', { responseCode: 'FAILURE', value: {} }, '/value', /a plain value is due/],
  ['cpm', { status: 'SUCCESS', value: 'unreachable' }, '/value', /Allowed are reachable\./],
]

for (const [side, vendor, path, said] of REFUSED)
  test(`DC-02: ${side} ${JSON.stringify(vendor)} is refused at ${path}`, () => {
    const { problems } = of(SIDES[side]).toCim(vendor)
    assert.is(problems[0]?.path, path)
    assert.match(`${problems[0]?.message} ${problems[0]?.mend}`, said)
  })

test('what a word has no place for is listed, on either way', () => {
  const there = of(CPM_CHECK).toCim({ status: 'SUCCESS', message: 'hello' })
  assert.equal(there.losses.dropped, [{ path: '/message', value: 'hello' }])
  const status = { value: 'answered', reason: 'as they say', dateTime: 'then' }
  const back = of(CPM_CHECK).toVendor({ Check: [{ commState: 'reachable', status }] })
  assert.equal(back.json, [{ status: 'SUCCESS' }])
  assert.equal(back.losses.dropped.map((it) => it.path).toSorted(), [
    '/Check/0/status/dateTime',
    '/Check/0/status/reason',
  ])
})

test('what there is no word for is a problem; what says nothing of it says nothing', () => {
  const { toVendor } = of(CPM_CHECK)
  const { problems } = toVendor({ Check: [{ status: { value: 'sent' } }] })
  assert.equal(
    problems.map((it) => it.path),
    ['/Check/0/status/value'],
  )
  assert.equal(toVendor({ Check: [{}] }).json, [{}])
  assert.equal(of(CPM_CHECK).toCim({}).json, { Check: [{}] })
})

test('what is wrong with it is told at the field that says it', () => {
  const { mapped } = of(DERMS_CHECK)
  const at = (...names: readonly string[]) =>
    vendorPlace(
      mapped,
      {},
      names.map((name) => ({ name })),
    )?.path
  assert.equal(
    [at('commState'), at('status', 'reason'), at('status', 'value'), at('mRID')],
    ['/responseCode', '/value', '/responseCode', undefined],
  )
})

test.run()
