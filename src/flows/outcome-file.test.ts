import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { JsonObject } from '../schema/json-text.ts'
import type { Row } from './file-kind.ts'
import { OUTCOME_FILE } from './outcome-file.ts'

const test = suite('outcome-file')

const [START, END] = ['2026-07-14T17:00:00Z', '2026-07-14T18:00:00Z']
const ROW: Row = {
  eventExternalIdentifier: 'S-7',
  headEndSystem: 'HES-NORTH',
  nicId: '1.8',
  outcome: 'D1SP',
}

const cim = (row: Row) => OUTCOME_FILE.toCim(row, '')
const times = (start: string, end: string): Row => ({
  participationStartDateTime: start,
  participationEndDateTime: end,
})

const CODES = {
  D1SP: 'success',
  D1IO: 'inFlightOverride',
  D1ND: 'nonResponsive',
  D1ER: 'error',
  D1CN: 'cancelled',
}

test('an outcome is written by its code or by its word, and comes out as its word', () => {
  for (const [code, word] of Object.entries(CODES)) {
    assert.is(cim({ ...ROW, outcome: code })['outcome'], word, code)
    assert.is(cim({ ...ROW, outcome: word })['outcome'], word, word)
  }
  const column = OUTCOME_FILE.columns.find((it) => it.name === 'outcome')
  const known = [...Object.keys(CODES), ...Object.values(CODES)]
  assert.equal(Object.keys(column?.among ?? {}).toSorted(), known.toSorted())
})

test('what is no outcome comes out as none', () => {
  assert.is(cim({ ...ROW, outcome: 'D1XX' })['outcome'], '')
  assert.is(cim({})['outcome'], '')
})

test('a record is what has come of a device in a stage', () => {
  const device = {
    Names: [{ name: '1.8', NameType: { name: 'nicId', NameTypeAuthority: { name: 'HES-NORTH' } } }],
  }
  const stage = { Names: [{ name: 'S-7', NameType: { name: 'externalId' } }] }
  assert.equal(cim(ROW), { outcome: 'success', EndDevice: device, stage })
  const failed = { ...ROW, ...times(START, END), outcome: 'D1ER', errorMessage: 'no power' }
  assert.equal(cim(failed), {
    errorMessage: 'no power',
    outcome: 'error',
    EndDevice: device,
    outcomeInterval: { end: END, start: START },
    stage,
  })
  const { stage: nowhere } = cim({})
  assert.equal(nowhere, { Names: [{ name: '', NameType: { name: 'externalId' } }] })
})

test('an interval of which only one end is known is not told', () => {
  for (const half of [times(START, ''), times('', END), { participationStartDateTime: START }])
    assert.not.ok('outcomeInterval' in cim({ ...ROW, ...half }))
})

test('there is one record of a device in a stage', () => {
  const { keyOf } = OUTCOME_FILE
  assert.is(keyOf(ROW), '"S-7" ["HES-NORTH","1.8"]')
  assert.is(keyOf({ ...ROW, outcome: 'D1ER' }), keyOf(ROW))
  assert.is(keyOf({}), '"" ["",""]')
})

const ONE_TIME = /only one of the two times/
const NOT_AFTER = /participationEndDateTime is not after/
const FAULTS: Readonly<Record<string, readonly [row: Row, faults: readonly RegExp[]]>> = {
  'a success without more': [ROW, []],
  'a success with its times': [{ ...ROW, ...times(START, END) }, []],
  'an error that says why': [{ ...ROW, outcome: 'D1ER', errorMessage: 'no power' }, []],
  'a cancelled one that says why': [{ ...ROW, outcome: 'D1CN', errorMessage: 'recalled' }, []],
  'a success that says why': [{ ...ROW, errorMessage: 'no power' }, [/beside a success/]],
  'an error that does not say why': [{ ...ROW, outcome: 'error' }, [/empty beside an error/]],
  'a start alone': [{ ...ROW, ...times(START, '') }, [ONE_TIME]],
  'an end alone': [{ ...ROW, participationEndDateTime: END }, [ONE_TIME]],
  'an end before the start': [{ ...ROW, ...times(END, START) }, [NOT_AFTER]],
  'an end at the start': [{ ...ROW, ...times(START, '2026-07-14T19:00:00+02:00') }, [NOT_AFTER]],
  'two faults at once': [
    { ...ROW, ...times(END, START), errorMessage: 'no power' },
    [/beside a success/, NOT_AFTER],
  ],
  'nothing at all': [{}, []],
}

for (const [what, [row, due]] of Object.entries(FAULTS))
  test(`what is wrong across the columns of a record: ${what}`, () => {
    const found = OUTCOME_FILE.faults?.(row) ?? ['no faults are looked for']
    assert.is(found.length, due.length, found.join('; '))
    for (const [at, it] of due.entries()) assert.match(found[at] ?? '', it)
  })

const participation = (state: string, stage?: JsonObject): JsonObject => ({
  state,
  ...(stage === undefined ? {} : { stage }),
})
const SEVEN: JsonObject = { Names: [{ name: 'S-6' }, { name: 'S-7' }] }

test('a participation is missing in the file of its stage while its outcome is still to come', () => {
  const { expects } = OUTCOME_FILE
  const isMissing = (it: JsonObject) => expects?.isMissing(it, 'S-7')
  for (const state of ['RESERVED', 'CALLED', 'MISSING'])
    assert.is(isMissing(participation(state, SEVEN)), true, state)
  for (const state of ['SUCCEEDED', 'CANCELLED', ''])
    assert.is(isMissing(participation(state, SEVEN)), false, state)
  assert.is(isMissing({ stage: SEVEN }), false, 'without a state')
  assert.is(isMissing(participation('CALLED', { Names: [{ name: 'S-8' }] })), false)
  assert.is(isMissing(participation('CALLED', { mRID: 'S-7' })), false, 'by its external id alone')
  assert.is(isMissing(participation('CALLED')), false, 'without a stage')
})

test('the records of a file belong together by their stage', () => {
  assert.is(OUTCOME_FILE.expects?.groupOf(ROW), 'S-7')
  assert.is(OUTCOME_FILE.expects?.groupOf({}), '')
})

test.run()
