// What is frozen, by every declaration there is: in its states a member stays, in all others it does not.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { statesOf } from '../lifecycles/lifecycle.ts'
import { numberOf } from '../schema/json-text.ts'
import type { JsonObject } from '../schema/json-text.ts'
import { randomOf } from '../schema/random.ts'
import type { Random } from '../schema/random.ts'
import dispatch from './der-group-dispatch.ts'
import type { Around, Flow, Placed } from './flow.ts'
import { contentText, frozenBreaches, keptForGood, nameOf } from './frozen.ts'
import type { Freeze, Frozen } from './frozen.ts'
import { FLOWS } from './index.ts'
import serviceOrder from './service-order.ts'
import { BUSINESS_RULES } from './rules/index.ts'
import workRequest from './work-request.ts'

const test = suite('frozen')

const ALL: readonly Flow[] = FLOWS
const FREEZING = ALL.flatMap((flow) =>
  flow.frozen === undefined ? [] : [{ ...flow, frozen: flow.frozen }],
)

/** Where whatever is asked for is in one state. */
const around = (state = 'present', now = '2026-07-14T08:00:00Z'): Around => ({
  now,
  keeps: () => true,
  makes: () => true,
  find: () => ({ state, object: {} }),
})

function names(it: Frozen, before: Placed, after: JsonObject, where = around()): string {
  return frozenBreaches(it, after, where, before)
    .map(({ reason }) => reason)
    .join(' ')
}

test('each flow freezes under a rule of its own, which says what to do instead', () => {
  assert.ok(FREEZING.length >= 10)
  for (const { id, frozen } of FREEZING) {
    const { codes, flows } = BUSINESS_RULES[frozen.rule]
    assert.equal(codes, ['6.1'])
    assert.ok((flows as readonly string[]).includes(id), id)
  }
})

test('P-07: a member can be changed in those states alone that do not freeze it', () => {
  let judged = 0
  for (const { id, frozen, lifecycle } of FREEZING)
    for (const freeze of frozen.freezes.filter(
      (it) => it.each === undefined && it.since === undefined,
    ))
      for (const state of statesOfFreeze(freeze, lifecycle))
        for (const name of freeze.members.filter((it) => typeof it === 'string')) {
          const own = { rule: frozen.rule, freezes: [freeze] }
          const before = { state, object: { [name]: 'was', other: 1 } }
          const said = names(own, before, { ...before.object, [name]: 'is' }, around(state))
          const isFrozen = freeze.in?.includes(state) ?? true
          assert.is(
            said.includes(`${name} cannot be changed once`),
            isFrozen,
            `${id} ${state} ${name}`,
          )
          assert.is(
            names(own, before, { other: 1 }, around(state)) !== '',
            isFrozen,
            'nor be taken away',
          )
          assert.is(names(own, before, { ...before.object, other: 2 }, around(state)), '')
          judged += 1
        }
  assert.ok(judged > 100, `${judged}`)
})

function statesOfFreeze({ of, in: states = [] }: Freeze, lifecycle: Flow['lifecycle']) {
  const request = ALL.find((it) => it.noun === of?.noun)
  return [...new Set([...statesOf(request?.lifecycle ?? lifecycle), ...states])]
}

test('states that freeze are states that there are', () => {
  for (const { id, frozen, lifecycle } of FREEZING)
    for (const { of, in: states = [] } of frozen.freezes) {
      const its = ALL.find((it) => it.noun === of?.noun)?.lifecycle ?? lifecycle
      const strange = states.filter((it) => !statesOf(its).includes(it))
      assert.equal(strange, [], id)
    }
})

test('what is new is not frozen, and what others keep cannot be judged', () => {
  for (const { frozen } of FREEZING)
    assert.equal(frozenBreaches(frozen, {}, around(), undefined), [])
  const registration = FREEZING.find((it) => it.id === 'der-registration')!
  const before = { state: 'present', object: { nameplate: { maxP: 1 } } }
  const nobody = { ...around(), find: () => undefined }
  assert.is(names(registration.frozen, before, { nameplate: { maxP: 2 } }, nobody), '')
})

test('what is kept is there as long as something hangs on it', () => {
  const { frozen } = FREEZING.find((it) => it.id === 'der-registration')!
  const before = { state: 'present', object: { ServiceRequest: { mRID: 'r' } } }
  const gone = (state: string) => frozenBreaches(frozen, undefined, around(state), before).length
  assert.equal(['submitted', 'agreed', 'connected', 'completed', 'withdrawn'].map(gone), [
    ...[0, 1, 1, 0, 0],
  ])
  const keeping = FREEZING.filter(({ frozen: { freezes } }) => freezes.some((it) => it.kept))
  assert.equal(keeping.map(({ id }) => id).toSorted(), [
    'customer-notification',
    'der-registration',
    'program-settlement',
    'settlement-credit',
  ])
  const others = FREEZING.filter((it) => !keeping.includes(it))
  for (const it of others)
    assert.equal(frozenBreaches(it.frozen, undefined, around('approved'), before), [], it.id)
})

test('what has gone elsewhere has gone, but for what cannot be undone', () => {
  const before = { state: 'present', object: { ServiceRequest: { mRID: 'r' } } }
  const gone = ({ id, frozen }: (typeof FREEZING)[number]) =>
    frozenBreaches(keptForGood(frozen), undefined, around('agreed'), before).length > 0 ? [id] : []
  assert.equal(FREEZING.flatMap(gone), ['customer-notification'])
})

