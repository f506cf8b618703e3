// P-07 through the gateway: for each state of each table everything that can be asked, also what no state allows. The
// objects are put into their states, and what the table has no step for leaves no trace but its refusal.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { statesOf } from '../../lifecycles/lifecycle.ts'
import type { Lifecycle } from '../../lifecycles/lifecycle.ts'
import { isObject, member, writeJson } from '../../schema/json-text.ts'
import type { Json } from '../../schema/json-text.ts'
import type { Flow } from '../flow.ts'
import { FLOWS, flowFor } from '../index.ts'
import { agreement } from './agreement.fixture.ts'
import { fresh, request } from './connection.fixture.ts'
import type { Identified } from './connection.fixture.ts'
import { DISPATCHES, dispatch } from './dispatches.fixture.ts'
import {
  EVENTS,
  PARTICIPATIONS,
  UNAVAILABILITIES,
  at,
  event,
  freshDevice,
  nameOf,
  reservation,
} from './events.fixture.ts'
import { GROUPS, REQUESTS, group, removal } from './groups.fixture.ts'
import { resourceOf } from '../../gateway/nouns.ts'
import { openWays, saidIn } from './ways.fixture.ts'
import type { Wish } from './ways.fixture.ts'

const test = suite('illegal pairs')

const ways = await openWays()
test.after(() => ways.gateway.close())

/** What is asked of an object: as a message or as a step of the façade, and which step of its table that is. */
interface Asked {
  readonly trigger: string
  /** instead of the trigger: the state that is asked for */
  readonly to?: string
  readonly send: () => Promise<Json | undefined>
}

/** An object of a table: how it is made, and how its state is written into it. */
interface Living {
  readonly noun: string
  readonly make: () => Identified
  readonly written: (object: Identified, state: string) => Identified
  /** what can be asked of it besides verbs, statuses and steps */
  readonly more?: (object: Identified) => readonly (readonly [trigger: string, wish: Wish])[]
}

const status = (object: Identified, value: string) => ({ ...object, status: { value } })
const works = ({ mRID }: Identified, statusKind: string) => ({
  mRID,
  Work: [{ kind: 'service', statusKind }],
})
const asIs = (object: Identified) => object

const MEMBERS = [{ mRID: fresh() }, { mRID: fresh() }]

const LIVING: readonly Living[] = [
  { noun: 'ServiceRequests', make: () => request('derInterconnection'), written: status },
  { noun: 'ServiceRequests', make: () => request('accountIssue'), written: status },
  { noun: 'InterconnectionReviews', make: review, written: status },
  { noun: 'CustomerAgreements', make: agreement, written: status },
  { noun: 'ServiceOrders', make: () => ({ mRID: fresh() }), written: works },
  { noun: 'WorkRequests', make: () => ({ mRID: fresh() }), written: works },
  { noun: REQUESTS, make: groupRequest, written: status },
  { noun: EVENTS, make: () => event([]), written: staged },
  {
    noun: PARTICIPATIONS,
    make: () => reservation(event([[20, 21]]), freshDevice()),
    written: (object, state) => ({ ...object, state }),
  },
  {
    noun: UNAVAILABILITIES,
    make: () => ({
      ...{ mRID: fresh(), reason: 'away', EndDevices: [freshDevice()] },
      period: { end: at(21), start: at(20) },
    }),
    written: status,
  },
  { noun: DISPATCHES, make: () => dispatch({ mRID: fresh() }), written: asIs },
  { noun: GROUPS, make: () => group(MEMBERS), written: asIs, more: ofGroup },
]

/** With the one stage that it has, which is over by now, in a state. */
function staged({ mRID, ...rest }: Identified, state: string): Identified {
  const Names = [nameOf(`S-${mRID}`, 'externalId')]
  const stages = [{ interval: { end: at(8), start: at(7) }, Names, status: { value: state } }]
  return { ...rest, mRID, stages, status: { value: state } }
}

function review(): Identified {
  const mRID = fresh
  return {
    mRID: fresh(),
    DERRegistration: { mRID: mRID() },
    PricingStructure: { mRID: mRID() },
    ServiceRequest: { mRID: mRID() },
  }
}

function groupRequest(): Identified {
  return {
    mRID: fresh(),
    action: 'form',
    EndDeviceGroup: { mRID: fresh() },
    EndDevices: MEMBERS,
    PricingStructure: { mRID: fresh() },
    requestor: { Names: [{ name: 'ACME Energy' }] },
  }
}

function ofGroup({ mRID }: Identified) {
  const object = { mRID, description: 'another' }
  return [
    ['change', { verb: 'change', noun: GROUPS, object }],
    ['remove', removal(mRID, MEMBERS.slice(1))],
    ['removeLast', removal(mRID, MEMBERS)],
    ['dispatch', { verb: 'create', noun: DISPATCHES, object: dispatch({ mRID }) }],
  ] as const
}

