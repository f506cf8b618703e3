// P-08: messages that are repeated, any of them, any number of times and at any later place, leave the same objects in the
// same states behind, and the same events.

import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { messageFromJson } from '../../schema/message-xml.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import { openFixture } from '../../gateway/gateway.fixture.ts'

const test = suite('repeated messages')

const gateway = await openFixture()
test.after(() => gateway.close())

const SEED = 20260714
let run = 0

/** What is done to one agreement and one service request, in order; some of it is refused. */
const STEPS: readonly ((
  own: string,
) => readonly [verb: string, noun: string, object: JsonObject])[] = [
  (own) => ['create', 'CustomerAgreements', agreement(own)],
  (own) => ['change', 'CustomerAgreements', { mRID: `${own}a`, status: { value: 'active' } }],
  (own) => ['change', 'CustomerAgreements', { mRID: `${own}a`, status: { value: 'offered' } }],
  (own) => ['create', 'ServiceRequests', request(own)],
  (own) => ['change', 'CustomerAgreements', { mRID: `${own}a`, status: { value: 'active' } }],
  (own) => ['change', 'CustomerAgreements', { mRID: `${own}a`, loadMgmt: 'x' }],
  (own) => ['create', 'ServiceRequests', { ...request(own), mRID: `${own}r2` }],
  (own) => ['change', 'ServiceRequests', { mRID: `${own}r`, status: { value: 'withdrawn' } }],
  (own) => ['create', 'ServiceRequests', { ...request(own), mRID: `${own}r3` }],
]

function agreement(own: string): JsonObject {
  return {
    mRID: `${own}a`,
    revisionNumber: '1',
    Customer: { mRID: `${own}c` },
    PricingStructures: [{ mRID: `${own}t` }],
    ServiceCategory: { kind: 'electricity' },
    UsagePoints: [{ mRID: `${own}p` }],
    validityInterval: { start: '2026-08-01T00:00:00Z' },
  }
}

function request(own: string): JsonObject {
  return {
    mRID: `${own}r`,
    createdDateTime: '2026-07-14T07:00:00Z',
    kind: 'accountIssue',
    Customer: { mRID: `${own}c` },
    UsagePoint: { mRID: `${own}p` },
  }
}

const ELEMENTS: Readonly<Record<string, string>> = {
  CustomerAgreements: 'CustomerAgreement',
  ServiceRequests: 'ServiceRequest',
}

async function sent(own: string, at: number): Promise<string> {
  const [verb, noun, object] = STEPS[at]?.(own) ?? ['', '', {}]
  const MessageID = `${own}m${at}`
  const header = { Verb: verb, Noun: noun, Timestamp: '2026-07-14T08:00:00Z', MessageID }
  const payload = { [noun]: { [ELEMENTS[noun] ?? '']: [object] } }
  const message = { message: 'RequestMessage', header, payload }
  return (await gateway.send(messageFromJson(message, gateway.schemas).xml)).text
}

/** Everything that is left behind, without the name of the run. */
async function left(own: string): Promise<string> {
  const pages = await Promise.all(
    Object.keys(ELEMENTS).map((noun) => gateway.store.page(noun, { limit: 100_000 })),
  )
  const objects = pages
    .flatMap((it) => it.objects)
    .filter((it) => it.id.startsWith(own))
    .map(({ noun, id, state, revision, body }) => [noun, id, state, revision, body])
  const events = (await gateway.events())
    .filter((it) => it.noun !== 'messages' && it.subject.startsWith(own))
    .map(({ noun, subject, verb, state, revision }) => [noun, subject, verb, state, revision])
  return JSON.stringify([objects, events]).replaceAll(own, '')
}

const fresh = () => `run${(run += 1)}-`

test(`P-08: any duplication, and any reordering of duplicates, gives the same store (seed ${SEED})`, async () => {
  const plain = fresh()
  for (const at of STEPS.keys()) await sent(plain, at)
  const due = await left(plain)
  assert.match(due, 'withdrawn')
  const repeats = fc.array(fc.tuple(fc.nat(STEPS.length - 1), fc.nat(STEPS.length)), {
    maxLength: 12,
  })
  await fc.assert(
    fc.asyncProperty(repeats, async (all) => {
      const own = fresh()
      const first = new Map<number, string>()
      for (const at of [...STEPS.keys(), STEPS.length]) {
        // What is repeated comes somewhere behind its first time, in any order among its like.
        for (const [one, place] of all)
          if (one < at && Math.max(place, one + 1) === at)
            assert.is(await sent(own, one), first.get(one), 'the first answer again')
        if (at < STEPS.length) first.set(at, await sent(own, at))
      }
      assert.is(await left(own), due)
    }),
    { seed: SEED, numRuns: 30 },
  )
})

test(`P-08: the same message at once, many times, is carried out once (seed ${SEED})`, async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 2, max: 6 }), async (times) => {
      const [own, plain] = [fresh(), fresh()]
      await sent(plain, 0)
      await Promise.all(Array.from({ length: times }, () => sent(own, 0)))
      assert.is(await left(own), await left(plain))
    }),
    { seed: SEED, numRuns: 10 },
  )
})

test.run()
