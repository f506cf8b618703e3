// What holds of a service request on whatever way it has come: I1 to I4 of the connection, over random steps of its table.

import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { AGREEMENT } from './agreement.ts'
import { NONE, step } from './lifecycle.ts'
import type { Lifecycle } from './lifecycle.ts'
import { SERVICE_REQUEST } from './service-request.ts'

const test = suite('lifecycles: invariants')

/** A state, and by which trigger it was come to. */
type Visited = readonly [state: string, trigger: string]

/** Every way: steps that the table allows, drawn from those of each state. */
const ways = (lifecycle: Lifecycle) =>
  fc.array(fc.nat(), { maxLength: 40 }).map((choices) => {
    const visited: Visited[] = []
    let state = NONE
    for (const choice of choices) {
      const rows = lifecycle.steps.filter((it) => it.from === state)
      const row = rows[choice % Math.max(1, rows.length)]
      if (row === undefined) break
      state = row.to
      visited.push([state, row.trigger])
    }
    return visited
  })

const holds = (lifecycle: Lifecycle, check: (visited: readonly Visited[]) => void) =>
  fc.assert(fc.property(ways(lifecycle), check), { numRuns: 2_000 })

const states = (visited: readonly Visited[]) => visited.map(([state]) => state)

/** States of a request before anything of it is approved. */
const BEFORE = ['submitted', 'registered', 'tariffSelected', 'agreed', 'engineeringReview']

test('I1: what is connected was approved, and verified after that', () => {
  holds(SERVICE_REQUEST, (visited) => {
    const at = states(visited).indexOf('connected')
    if (at < 0) return
    const before = states(visited).slice(0, at)
    const verified = before.lastIndexOf('verified')
    assert.ok(verified >= 0, before.join(' '))
    assert.ok(before.slice(0, verified).includes('approved'), before.join(' '))
  })
})

test('I2: a DERMS is told, and says so, of what is approved alone', () => {
  holds(SERVICE_REQUEST, (visited) => {
    const at = visited.findIndex(([, trigger]) => /notified$/.test(trigger))
    if (at >= 0) assert.ok(states(visited).slice(0, at).includes('approved'))
  })
  for (const from of [NONE, ...BEFORE, 'modelling', 'onHold'])
    assert.ok('refusal' in step(SERVICE_REQUEST, from, 'notified'), from)
})

test('I3: nothing is agreed without a tariff, and no agreement is in force that was not offered', () => {
  holds(SERVICE_REQUEST, (visited) => {
    const at = states(visited).indexOf('agreed')
    if (at >= 0) assert.ok(states(visited).slice(0, at).includes('tariffSelected'))
  })
  holds(AGREEMENT, (visited) => {
    const at = states(visited).indexOf('active')
    if (at >= 0) assert.ok(states(visited).slice(0, at).includes('offered'))
  })
})

test('I4: on hold nothing goes on but release, withdrawal and cancellation', () => {
  const going = ['release', 'change', 'withdraw', 'cancelRule']
  const triggers = [...new Set(SERVICE_REQUEST.steps.map((it) => it.trigger))]
  for (const it of triggers.filter((one) => !going.includes(one)))
    assert.ok('refusal' in step(SERVICE_REQUEST, 'onHold', it), it)
  const ordered = step(SERVICE_REQUEST, 'onHold', 'orderVerification')
  assert.is('refusal' in ordered ? ordered.refusal.code : '', '6.2')
})

test.run()
