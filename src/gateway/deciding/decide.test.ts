// Decisions as pure data: the world before, a message, the world after.

import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { recordFlow } from '../../flows/record.ts'
import { member, readJson } from '../../schema/json-text.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import { contentsOf } from '../content.ts'
import { decide } from './decide.ts'
import { NO_ORGANISATIONS } from '../parties/index.ts'
import type { Decision } from './decide.ts'
import { flowIn } from '../flow-in.ts'
import { NOW, shippedSchemas } from '../gateway.fixture.ts'
import { distinctMembers } from '../objects.fixture.ts'
import { findingOfIssue } from '../problem.ts'
import type { StoredObject } from '../ports.ts'
import type { DecideContext } from './settle.ts'
import type { Task } from '../tasks.ts'
import { heldOf } from '../world.ts'

const test = suite('decide')

const FORBIDDEN = findingOfIssue({
  rule: 'JSON-TYPE',
  path: '',
  expected: '',
  found: '',
  message: 'it is forbidden',
  mend: '',
})

const schemas = await shippedSchemas
const flows = flowIn(schemas)
const contents = contentsOf(schemas)

function context(): DecideContext {
  let ids = 0
  return {
    flow: flows,
    complete: (_noun, object) => ('forbidden' in object ? { findings: [FORBIDDEN] } : { object }),
    contentOf: contents,
    isKept: () => true,
    serving: () => undefined,
    organisations: NO_ORGANISATIONS,
    newId: () => `id-${(ids += 1)}`,
    messageID: 'message',
    now: NOW,
    exchangeId: 'exchange',
    owner: 'north',
    isShown: (owner) => owner !== 'hidden',
  }
}

/** @param object a group that is created has a member, unless others are said */
const task = (kind: Task['kind'], object: JsonObject, more: Partial<Task> = {}): Task => ({
  kind,
  noun: 'DERGroups',
  object: kind === 'create' ? { EndDevices: [{ mRID: 'x' }], ...object } : object,
  reported: false,
  verb: kind === 'removeParts' ? 'delete' : kind,
  ...more,
})

/** What the store holds after a decision. */
function applied(stored: readonly StoredObject[], { world }: Decision): readonly StoredObject[] {
  const { puts, removals } = world.difference()
  const gone = new Set([...puts, ...removals].map((it) => it.id))
  const kept = stored.filter((it) => !gone.has(it.id))
  return [...kept, ...puts.map(({ expect, ...it }) => ({ ...it, revision: expect + 1 }))].sort(
    (a, b) => (a.id < b.id ? -1 : 1),
  )
}

function run(stored: readonly StoredObject[], tasks: readonly Task[], integrity = false) {
  const decision = decide({ tasks, integrity, sequence: false }, stored, context())
  return { decision, stored: applied(stored, decision) }
}

const codes = ({ outcomes }: Decision) =>
  outcomes.map((it) => it.errors.map(({ code }) => code).join())
const bodies = (stored: readonly StoredObject[]) =>
  stored.map((it) => {
    const read = readJson(it.body)
    return 'value' in read ? read.value : null
  })

test('keeps, changes, empties and forgets a group, with one event each', () => {
  const steps: readonly (readonly [Task, string])[] = [
    [task('create', { mRID: 'g' }), 'available'],
    [task('change', { mRID: 'g', description: 'new' }), 'available'],
    [task('removeParts', { mRID: 'g', EndDevices: [{ mRID: 'x' }] }), 'empty'],
    [task('delete', { mRID: 'g' }), 'dissolved'],
  ]
  let stored: readonly StoredObject[] = []
  for (const [it, state] of steps) {
    const next = run(stored, [it])
    assert.equal(
      next.decision.events.map((one) => one.state),
      [state],
    )
    stored = next.stored
  }
  const kept = stored.map((it) => [it.noun, member(heldOf(it).object, 'reason')])
  const history = 'DERGroups.EndDevices'
  assert.equal(kept, [
    [history, 'formed'],
    [history, 'changed'],
  ])
})

