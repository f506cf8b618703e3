// Messages of our own that are received here: once however often they are tried, refused with a reason, and not at all when
// they are not due any more.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { JsonObject } from '../../schema/json-text.ts'
import { contentsOf } from '../content.ts'
import { judgedAnswer } from '../delivery/answered.ts'
import type { Verdict } from '../delivery/verdict.ts'
import { flowIn } from '../flow-in.ts'
import { NOW, SILENT, openFixture } from '../gateway.fixture.ts'
import type { Fixture } from '../gateway.fixture.ts'
import type { Leg } from '../ledger.ts'
import { aloneWith } from '../standing.ts'
import { LOCAL } from '../parties/party.ts'
import type { Choice } from '../parties/index.ts'
import { workOf } from '../tasks.ts'
import { receivingHere } from './here.ts'
import { causeOf, dueInOf, inNameOf, inwardOn } from './inward.ts'
import type { Next } from './inward.ts'

const test = suite('relay: received here')

let gateway: Fixture
let choice: Choice = { kind: 'local' }
let here: ReturnType<typeof receivingHere>
let inward: ReturnType<typeof inwardOn>

test.before(async () => {
  gateway = await openFixture()
  const { schemas, validate, store, exchange } = gateway
  const own = { schemas, validate, log: SILENT, source: 'cimgate', clock: () => NOW }
  const parts = {
    ...own,
    ...{ store, flow: flowIn(schemas), contentOf: contentsOf(schemas) },
  }
  inward = inwardOn({ ...parts, newId: () => crypto.randomUUID() })
  here = receivingHere({
    ...parts,
    receive: exchange.receive,
    senderOf: (party) => ({ party }),
    ...{ topology: () => LOCAL, courier: { choose: () => choice } },
    standings: { of: async (_message, sender) => aloneWith(sender), seen: (_noun, it) => it },
    workOf: (message) => workOf(message, parts.contentOf),
    judged: (leg, answer) =>
      judgedAnswer(leg, answer, undefined, {
        judge: (bytes) => validate.judge(bytes, { json: true }),
      }),
  })
})
test.before.each(() => void (choice = { kind: 'local' }))
test.after(() => gateway.close())

const uuid = (n: number) => `0a0b0c0d-0000-4000-8000-${String(n).padStart(12, '0')}`

const work = (n: number, statusKind: string): JsonObject => ({
  mRID: uuid(n),
  Work: [{ mRID: uuid(n + 100), kind: 'construction', statusKind }],
})

/** A message that follows from a piece of work. */
async function following(n: number, next: Asked): Promise<Leg> {
  const origin = { id: 'o', exchangeId: 'e', at: NOW, traceparent: '' }
  const about = ['WorkRequests', uuid(n)] as const
  const { legs } = await inward(
    { from: 'dso-cs', draft: {}, ...next },
    { origin, flow: 'work-request', about },
  )
  const [leg] = legs
  assert.ok(leg)
  return leg
}

type Asked = Omit<Extract<Next, { readonly objects: unknown }>, 'from' | 'draft'>

const asked = (verb: 'create' | 'change', object: JsonObject): Asked => ({
  ...{ verb, noun: 'WorkRequests', objects: [object] },
})

async function became(leg: Leg): Promise<Verdict> {
  const tried = await here(leg)
  assert.ok(tried)
  return tried.verdict
}

async function stored(n: number) {
  const [it] = await gateway.store.objects('WorkRequests', [uuid(n)], [])
  return it === undefined ? 'none' : `${it.state} ${it.revision}`
}

test('what is tried again is the same message, with one effect', async () => {
  const leg = await following(1, asked('create', work(1, 'waitingOnApproval')))
  for (let n = 0; n < 3; n += 1) assert.is((await became(leg)).kind, 'done')
  assert.is(await stored(1), 'waitingOnApproval 1')
})

test('what is refused says why, and is judged anew when it is tried again; then it is done once', async () => {
  await became(await following(2, asked('create', work(2, 'waitingOnApproval'))))
  const leg = await following(2, asked('change', work(2, 'scheduled')))
  for (let n = 0; n < 2; n += 1) {
    const { kind, reason } = await became(leg)
    assert.is(kind, 'refused')
    assert.match(reason, /^6\.1 .*Engineering approves/)
  }
  await became(await following(2, asked('change', work(2, 'approved'))))
  for (let n = 0; n < 2; n += 1) assert.is((await became(leg)).kind, 'done')
  assert.is(await stored(2), 'scheduled 3')
})

test('what no route takes is refused with that reason, and not received', async () => {
  choice = { kind: 'none', reason: 'No route takes it.' }
  const leg = await following(3, asked('create', work(3, 'waitingOnApproval')))
  assert.equal(await became(leg), {
    kind: 'refused',
    outcome: 'technical',
    reason: 'No route takes it.',
  })
  assert.is(await stored(3), 'none')
})

test('what is not due any more is not received: its cause has gone on, or is gone', async () => {
  const due = ['waitingOnApproval']
  const next = { ...asked('change', work(4, 'approved')), dueIn: due }
  const { kind, reason } = await became(await following(4, next))
  assert.equal(
    [kind, reason],
    ['canceled', 'It is not due any more: what it follows from is gone.'],
  )
  await became(await following(4, asked('create', work(4, 'waitingOnApproval'))))
  assert.is((await became(await following(4, next))).kind, 'done')
  assert.match(
    (await became(await following(4, next))).reason,
    /what it follows from is approved\.$/,
  )
  assert.is(await stored(4), 'approved 2')
})

test('what cannot be read any more is told, and a message to a party is not received here', async () => {
  const leg = await following(5, asked('create', work(5, 'waitingOnApproval')))
  assert.match((await became({ ...leg, request: '<x' })).reason, /cannot be read/)
  assert.is(here({ ...leg, target: 'PUT /groups/1' }), undefined)
})

test('a leg says in whose name it is, what it follows from, and while what', async () => {
  const leg = await following(6, { ...asked('create', work(6, 'approved')), dueIn: ['a', 'b'] })
  assert.equal([inNameOf(leg), dueInOf(leg)], ['dso-cs', ['a', 'b']])
  assert.equal(causeOf(leg), { noun: 'WorkRequests', subject: uuid(6) })
  const plain = await following(6, asked('create', work(6, 'approved')))
  assert.equal([inNameOf(plain), dueInOf(plain)], ['dso-cs', undefined])
  assert.equal(causeOf({ orderKey: 'Things a%20b%25c' }), { noun: 'Things', subject: 'a b%c' })
})

test('what the schema does not allow is parked before anybody is asked', async () => {
  const leg = await following(7, asked('create', { mRID: 'no-uuid', Work: [] }))
  assert.equal([leg.state, leg.request], ['PARKED', ''])
  assert.match(leg.findings, /cvc-/)
})

test.run()