/** An object in a state, without the way there. */
async function placed({ noun, make, written }: Living, state: string): Promise<Identified> {
  const object = written(make(), state)
  const body = writeJson(object)
  const put = { noun, id: object.mRID, expect: 0, state, names: [], body, owner: '' }
  // Who has no dispatch is not dispatched any more.
  const isDispatched = noun === GROUPS && state === 'dispatched'
  const puts = [isDispatched ? { ...put, state: 'available' } : put]
  const done = await ways.gateway.store.commit({ puts, removals: [], events: [] })
  assert.is(done.kind, 'committed')
  if (isDispatched) await ways.ok({ verb: 'create', noun: DISPATCHES, object: dispatch(object) })
  return object
}

const isWork = ({ written }: Living) => written === works

/** The states in which an object is there. */
const living = (lifecycle: Lifecycle) =>
  statesOf(lifecycle).filter((it) => !lifecycle.terminal.includes(it))

const replyTo = async (wish: Wish) => member(await ways.sent(wish), 'reply')

/** Everything that can be asked of it. */
function askedOf(it: Living, flow: Flow, before: Identified): readonly Asked[] {
  const { noun } = it
  const { mRID } = before
  const statuses = living(flow.lifecycle).map((to) => {
    const object = it.written({ mRID }, to)
    const send = () => replyTo({ verb: 'change', noun, object })
    // What a work is to be is all that is asked of it, by whichever trigger.
    return {
      trigger: flow.trigger(before, it.written(before, to)),
      send,
      ...(isWork(it) ? { to } : {}),
    }
  })
  const verbs = (['cancel', 'close', 'delete'] as const).flatMap((verb) => {
    if (!flow.verbs.includes(verb)) return []
    const asks = verb === 'delete' ? undefined : flow.asks?.[verb]
    const ended = verb === 'delete' ? flow.trigger(before, undefined) : verb
    const trigger = asks === undefined ? ended : flow.trigger(before, asks(before))
    return [{ trigger, send: () => replyTo({ verb, noun, object: { mRID } }) }]
  })
  const steps = Object.entries(flow.steps ?? {}).flatMap(([name, its]) =>
    'takes' in its ? [] : [{ trigger: its.trigger, send: () => stepped(noun, mRID, name) }],
  )
  const more = (it.more?.(before) ?? []).map(([trigger, wish]) => ({
    trigger,
    send: () => replyTo(wish),
  }))
  return [...(it.written === asIs ? [] : statuses), ...verbs, ...steps, ...more]
}

async function stepped(noun: string, mRID: string, name: string) {
  const { status: code, json } = await ways.json('POST', `${resourceOf(noun)}/${mRID}:${name}`)
  return code < 300 ? { Result: 'OK' } : json
}

async function stored(noun: string, mRID: string) {
  return (await ways.gateway.store.objects(noun, [mRID], []))[0]
}

const lastSeq = async () => (await ways.gateway.store.horizon()).last

/** Business events behind one. */
async function eventsSince(seq: number): Promise<number> {
  const events = await ways.gateway.store.events(seq, 100)
  return events.filter((it) => it.noun !== 'messages').length
}

/** Asks one thing of one object. Returns true when the table has no step for it. */
async function tried(it: Living, flow: Flow, state: string, at: number): Promise<boolean> {
  const object = await placed(it, state)
  const asked = askedOf(it, flow, object)[at]
  assert.ok(asked)
  const { steps } = flow.lifecycle
  const rows = steps.filter(
    ({ from, trigger, to }) =>
      from === state && (asked.to === undefined ? trigger === asked.trigger : to === asked.to),
  )
  const [before, seq] = [await stored(it.noun, object.mRID), await lastSeq()]
  assert.is(before?.state, state)
  const reply = await asked.send()
  const where = `${it.noun} ${state} ${asked.trigger}: ${writeJson(reply ?? null)}`
  if (isObject(reply) && member(reply, 'Result') === 'OK') {
    assert.ok(rows.length > 0, where)
    return false
  }
  assert.equal(await stored(it.noun, object.mRID), before, where)
  assert.is(await eventsSince(seq), 0, where)
  if (rows.length > 0) return false
  const { code, rule, ids } = saidIn(reply)
  assert.match(code, /^6\.[12]$/, where)
  assert.match(rule, /^[A-Z]+-/, where)
  assert.ok(ids.includes(object.mRID), where)
  return true
}

for (const [at, it] of LIVING.entries()) {
  const flow: Flow | undefined =
    flowFor(it.noun, 'change') ?? FLOWS.find(({ noun }) => noun === it.noun)
  assert.ok(flow, it.noun)
  const { lifecycle } = flow
  test(`P-07: ${it.noun} ${at}: whatever is asked in whatever state of ${lifecycle.id}, without a step nothing changes`, async () => {
    let illegal = 0
    for (const state of living(lifecycle)) {
      const all = askedOf(it, flow, it.written(it.make(), state))
      for (const place of all.keys()) if (await tried(it, flow, state, place)) illegal += 1
    }
    assert.ok(illegal > 0, 'some of it is illegal')
  })
}

test.run()
