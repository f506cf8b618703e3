import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Row } from './file-kind.ts'
import { SCORE_FILE } from './score-file.ts'

const test = suite('score-file')

const ROW: Row = {
  headEndSystem: 'HES-NORTH',
  nicId: '1.8',
  score: '0.70',
  available: 'true',
  calculatedDateTime: '2026-07-01T00:00:00Z',
}
const NameType = { name: 'nicId', NameTypeAuthority: { name: 'HES-NORTH' } }
const Names = [{ name: '1.8', NameType }]
const SCORE = {
  mRID: 's-1',
  available: true,
  calculatedDateTime: '2026-07-01T00:00:00Z',
  score: '0.70',
  EndDevice: { Names },
}

const cim = (row: Row) => SCORE_FILE.toCim(row, 's-1')

test('a record is the score of a device, with every digit, for all programmes', () => {
  assert.equal(cim(ROW), SCORE)
  assert.equal(cim({ ...ROW, programCode: '', endDevice: '' }), SCORE)
})

test('it holds for one programme where it names one', () => {
  const program = { Names: [{ name: 'PEAK', NameType: { name: 'programCode' } }] }
  assert.equal(cim({ ...ROW, programCode: 'PEAK' }), { ...SCORE, DemandResponseProgram: program })
})

test('the device is named by its mRID too, where that is known', () => {
  assert.equal(cim({ ...ROW, endDevice: 'd-1' }), { ...SCORE, EndDevice: { mRID: 'd-1', Names } })
})

test('a device is available where the file says so, in either spelling of XSD', () => {
  for (const [written, is] of [
    ['true', true],
    ['1', true],
    ['false', false],
    ['0', false],
    ['', false],
  ] as const)
    assert.is(cim({ ...ROW, available: written })['available'], is, written)
})

test('a record that says nothing makes no device available', () => {
  const nobody = { name: 'nicId', NameTypeAuthority: { name: '' } }
  assert.equal(cim({}), {
    mRID: 's-1',
    available: false,
    calculatedDateTime: '',
    score: '',
    EndDevice: { Names: [{ name: '', NameType: nobody }] },
  })
})

test('there is one score of a device for each programme, and one for all', () => {
  const { keyOf } = SCORE_FILE
  assert.is(keyOf(ROW), '["HES-NORTH","1.8"] ')
  assert.is(keyOf({ ...ROW, programCode: 'PEAK' }), '["HES-NORTH","1.8"] PEAK')
  assert.is(keyOf({ ...ROW, score: '0.1', endDevice: 'd-1' }), keyOf(ROW))
})

test.run()
