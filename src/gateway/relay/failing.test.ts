// A DERMS that fails every check is one that cannot ask, and no device is out of order for that.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { MOST, answered, openChecks, refusing } from './device-checks.fixture.ts'

const test = suite('gateway: a party that fails')

const { whole, posted, reached, stateOf } = await openChecks()
test.after(() => whole.close())

const isAlarmed = async () =>
  /fails every check/.test(JSON.stringify(await whole.ok('cpm', 'GET', '/api/v1/alarms')))

test('DC-01/AC2: a DERMS that fails all checks is an alarm, and no failure counts; it ends with the first answer', async () => {
  whole.answer((_party, leg) => answered(leg, { commState: 'reachable' }))
  await reached((await posted()).mRID, 'answered')
  whole.answer((_party, leg) => refusing(leg, '5.3'))
  const first: string[] = []
  for (let n = 1; n < MOST; n += 1) {
    first.push((await posted()).mRID)
    await reached(first.at(-1) ?? '', 'failed')
  }
  assert.is(await isAlarmed(), false)
  const last = await posted()
  await reached(last.mRID, 'unsupported')
  for (const it of first) assert.is(await stateOf(it), 'unsupported', 'none of them is dead')
  assert.is(await isAlarmed(), true)
  const reports = await whole.ok('cpm', 'GET', '/api/v1/operation-reports')
  assert.match(JSON.stringify(reports), '"failedCount":4')
  const more = await posted()
  await reached(more.mRID, 'unsupported')
  whole.answer((_party, leg) => answered(leg, { commState: 'unreachable' }))
  await reached((await posted()).mRID, 'unreachable')
  assert.is(await isAlarmed(), false)
  whole.answer((_party, leg) => refusing(leg, '5.3'))
  await reached((await posted()).mRID, 'failed')
})

test.run()
