// Who may take which step: every name is one that there is, and every flow with a life of its own says it.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { RECORD } from '../lifecycles/record.ts'
import type { Flow } from './flow.ts'
import { FLOWS } from './index.ts'
import { ROLE_NAMES, takersOf } from './role.ts'

const test = suite('roles')
const ALL: readonly Flow[] = FLOWS

test('every flow whose objects have a life of their own says who may take its steps', () => {
  const silent = ALL.filter((it) => it.lifecycle !== RECORD && it.by === undefined)
  assert.equal(
    silent.map((it) => `${it.id} lacks by: who may take the steps of ${it.lifecycle.id}`),
    [],
  )
})

test('every step and every role that is named is one that there is', () => {
  for (const { id, by, lifecycle } of ALL) {
    if (by === undefined) continue
    const triggers = lifecycle.steps.map((it) => it.trigger)
    for (const [trigger, roles] of Object.entries(by.steps)) {
      assert.ok(triggers.includes(trigger), `${id}: ${lifecycle.id} has no step ${trigger}`)
      assert.ok(roles.length > 0, `${id}: nobody may ${trigger}`)
    }
    const named = [...Object.values(by.steps).flat(), ...by.otherwise, ...by.told]
    for (const it of named) assert.ok(ROLE_NAMES.includes(it), `${id}: ${it}`)
  }
})

/** [flow, step, who may take it, who may not] */
const STEPS = [
  ['der-group-request', 'approve', 'dso-cs', 'tp-cs'],
  ['der-group-request', 'approve', 'dso-cs', 'derms-cs'],
  ['der-group-request', 'updateContracts', 'derms-cs', 'wms'],
  ['customer-agreement', 'sign', 'customer', 'tp-cs'],
  ['customer-agreement', 'offer', 'dso-cs', 'customer'],
  ['interconnection-review', 'approve', 'dso-eng', 'dso-cs'],
  ['interconnection-review', 'result', 'dso-ops', 'customer'],
  ['work-request', 'approve', 'dso-eng', 'dso-cs'],
  ['work-request', 'schedule', 'wms', 'dso-cs'],
  ['service-request', 'connect', 'dso-cs', 'customer'],
  ['tariff', 'create', 'dso-cs', 'tp-cs'],
  ['program-subscription', 'acknowledge', 'derms', 'cpm'],
  ['program-subscription', 'acknowledgePartly', 'lec', 'cpm'],
  ['program-subscription', 'fail', 'derms', 'cpm'],
  ['program-enrollment', 'ok', 'cpm', 'derms'],
  ['program-enrollment', 'tell_COMPLETED', 'cpm', 'derms'],
  ['device-status-check', 'answer', 'derms', 'cpm'],
  ['device-status-check', 'fail', 'lec', 'dso-cs'],
] as const

for (const [id, trigger, may, mayNot] of STEPS)
  test(`${id}: ${trigger} is for ${may}, and not for ${mayNot}, who cannot tell of it either`, () => {
    const { by } = ALL.find((it) => it.id === id)!
    for (const isTold of [false, true]) {
      const takers = takersOf(by!, trigger, isTold)
      assert.ok(takers.includes(may), takers.join())
      assert.not.ok(takers.includes(mayNot), takers.join())
    }
  })

test('of an event also those whose objects they are may tell', () => {
  const { by } = ALL.find((it) => it.id === 'service-order')!
  assert.ok(takersOf(by!, 'create', true).includes('wms'))
  assert.not.ok(takersOf(by!, 'create', false).includes('wms'))
})

test.run()
