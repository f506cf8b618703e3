// For tests only: a request about a group of many members, orchestrated: contracts, group, dissolve, each once.

import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import * as assert from 'uvu/assert'
import { FUNCTIONS, steps } from '../../flows/acceptance/groups.fixture.ts'
import { listOf } from '../../flows/reference.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import { REGISTRATION } from '../../serve/architecture-messages.fixture.ts'
import { LOCAL } from '../parties/party.ts'
import { openWhole, partyOf, replyOf, wayTo } from '../whole.fixture.ts'
import type { Whole } from '../whole.fixture.ts'
import { heldOf } from '../world.ts'

/** What it has taken. */
export interface ManyMembers {
  /** seconds from the approval to the group, and from the request to dissolve to its end */
  readonly formed: number
  readonly dissolved: number
  /** octets that are in use when all is over, and at most */
  readonly held: number
  readonly most: number
}

/** objects of one message that prepares */
const AT_ONCE = 1_000
const [PRICE, GROUP] = [{ mRID: 'tariff' }, { mRID: 'group' }] as const

/** A group is formed by a request, and dissolved by another. @throws {AssertionError} what was not done, or not once */
export async function manyMembers(members: number): Promise<ManyMembers> {
  const whole = await openWhole({
    ...LOCAL,
    parties: [partyOf('derms')],
    ways: [
      wayTo('derms', { noun: ['DERGroups'], verb: ['create', 'change', 'delete'] }),
      wayTo('local', {}),
    ],
    orchestrated: ['der-group-request'],
  })
  whole.answer((_party, leg) => replyOf(leg))
  const devices = Array.from({ length: members }, (_, n) => ({ mRID: `device-${n}` }))
  try {
    await contracted(whole, members)
    await asked(whole, 'form', {
      EndDevices: devices,
      PricingStructure: PRICE,
      DERFunction: FUNCTIONS,
    })
    await steps(whole.asking, 'form', ['check-compliance'])
    let most = 0
    const look = () => (most = Math.max(most, process.memoryUsage().heapUsed))
    const looking = setInterval(look, 100)
    const formed = await seconds(async () => {
      await steps(whole.asking, 'form', ['approve'])
      await whole.until(async () => (await stateOf(whole, 'form')) === 'available')
    })
    await judgeContracts(whole, members, 4, 1)
    const dissolved = await seconds(async () => {
      await asked(whole, 'dissolve', {})
      await whole.until(async () => (await stateOf(whole, 'dissolve')) === 'dissolved')
    })
    clearInterval(looking)
    await judgeContracts(whole, members, 5, 0)
    await judgeMessages(whole)
    return { formed, dissolved, held: inUse(), most }
  } finally {
    await whole.close()
  }
}

async function seconds(what: () => Promise<void>): Promise<number> {
  const began = performance.now()
  await what()
  return (performance.now() - began) / 1_000
}

/** Each DER at a usage point of its own, under a contract that is signed. */
async function contracted(whole: Whole, members: number): Promise<void> {
  const each = (make: (n: number) => JsonObject) =>
    Array.from({ length: members }, (_, n) => make(n))
  const point = (n: number) => ({ mRID: `point-${n}` })
  const { nameplate } = REGISTRATION
  await sent(
    whole,
    'create',
    'DERRegistrations',
    'DERRegistration',
    each((n) => ({
      ...{ mRID: `registration-${n}`, nameplate, EndDevice: { mRID: `device-${n}` } },
      ServiceRequest: { mRID: `request-${n}` },
      UsagePoint: { ...point(n), phaseCode: 's12N' },
    })),
  )
  await agreements(
    whole,
    'create',
    each((n) => ({
      ...{ mRID: `agreement-${n}`, revisionNumber: '1', Customer: { Names: [{ name: `C-${n}` }] } },
      PricingStructures: [PRICE],
      ServiceCategory: { kind: 'electricity' },
      UsagePoints: [point(n)],
      validityInterval: { start: '2026-07-01T00:00:00Z' },
    })),
  )
  for (const value of ['offered', 'active'])
    await agreements(
      whole,
      'change',
      each((n) => ({ mRID: `agreement-${n}`, status: { value } })),
    )
}

const agreements = (whole: Whole, verb: string, objects: readonly JsonObject[]) =>
  sent(whole, verb, 'CustomerAgreements', 'CustomerAgreement', objects)

const asked = (whole: Whole, action: string, more: JsonObject) =>
  sent(whole, 'create', 'DERGroupRequests', 'DERGroupRequest', [
    {
      ...{ mRID: action, action, EndDeviceGroup: GROUP },
      requestor: { Names: [{ name: 'acme' }] },
      ...more,
    },
  ])

async function sent(
  { ask }: Whole,
  verb: string,
  noun: string,
  element: string,
  objects: readonly JsonObject[],
): Promise<void> {
  for (let at = 0; at < objects.length; at += AT_ONCE) {
    const MessageID = crypto.randomUUID()
    const header = { Verb: verb, Noun: noun, MessageID, CorrelationID: MessageID }
    const payload = { [noun]: { [element]: objects.slice(at, at + AT_ONCE) } }
    const body = JSON.stringify({ message: 'RequestMessage', header, payload })
    const headers = { 'content-type': 'application/json' }
    const { text } = await ask('cs', 'POST', '/cim', { body, headers })
    assert.match(text, /"Result":"OK"/, text.slice(0, 1_000))
  }
}

async function stateOf({ store }: Whole, mRID: string): Promise<string | undefined> {
  return (await store.objects('DERGroupRequests', [mRID], []))[0]?.state
}

/** Each agreement was changed once for each step, and names so many groups. */
async function judgeContracts(
  { store }: Whole,
  members: number,
  revision: number,
  groups: number,
): Promise<void> {
  let count = 0
  for (let after: string | null | undefined; after !== null;) {
    const query = { limit: AT_ONCE, ...(after === undefined ? {} : { after }) }
    const page = await store.page('CustomerAgreements', query)
    for (const it of page.objects) {
      const named = listOf(heldOf(it).object, 'EndDeviceGroups').length
      assert.equal([it.id, it.revision, named], [it.id, revision, groups])
    }
    count += page.objects.length
    after = page.next
  }
  assert.is(count, members)
}

/** The DERMS was asked once for each; nothing is left, and nobody has to look at anything. */
async function judgeMessages({ sent: all, store, ok }: Whole): Promise<void> {
  assert.equal(
    all.map((it) => `${it.verb} ${it.noun}`),
    ['create DERGroups', 'delete DERGroups'],
  )
  const { legs } = await store.legs({ limit: 1_000 })
  assert.equal(
    legs.filter((it) => it.state !== 'ACKED'),
    [],
  )
  assert.equal((await ok('cs', 'GET', '/api/v1/alarms'))['alarms'], [])
}

/** Octets, when what nobody needs is gone. */
function inUse(): number {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  collect()
  return process.memoryUsage().heapUsed
}
