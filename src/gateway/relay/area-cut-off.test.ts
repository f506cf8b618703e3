// Deployment V2 as it is shipped: a DERMS for each area, one of which cannot be reached for hours. What is for it is stored
// and forwarded, in the order of each group; the other area and everybody in the centre notice nothing.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { FUNCTIONS } from '../../flows/acceptance/groups.fixture.ts'
import type { Json, JsonObject } from '../../schema/json-text.ts'
import { REGISTRATION } from '../../serve/architecture-messages.fixture.ts'
import { presetTopology } from '../../serve/preset-topology.fixture.ts'
import type { Leg } from '../ledger.ts'
import { OK_ANSWER, openWhole, replyOf } from '../whole.fixture.ts'

const test = suite('relay: an area that is cut off')

const [NORTH, SOUTH] = ['dso-derms:north', 'dso-derms:south'] as const
const whole = await openWhole(await presetTopology('distributed'))
const { store, time } = whole
test.after(() => whole.close())

/** Parties that nobody can reach. */
const away = new Set<string>()
/** What has reached a party, in this order. */
const reached: Leg[] = []
whole.answer((party, leg) => {
  if (away.has(party))
    return { kind: 'unreachable', reason: 'no way there', sent: false, permanent: false }
  reached.push(leg)
  return leg.request.includes('RequestMessage') ? replyOf(leg) : OK_ANSWER
})

const [MINUTE, HOUR] = [60_000, 3_600_000] as const
const fresh = () => crypto.randomUUID()

/** One message in CIM-JSON; acknowledged at once where it is to be answered later. */
async function said(
  party: string,
  verb: string,
  noun: string,
  payload: Json,
  header: JsonObject = {},
): Promise<string> {
  const MessageID = fresh()
  const isEvent = verb.endsWith('d')
  const body = JSON.stringify({
    message: isEvent ? 'EventMessage' : 'RequestMessage',
    header: { Verb: verb, Noun: noun, MessageID, CorrelationID: MessageID, ...header },
    payload,
  })
  const headers = { 'content-type': 'application/json' }
  const { status, text } = await whole.ask(party, 'POST', '/cim', { body, headers })
  assert.ok(status === 200 && /"Result":"OK"/.test(text), text)
  return MessageID
}

/** The DMS waits for nobody. */
const asked = (verb: string, noun: string, root: JsonObject) =>
  said(
    'dso-dms',
    verb,
    noun,
    { [noun]: root },
    {
      AsyncReplyFlag: true,
      ReplyAddress: 'http://127.0.0.1:1/dso-dms',
    },
  )
const told = (verb: string, noun: string, root: JsonObject) =>
  said('dso-dms', verb, noun, { [noun]: root })

/** A device that is registered in an area. */
async function device(area: string): Promise<string> {
  const mRID = fresh()
  const NetworkLocation = { substation: { Names: [{ name: area }] } }
  const own = {
    ...{ mRID: fresh(), dsoRegistryId: { name: fresh() }, ServiceRequest: { mRID: fresh() } },
    ...{ EndDevice: { mRID }, NetworkLocation },
  }
  const place = { ...(REGISTRATION.UsagePoint as JsonObject), mRID: fresh() }
  const root = { DERRegistration: [{ ...REGISTRATION, ...own, UsagePoint: place }] }
  await said('dso-cs', 'create', 'DERRegistrations', { DERRegistrations: root })
  return mRID
}

const group = (mRID: string, more: JsonObject): JsonObject => ({
  EndDeviceGroup: [{ mRID, DERFunction: FUNCTIONS, ...more }],
})
const members = (...mRIDs: readonly string[]): JsonObject => ({
  EndDevices: mRIDs.map((mRID) => ({ mRID })),
})

/** What has arrived at a party about something, in this order. */
const arrived = (party: string, about: string) =>
  reached
    .filter((it) => it.party === party && it.request.includes(about))
    .map((it) => `${it.verb} ${/<description>([^<]*)/.exec(it.request)?.[1] ?? it.noun}`)

/** What tracking shows of the messages to an area. */
async function listed(party: string, ...states: readonly string[]) {
  const query = { direction: 'out', party, state: states.join(), limit: '1000' }
  const { text } = await whole.ask('operator', 'GET', '/api/v1/messages', { query })
  return (JSON.parse(text) as { messages: readonly Listed[] }).messages
}

interface Listed {
  readonly messageID: string
  readonly orderKey: string
  readonly reason: string
}

/** The last that WS /status tells of a message. */
async function lastOf(messageID: string): Promise<string | undefined> {
  const events = await store.events(0, 100_000)
  return events.filter((it) => it.noun === 'messages' && it.subject === messageID).at(-1)?.state
}

async function hours(n: number): Promise<void> {
  for (const end = time.passed() + n * HOUR; time.passed() < end; await whole.quiet()) time.step()
}

const WAITING = ['QUEUED', 'FAILED']