test('an object known by name alone keeps its mRID in front', () => {
  const { stored } = run([], [task('create', { Names: [{ name: 'n' }], a: 1 })])
  assert.is(
    stored[0]?.body,
    '{"mRID":"id-1","EndDevices":[{"mRID":"x"}],"Names":[{"name":"n"}],"a":1}',
  )
  const changed = run(stored, [task('change', { Names: [{ name: 'n' }], a: 2 })])
  assert.is(changed.decision.events[0]?.subject, 'id-1')
  assert.is(changed.stored.filter((it) => it.noun === 'DERGroups').length, 1)
})

test('keeps the spelling in which a UUID was first written', () => {
  const mRID = 'ABCDEF00-0000-4000-8000-000000000000'
  const { stored } = run([], [task('create', { mRID })])
  const next = run(stored, [task('change', { mRID: mRID.toLowerCase(), a: 1 })])
  assert.match(next.stored[0]?.body ?? '', new RegExp(`"mRID":"${mRID}"`))
})

test('refuses what the schema does not allow of the merged object', () => {
  const { stored } = run([], [task('create', { mRID: 'g' })])
  const next = run(stored, [task('change', { mRID: 'g', forbidden: true })])
  assert.equal(codes(next.decision), ['5.8'])
  assert.equal(next.stored, stored)
})

test('who has what is claimed is told to whoever may know of it', () => {
  const claim = { key: 'k', rule: 'GRP-EXCL', reason: 'One has it.' } as const
  const flow: DecideContext['flow'] = (noun, verb) => {
    const own = flows(noun, verb)
    return own && { ...own, claims: { always: () => [claim] } }
  }
  const [first] = run([], [task('create', { mRID: 'a' })]).stored
  assert.ok(first)
  const names = [`claim ${claim.rule} 0 ${claim.key}`]
  const work = { tasks: [task('create', { mRID: 'b' })], integrity: false, sequence: false }
  const errorsBeside = (owner: string) =>
    decide(work, [{ ...first, owner, names }], { ...context(), flow }).outcomes[0]?.errors ?? []
  assert.match(errorsBeside('north')[0]?.reason ?? '', /^One has it. DERGroup a has it.$/)
  const [hidden] = errorsBeside('hidden')
  assert.equal([hidden?.code, hidden?.reason, hidden?.relatedID], ['6.1', claim.reason, undefined])
})

test('refuses a name that another object bears', () => {
  const { stored } = run(
    [],
    [task('create', { mRID: 'a', Names: [{ name: 'n' }] }), task('create', { mRID: 'b' })],
  )
  const next = run(stored, [task('change', { mRID: 'b', Names: [{ name: 'n' }] })])
  assert.equal(codes(next.decision), ['2.29'])
})

test('a report of a dissolving is taken over, whatever the lifecycle says', () => {
  const dissolving: StoredObject = {
    noun: 'DERGroups',
    owner: 'north',
    id: 'g',
    revision: 4,
    state: 'dissolving',
    names: [],
    body: '{"mRID":"g"}',
  }
  const asked = run([dissolving], [task('delete', { mRID: 'g' })])
  assert.equal(codes(asked.decision), ['6.1'])
  assert.is(asked.decision.outcomes[0]?.errors[0]?.rule, 'GRP-ORDER')
  const told = run(
    [dissolving],
    [task('delete', { mRID: 'g' }, { reported: true, verb: 'deleted' })],
  )
  assert.equal(told.stored, [])
  assert.is(told.decision.events[0]?.revision, 5)
})

test('a dispatch is canceled once; a report of it may come again', () => {
  const dispatch = (kind: Task['kind'], more: Partial<Task> = {}) =>
    task(kind, { mRID: 'd' }, { noun: 'DERGroupDispatches', ...more })
  const { stored } = run([], [dispatch('create')])
  const canceled = run(stored, [dispatch('cancel')])
  assert.equal(
    canceled.decision.events.map((it) => [it.verb, it.previous, it.state, it.revision]),
    [['canceled', 'present', 'canceled', 2]],
  )
  assert.is(canceled.stored[0]?.body, stored[0]?.body)
  const again = run(canceled.stored, [dispatch('cancel')])
  assert.is(again.decision.outcomes[0]?.errors[0]?.rule, 'SM-DSP-canceled-cancel')
  const told = run(canceled.stored, [dispatch('cancel', { reported: true, verb: 'canceled' })])
  assert.equal([codes(told.decision), told.decision.events], [[''], []])
})

