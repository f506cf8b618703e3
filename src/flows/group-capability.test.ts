import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Json, JsonObject } from '../schema/json-text.ts'
import { capabilityShort } from './group-capability.ts'

const test = suite('group capability')

const GROUP: JsonObject = { mRID: 'g', Names: [{ name: 'Feeder 7' }] }
const nothing = () => undefined

const required = (value: Json, multiplier: string, more: JsonObject = {}): JsonObject => ({
  DERParameter: 'activePower',
  quantity: { value, multiplier, unit: 'W' },
  ...more,
})
const status = (data: JsonObject, more: JsonObject = {}): JsonObject => ({
  mRID: 'g',
  DERMonitorableParameter: [
    { DERParameter: 'activePower', yMultiplier: 'k', yUnit: 'W', DERCurveData: data, ...more },
  ],
})

function short(
  requests: readonly JsonObject[],
  statuses: readonly JsonObject[],
  find: (noun: string) => JsonObject | undefined = nothing,
) {
  const asked = (noun: string) => (noun === 'DERGroupRequests' ? requests : [])
  const told = (noun: string) => (noun === 'DERGroupStatuses' ? statuses : [])
  return capabilityShort(GROUP, asked, told, ({ noun }) => {
    const object = find(noun)
    return object === undefined ? undefined : { state: 'contracted', object }
  })
}

test('without a request, or with one that requires nothing, a group falls short of nothing', () => {
  assert.is(short([], [status({ maxYValue: 1 })]), undefined)
  assert.is(short([{ EndDeviceGroup: { mRID: 'g' } }], []), undefined)
})

test('values are compared exactly, in whatever multiplier', () => {
  const request = { requiredCapability: [required('5000', 'none')] }
  assert.is(short([request], [status({ maxYValue: '5.0' })]), undefined)
  assert.match(
    short([request], [status({ maxYValue: '4.9999' })])?.reason ?? '',
    '0.1 W are missing',
  )
})

test('the most that it can do now decides, else what is installed, else what it does', () => {
  const request = { requiredCapability: [required(5, 'k')] }
  const more = { yUnitInstalledMax: 5 }
  assert.is(short([request], [status({ nominalYValue: 0 }, more)]), undefined)
  assert.match(
    short([request], [status({ maxYValue: 1 }, more)])?.reason ?? '',
    '4000 W are missing',
  )
  assert.is(short([request], [status({ nominalYValue: 5 })]), undefined)
  assert.match(short([request], [status({})])?.reason ?? '', 'nothing is told of it')
})

test('another direction, unit or parameter is another thing', () => {
  const request = { requiredCapability: [required(5, 'k', { flowDirection: 'reverse' })] }
  const missing = (more: JsonObject) => short([request], [status({ maxYValue: 9 }, more)])?.reason
  assert.is(missing({ flowDirection: 'reverse' }), undefined)
  assert.is(missing({}), undefined)
  assert.match(missing({ flowDirection: 'forward' }) ?? '', 'activePower reverse')
  assert.match(missing({ yUnit: 'VA' }) ?? '', 'nothing is told')
  assert.match(missing({ DERParameter: 'voltage' }) ?? '', 'nothing is told')
})

test('of several groups its own is looked at, by mRID or name; and the request that is open about it', () => {
  const other = { ...status({ maxYValue: 9 }), mRID: 'h' }
  const request = {
    EndDeviceGroup: { Names: [{ name: 'Feeder 7' }] },
    requiredCapability: [required(5, 'k')],
    allowPartial: true,
  }
  const about = { EndDeviceGroup: { mRID: 'h' }, requiredCapability: [required(99, 'k')] }
  assert.is(short([about, request], [other, status({ maxYValue: 5 })]), undefined)
  const lacking = short([about, request], [other, status({ maxYValue: 4 })])
  assert.equal([lacking?.rule, lacking?.isAllowed], ['GRP-CAP', true])
  assert.is(short([], [other, status({ maxYValue: 4 })], () => request)?.isAllowed, true)
  assert.is(short([{ ...request, allowPartial: 'false' }], [])?.isAllowed, false)
})

test.run()
