// What one of several gateways does of the work, as its words say it.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { EVERY_ROLE, nodeRolesIn, shownRoles } from './node-role.ts'

const test = suite('gateway: node role')

test('roles are named with commas between, and all is every one of them', () => {
  const said = (text: string) => {
    const roles = nodeRolesIn(text)
    return roles === undefined ? 'refused' : shownRoles(roles)
  }
  const cases: readonly (readonly [string, string])[] = [
    ['all', 'all'],
    ['ingress', 'ingress'],
    [' dispatch , scheduler', 'dispatch, scheduler'],
    ['ingress,dispatch,scheduler', 'all'],
    ['scheduler,all', 'all'],
    ['', 'refused'],
    [',', 'refused'],
    ['Ingress', 'refused'],
    ['ingress dispatch', 'refused'],
  ]
  for (const [text, due] of cases) assert.is(said(text), due, text)
  assert.is(shownRoles(EVERY_ROLE), 'all')
})

test.run()