test('a noun without flows is kept as a record', () => {
  const flow = recordFlow('Things', 'Thing')
  const own = { ...context(), flow: () => flow }
  const made = decide(
    {
      tasks: [task('create', { mRID: 't' }, { noun: 'Things' })],
      integrity: false,
      sequence: false,
    },
    [],
    own,
  )
  assert.equal(
    made.events.map((it) => [it.flow, it.state]),
    [['record', 'present']],
  )
})

const anyTask = fc
  .record({
    kind: fc.constantFrom('create', 'change', 'delete', 'removeParts'),
    mRID: fc.constantFrom('g', 'h'),
    EndDevices: distinctMembers,
    operationId: fc.constant('1'),
  })
  .map(({ kind, mRID, EndDevices, operationId }) =>
    task(kind, { mRID, ...(EndDevices.length > 0 ? { EndDevices } : {}) }, { operationId }),
  )

const anyTasks = fc.array(anyTask, { maxLength: 8 })

test('P-14: a failure at any index of a set with integrity leaves the store as before', () => {
  const impossible = task('delete', { mRID: 'nowhere' }, { operationId: '9' })
  fc.assert(
    fc.property(anyTasks, anyTasks, fc.nat(8), (history, tasks, at) => {
      const { stored } = run([], history)
      const failing = [...tasks.slice(0, at), impossible, ...tasks.slice(at)]
      const { decision } = run(stored, failing, true)
      assert.equal(decision.world.difference(), { puts: [], removals: [] })
      assert.equal(decision.events, [])
      for (const it of decision.outcomes)
        assert.match(it.errors.map(({ code }) => code).join(), /^(5\.9|5\.3(,5\.3)*)$/)
    }),
  )
})

test('P-08: a message that was refused changes nothing, however often it is repeated', () => {
  fc.assert(
    fc.property(anyTasks, anyTask, (history, it) => {
      const { stored } = run([], history)
      const once = run(stored, [it])
      if (once.decision.outcomes.some((one) => one.errors.length > 0))
        assert.equal(once.stored, stored)
    }),
  )
})

test('P-08: reports of the same thing, repeated, give the same objects and no more events', () => {
  const told = anyTask.map((it) => ({ ...it, reported: true }))
  fc.assert(
    fc.property(anyTasks, told, (history, it) => {
      const { stored } = run([], history)
      const once = run(stored, [it])
      const twice = run(once.stored, [it])
      assert.equal(bodies(twice.stored), bodies(once.stored))
      assert.equal(twice.decision.events, [])
    }),
  )
})

test('what is stored is what the outcomes say', () => {
  fc.assert(
    fc.property(anyTasks, (tasks) => {
      const { decision, stored } = run([], tasks)
      const accepted = decision.outcomes.filter((it) => it.errors.length === 0)
      // What is so already is accepted, and no event.
      const changing = accepted.filter(({ before, after }) => before !== after)
      assert.is(decision.events.length, changing.length)
      for (const it of stored) assert.is(it.revision, 1)
    }),
  )
})

// The bench measures that it takes linear time.
test('decides ten thousand objects', () => {
  const groups = Array.from({ length: 10_000 }, (_, at) => ({
    mRID: `g${at}`,
    Names: [{ name: `n${at}` }],
  }))
  const creating = groups.map((it) => task('create', it))
  const made = run([], creating)
  assert.is(made.decision.events.length, 10_000)
  const { decision } = run(
    made.stored,
    groups.map((it) => task('change', { ...it, EndDevices: [{ mRID: 'y' }] })),
  )
  assert.is(decision.events.length, 10_000)
})

test.run()
