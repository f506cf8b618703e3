// What has to be sent of requests about groups, and of agreements, as pure functions of what they were and are.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { member } from '../schema/json-text.ts'
import type { JsonObject } from '../schema/json-text.ts'
import { AGREEMENT_NEXT } from './agreement-next.ts'
import type { Placed } from './flow.ts'
import type { Following, Making } from './next.ts'
import { GROUP_REQUEST_NEXT } from './group-next.ts'

const test = suite('flows: what follows of groups and agreements')

const MAKING: Making = {
  now: '2026-07-14T08:00:00Z',
  given: {},
  moved: [],
  newId: () => 'n',
  find: () => undefined,
}

function sent(all: readonly Following[], before: Placed, after: Placed, making = MAKING) {
  return all.flatMap(({ verb, noun, objects }) =>
    objects(before, after, making).map((it) => ({ what: `${verb} ${noun}`, it })),
  )
}

const EndDevices = [{ mRID: 'd' }]
const DERFunction = { connectDisconnect: true }

const asked = (action: string, state: string, more: JsonObject = {}): Placed => ({
  state,
  object: { mRID: 'q', action, EndDeviceGroup: { mRID: 'g' }, EndDevices, DERFunction, ...more },
})

const step = (action: string, from: string, to: string, more: JsonObject = {}) =>
  sent(GROUP_REQUEST_NEXT, asked(action, from, more), asked(action, to, more))

test('GF-04, GF-06, GD-04: the DERMS is asked when contracts are as they should be, and not before', () => {
  const of = { mRID: 'g' }
  assert.equal(step('form', 'approved', 'contracted'), [
    { what: 'create DERGroups', it: { ...of, DERFunction, EndDevices } },
  ])
  assert.equal(step('addMembers', 'approved', 'contracted'), [
    { what: 'change DERGroups', it: { ...of, EndDevices } },
  ])
  for (const action of ['dissolve', 'form'])
    assert.equal(step(action, 'dissolving', 'contractsReleased'), [
      { what: 'delete DERGroups', it: of },
    ])
  assert.equal(step('removeMembers', 'dissolving', 'contractsReleased'), [
    { what: 'execute DERGroups', it: { ...of, EndDevices } },
  ])
  for (const [from, to] of [
    ['contracted', 'contracted'],
    ['contracted', 'available'],
  ] as const)
    for (const action of ['form', 'addMembers', 'dissolve'])
      assert.equal(step(action, from, to), [], `${action} ${from} -> ${to}`)
  assert.equal(step('form', 'approved', 'contracted', { EndDeviceGroup: null }), [])
})

test('CA-03: a signed agreement takes the request along that has its tariff already', () => {
  const known = (state: string): Making => ({
    ...MAKING,
    find: ({ noun, object }) => {
      if (member(object, 'mRID') === undefined) return undefined
      return noun === 'DERRegistrations'
        ? { state: 'present', object: { mRID: 'd', ServiceRequest: { mRID: 'r' } } }
        : { state, object: { mRID: 'r' } }
    },
  })
  const agreement = (state: string, more: JsonObject = { DERRegistrations: [{ mRID: 'd' }] }) => ({
    state,
    object: { mRID: 'a', ...more },
  })
  const signed = (state: string, ...[more]: readonly JsonObject[]) =>
    sent(AGREEMENT_NEXT, agreement('offered', more), agreement('active', more), known(state))
  assert.equal(signed('tariffSelected'), [
    { what: 'change ServiceRequests', it: { mRID: 'r', CustomerAgreement: { mRID: 'a' } } },
  ])
  for (const state of ['registered', 'agreed', 'withdrawn']) assert.equal(signed(state), [], state)
  assert.equal(signed('tariffSelected', {}), [], 'it names no registration')
  const resumed = [agreement('suspended'), agreement('active')] as const
  assert.equal(sent(AGREEMENT_NEXT, ...resumed, known('tariffSelected')), [])
})

test.run()
