import { readdirSync, readFileSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { isVerb, verbRow } from '../envelope/verbs.ts'
import { LIFECYCLES } from '../lifecycles/index.ts'
import { NONE, diagramOf, isGone, statesOf } from '../lifecycles/lifecycle.ts'
import type { JsonObject } from '../schema/json-text.ts'
import { shipped } from '../schema/schema.fixture.ts'
import type { Flow } from './flow.ts'
import { FLOWS, flowFor, flowsOf } from './index.ts'
import { recordFlow } from './record.ts'

const test = suite('flows')

const flows: readonly Flow[] = FLOWS
const SOURCES = new URL('../../../src/flows/', import.meta.url)
const { catalogue } = await shipped()

test('every file that declares a flow is listed, under the name of the file', () => {
  const files = readdirSync(SOURCES).filter((it) => it.endsWith('.ts') && !it.endsWith('.test.ts'))
  const declaring = files.filter((it) =>
    /^export default /m.test(readFileSync(new URL(it, SOURCES), 'utf8')),
  )
  assert.equal(
    [...declaring.map((it) => it.replace('.ts', ''))].sort(),
    flows.map((it) => it.id).sort(),
    'add the missing line to src/flows/index.ts, or give the flow the name of its file',
  )
})

for (const flow of flows) {
  test(`${flow.id}: is about a noun of the catalogue`, () => {
    assert.ok(catalogue.isNoun(flow.noun), flow.noun)
    assert.is(catalogue.queried(flow.noun), undefined, 'a flow is about objects, not about a query')
  })

  test(`${flow.id}: has verbs that are verbs, and none that answers`, () => {
    assert.ok(flow.verbs.length > 0)
    for (const it of flow.verbs) assert.ok(isVerb(it) && verbRow(it)?.kind !== 'reply', it)
  })

  test(`${flow.id}: is the only flow of its noun and verbs`, () => {
    for (const verb of flow.verbs) assert.is(flowFor(flow.noun, verb), flow)
  })

  test(`${flow.id}: follows a listed lifecycle that prints`, () => {
    assert.ok(LIFECYCLES.includes(flow.lifecycle))
    assert.match(diagramOf(flow.lifecycle), /^stateDiagram-v2\n/)
  })

  test(`${flow.id}: has a function for each guard of its lifecycle, and for no other`, () => {
    const due = flow.lifecycle.steps.flatMap((it) => it.guard ?? [])
    assert.equal(Object.keys(flow.guards ?? {}).sort(), [...new Set(due)].sort())
  })

  test(`${flow.id}: has the states that its objects say they are in`, () => {
    const { status, lifecycle } = flow
    for (const it of status === undefined ? [] : statesOf(lifecycle)) {
      const written = status?.written({}, it, '2026-07-14T08:00:00Z') ?? {}
      if (Object.keys(written).length > 0) assert.is(status?.of(written), it)
    }
  })

  test(`${flow.id}: says what it does and where it comes from`, () => {
    assert.match(flow.about, /^[a-z].*[^.]$/)
    assert.ok(flow.source !== '')
  })
}

/** Contents whose changes are every step that content alone can make. */
const CONTENTS: readonly (JsonObject | undefined)[] = [
  undefined,
  {},
  { EndDevices: [] },
  { EndDevices: [{ mRID: 'a' }] },
  { EndDevices: [{ mRID: 'a' }, { mRID: 'b' }] },
]

for (const flow of [...flows, recordFlow('Anything', 'Thing')]) {
  test(`${flow.id}: whatever changes in an object is a trigger of its lifecycle`, () => {
    const known = new Set(flow.lifecycle.steps.map((it) => it.trigger))
    for (const before of CONTENTS)
      for (const after of CONTENTS)
        if (before !== undefined || after !== undefined)
          assert.ok(known.has(flow.trigger(before, after)), flow.trigger(before, after))
  })

  test(`${flow.id}: an object can come to be, and be gone, by content alone`, () => {
    const { steps } = flow.lifecycle
    const born = steps.find((it) => it.from === NONE && it.trigger === flow.trigger(undefined, {}))
    assert.ok(born)
    const gone = steps.find(
      (it) => it.from === born.to && it.trigger === flow.trigger({}, undefined),
    )
    assert.ok(gone && isGone(flow.lifecycle, gone.to))
  })
}

test('no other verb than those of the standard leads to a flow, and no other noun', () => {
  assert.is(flowFor('DERGroups', 'close'), undefined)
  assert.equal(flowsOf('Nothing'), [])
})

test.run()
