// Reports as people are told of them by mail: of what has been compared, of a party that fails every check, of files.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { CHECK_FAILURES } from '../flows/device-failures.ts'
import { comparisonReport, openReport } from '../flows/reconciliation.ts'
import type { Difference } from '../flows/reconciliation.ts'
import type { JsonObject } from '../schema/json-text.ts'
import { addresseesOf, noticeOf } from './notice.ts'

const test = suite('gateway: notice')

const now = '2026-07-14T05:20:00Z'
const COMPARED = {
  ...{ mRID: 'report-1', noun: 'ProgramSubscriptions', objectType: 'ProgramSubscription' },
  ...{ source: 'cpm', target: 'derms', begunAt: now, now },
} as const
const TO = { technical: ['tech'], business: ['biz'], occasions: ['success', 'error'] } as const

const missing = (mRID: string): Difference => ({
  ...{ outcome: 'MISSING', had: { key: mRID, mRID }, reason: 'derms does not list it.' },
  sourceValue: '3 ACTIVE',
})

function noticeAbout(report: JsonObject) {
  const payload = { OperationReports: { OperationReport: [report] } }
  return noticeOf(JSON.stringify({ message: 'EventMessage', payload }))
}

/** Who is told, and in which words. */
function told(report: JsonObject): readonly [to: string, text: string] {
  const notice = noticeAbout(report)
  return notice === undefined ? ['', ''] : [addresseesOf(notice, TO).join(), notice.text]
}

test('G2: what differs between two sides is told by mail, object by object, without what stands in it', () => {
  const differences = Array.from({ length: 25 }, (_, at) => missing(`sub-${at + 1}`))
  const [to, text] = told(comparisonReport(COMPARED, { same: 7, differences }))
  assert.is(to, 'biz')
  assert.match(text, /^ProgramSubscriptions: 25 of 32 differ between cpm and derms\./)
  assert.match(text, 'MISSING ProgramSubscription sub-20: derms does not list it.')
  assert.match(text, '… and 5 more')
  assert.not.match(text, 'ACTIVE')
  assert.not.match(text, 'sub-21:')
  assert.is(told(comparisonReport(COMPARED, { same: 7, differences: [] }))[0], 'biz')
})

test('a comparison that cannot be is told, and one that has only begun is not', () => {
  assert.equal(told(openReport(COMPARED, 'derms has answered 404.')), [
    'biz',
    'derms has answered 404.',
  ])
  assert.is(noticeAbout(openReport(COMPARED)), undefined)
})

test('K4: that a party fails every check, and that it no longer does, is told by mail', () => {
  const report = (isOver: boolean) =>
    CHECK_FAILURES.report({ party: 'derms', failed: ['check-1'], now, isOver }).object
  const [to, text] = told(report(false))
  assert.is(to, 'tech')
  assert.match(text, 'deviceStatusCheck: unsupported')
  assert.equal(told(report(true)), ['biz', 'derms answers checks of devices again.'])
})

test('an alarm without words for people is told in those of its reason', () => {
  const report = { subject: 'Something is wrong.', reason: 'See the pump.', severity: 'alarm' }
  assert.equal(told({ ...report, status: { value: 'running' } }), ['biz', 'See the pump.'])
  assert.is(noticeAbout({ ...report, severity: 'information' }), undefined)
})

test.run()
