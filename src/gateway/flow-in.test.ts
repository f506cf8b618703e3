// Flows as a configuration asks for them: made once, and anew when another configuration is in force.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { PolicyName } from '../flows/policy.ts'
import { flowIn } from './flow-in.ts'
import { shippedSchemas } from './gateway.fixture.ts'

const test = suite('flow in force')
const schemas = await shippedSchemas

test('what a flow is asked for besides holds from the next message on, and no longer than it is asked for', () => {
  let policies: readonly PolicyName[] = []
  const flow = flowIn(schemas, () => policies)
  const usual = flow('DERGroups', 'create')
  policies = ['exclusiveMembership']
  const asked = flow('DERGroups', 'create')
  assert.is(usual?.claims, undefined)
  assert.type(asked?.claims?.always, 'function')
  policies = []
  assert.is(flow('DERGroups', 'create'), usual)
})

test('a flow is made once for a configuration, and that of a noun that is only kept once', () => {
  const policies: readonly PolicyName[] = ['exclusiveMembership', 'dissolveWhenEmpty']
  const flow = flowIn(schemas, () => policies)
  assert.is(flow('DERGroups', 'change'), flow('DERGroups', 'change'))
  assert.is(flow('MeterConfig', 'create')?.id, 'record')
  assert.is(flow('MeterConfig', 'create'), flow('MeterConfig', 'change'))
  assert.is(flow('MeterConfig', 'reply'), undefined)
})

test.run()