test('V2: what is for an area that is cut off waits, in the order of each group, over a restart; the other has its own at once', async () => {
  const [north, south] = [await device('north'), await device('south')]
  const [own, first, second] = [fresh(), fresh(), fresh()]
  await whole.quiet()
  const begun = time.passed()
  away.add(SOUTH)
  await asked('create', 'DERGroups', group(own, members(north)))
  const waits = [
    await asked('create', 'DERGroups', group(first, members(south))),
    await asked('create', 'DERGroups', group(second, members(south))),
    // The DERMS has not heard of the group yet, and neither has our record: it is that area's all the same.
    await asked('change', 'DERGroups', group(first, { description: 'one' })),
    await asked('change', 'DERGroups', group(second, { description: 'one' })),
  ]
  await asked('change', 'DERGroups', group(own, { description: 'one' }))
  await whole.quiet()
  assert.is(time.passed(), begun, 'no time has passed for the other area')
  assert.equal(arrived(NORTH, own), ['create DERGroups', 'change one'])
  assert.equal(await listed(NORTH, ...WAITING), [])

  await hours(3)
  assert.match((await whole.ask('operator', 'GET', '/api/v1/alarms')).text, /dso-derms:south/)
  await whole.restart()
  waits.push(await asked('change', 'DERGroups', group(first, { description: 'two' })))
  await told('deleted', 'DERGroups', group(second, {}))
  await asked('change', 'DERGroups', group(own, { description: 'two' }))
  await whole.quiet()
  assert.equal(arrived(NORTH, own), ['create DERGroups', 'change one', 'change two'])
  assert.equal(arrived(SOUTH, ''), [])

  const open = await listed(SOUTH, ...WAITING)
  assert.is(open.length, 6)
  for (const it of open)
    assert.ok(WAITING.includes((await lastOf(it.messageID)) ?? ''), it.messageID)
  assert.ok(
    open.some(({ reason }) => reason.includes('no way there')),
    JSON.stringify(open),
  )

  await hours(5)
  away.delete(SOUTH)
  const back = time.passed()
  // Whatever is sent next finds out that it is back; what waits need not wait for its next try, hours away.
  waits.push(await asked('create', 'DERGroups', group(fresh(), members(south))))
  await whole.until(async () => (await listed(SOUTH, ...WAITING)).length === 0)
  assert.ok(time.passed() - back <= 10 * MINUTE, `${(time.passed() - back) / MINUTE} min`)
  assert.equal(arrived(SOUTH, first), ['create DERGroups', 'change one', 'change two'])
  assert.equal(arrived(SOUTH, second), ['create DERGroups', 'change one', 'deleted DERGroups'])
  for (const it of open) assert.is(await lastOf(it.messageID), 'ACKED')
  const all = reached.filter((it) => it.party === SOUTH)
  assert.is(new Set(all.map((it) => it.messageID)).size, all.length, 'each once')
  // Whoever asked has heard long since that it waits; our record has what has come of it.
  const heard = waits.slice(0, -1).map((it) => answers(it).map((text) => RULE.exec(text)?.[1]))
  for (const [rule, ...more] of heard) {
    assert.equal(more, [], 'once')
    // 4.1 where a try was under way just then.
    assert.match(rule ?? '', /^PEER-(NOT-SENT|TIMEOUT)$/)
  }
  assert.ok(heard.flat().includes('PEER-NOT-SENT'))
  const { text } = await whole.ask('dso-dms', 'GET', `/api/v1/der-groups/${first}`)
  assert.match(text, /"description":"two"/)
})

const RULE = /rule=([\w-]+)/

/** What the DMS has been told of a request of its own. */
const answers = (messageID: string) =>
  reached
    .filter(({ party, request }) => party === 'dso-dms' && request.includes(messageID))
    .map(({ request }) => request)

test('V2: what is told to both areas is with the one at once, and waits for the other', async () => {
  away.add(SOUTH)
  const customer = fresh()
  await said('cis', 'created', 'CustomerConfig', {
    CustomerConfig: { Customer: [{ mRID: customer }] },
  })
  await whole.quiet()
  assert.equal(arrived(NORTH, customer), ['created CustomerConfig'])
  assert.is((await listed(SOUTH, ...WAITING)).length, 1)
  away.delete(SOUTH)
  await whole.until(async () => arrived(SOUTH, customer).length === 1)
})

test('V2: a group of devices of both areas goes to neither, and whoever asks for it is told why', async () => {
  const mRID = fresh()
  const both = members(await device('north'), await device('south'))
  const body = JSON.stringify(group(mRID, both))
  const headers = { 'content-type': 'application/json' }
  const asking = { body, headers }
  const { status, text } = await whole.ask('dso-dms', 'POST', '/api/v1/der-groups', asking)
  assert.is(status, 502)
  assert.match(text, /several providers, (south and north|north and south); send them/)
  await whole.quiet()
  assert.equal([arrived(NORTH, mRID), arrived(SOUTH, mRID)], [[], []])
})

test.run()