test('a dispatch keeps its group from the beginning, and its schedule from when it begins', () => {
  const at = (startTime: string, mRID = 'g') => ({
    EndDeviceGroup: { mRID, DERMonitorableParameter: { DispatchSchedule: [{ startTime }] } },
  })
  const before = { state: 'present', object: at('2026-07-14T09:00:00Z') }
  const later = at('2026-07-14T10:00:00Z')
  assert.is(names(dispatch.frozen, before, later), '')
  assert.match(
    names(dispatch.frozen, before, later, around('', '2026-07-14T09:00:00Z')),
    /once it has begun/,
  )
  assert.match(
    names(dispatch.frozen, before, at('2026-07-14T09:00:00Z', 'h')),
    /^EndDeviceGroup cannot/,
  )
})

const work = (mRID: string, statusKind: string, more: JsonObject = {}): JsonObject => ({
  mRID,
  statusKind,
  ...more,
})
const order = (...Work: readonly JsonObject[]): JsonObject => ({ mRID: 'o', Work })

test('work that is over stays as it is beside work that goes on, whatever the order of both', () => {
  const [closed, open] = [work('a', 'closed', { kind: 'repair' }), work('b', 'onSite')]
  const before = { state: 'onSite', object: order(closed, open) }
  for (const { frozen } of [serviceOrder, workRequest]) {
    assert.is(names(frozen, before, order({ ...open, statusKind: 'completed' }, closed)), '')
    assert.match(
      names(frozen, before, order({ ...closed, kind: 'test' }, open)),
      /the Work is closed/,
    )
    assert.match(names(frozen, before, order(open)), /the Work is closed/, 'nor does it vanish')
  }
})

test('a verification stays one, of its request, whichever way it names that', () => {
  const linked = (name: string) => ({ Names: [{ name, NameType: { name: 'ServiceRequest' } }] })
  const [a, b] = [
    linked('8a6b7c8d-0000-4000-8000-00000000000a'),
    linked('8a6b7c8d-0000-4000-8000-00000000000b'),
  ]
  const own = work('w', 'onSite', { type: 'derVerification', ...a })
  const before = { state: 'onSite', object: order(own) }
  const said = (after: JsonObject) => names(serviceOrder.frozen, before, after)
  assert.match(said(order({ ...own, ...b })), /NameType ServiceRequest/)
  assert.match(said(order({ ...own, type: 'repair' })), /^type cannot/)
  const { Names: _own, ...unlinked } = own
  assert.is(
    said({ ...order(unlinked), ...a }),
    '',
    'the link of the order stands for that of the work',
  )
  assert.is(said(order({ ...own, ...linked(a.Names[0]!.name.toUpperCase()) })), '')
  assert.match(said({ ...order(unlinked), ...b }), /NameType ServiceRequest/)
  const ordinary = { state: 'onSite', object: order(work('w', 'onSite', a)) }
  assert.is(names(serviceOrder.frozen, ordinary, order(own)), '', 'ordinary work may become one')
})

test('content is the same however it is written', () => {
  const uuid = '8a6b7c8d-0000-4000-8000-00000000abcd'
  for (const [a, b] of [
    [{ mRID: uuid }, { mRID: uuid.toUpperCase() }],
    [{ value: numberOf('5.0') }, { value: 5 }],
    [
      [{ mRID: 'a' }, { mRID: 'b' }],
      [{ mRID: 'b' }, { mRID: 'a' }],
    ],
    [
      { a: 1, b: [2] },
      { b: [2], a: 1 },
    ],
  ] as const)
    assert.is(contentText(a), contentText(b))
  for (const [a, b] of [
    [{ mRID: 'Feeder' }, { mRID: 'feeder' }],
    [{ name: uuid }, { name: uuid.toUpperCase() }],
    [{ a: '1' }, { a: 1 }],
    [{ a: 'x' }, {}],
    [[1], [1, 1]],
  ] as const)
    assert.is.not(contentText(a), contentText(b))
})

test('property: shuffled and rewritten content is the same, and another value is another content', () => {
  const seed = Number(process.env['SEED'] ?? 7)
  const random = randomOf(seed, 'frozen')
  for (let turn = 0; turn < 200; turn += 1) {
    const one = some(random, 3)
    const at = `seed ${seed}, turn ${turn}: ${JSON.stringify(one)}`
    assert.is(contentText(shuffled(one, random)), contentText(one), at)
    assert.is.not(contentText({ ...one, more: turn }), contentText(one), at)
  }
})

function some(random: Random, depth: number): JsonObject {
  const all = Array.from({ length: random.below(4) }, (_, at) => {
    const value = depth === 0 || random.chance(0.4) ? random.below(9) : some(random, depth - 1)
    return [`m${at}`, random.chance(0.3) ? [value, some(random, 0)] : value] as const
  })
  return Object.fromEntries(all)
}

function shuffled(it: JsonObject, random: Random): JsonObject {
  const entries = Object.entries(it).map(
    ([name, value]) => [name, Array.isArray(value) ? value.toReversed() : value] as const,
  )
  return Object.fromEntries(random.shuffled(entries))
}

test('members are named as they are documented', () => {
  assert.is(nameOf('kind'), 'kind')
  assert.is(nameOf({ name: 'interval.start', of: () => null }), 'interval.start')
})

test.run()
