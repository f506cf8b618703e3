// Fig. 3-2 D: the DMS asks for a capability, the third party picks the members by itself and answers with what it has
// achieved, never with members.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Json, JsonObject } from '../schema/json-text.ts'
import { dispatchOf, group } from './architecture-messages.fixture.ts'
import { ANSWERS, answerCimJson, openArchitecture } from './architecture.fixture.ts'
import type { Architecture } from './architecture.fixture.ts'
import { until } from './scene.fixture.ts'
import type { Heard } from './scene.fixture.ts'

const test = suite('serve: capability')

let it: Architecture

test.before(async () => {
  it = await openArchitecture('third-party')
})
test.after(() => it.close())

const DERMS = 'tp:acme:derms'
const MEMBER = 'member-that-nobody-is-to-see'

let count = 0
const fresh = () => `0e0b0c0d-0000-4000-8000-00000000${1000 + (count += 1)}`

/** A group without members, and beside it what it has to be able to do. */
function asked(mRID: string, kW: string, allowPartial?: boolean): Json {
  const quantity = { multiplier: 'k', unit: 'W', value: kW }
  const request = {
    action: 'form',
    ...(allowPartial === undefined ? {} : { allowPartial }),
    EndDeviceGroup: { mRID },
    PricingStructure: { mRID: 'tariff-7' },
    requestor: { Names: [{ name: 'DSO' }] },
    requiredCapability: [{ DERParameter: 'activePower', flowDirection: 'reverse', quantity }],
  }
  return [{ DERGroups: groupOf(mRID) }, { DERGroupRequests: { DERGroupRequest: [request] } }]
}

function groupOf(mRID: string, ...members: readonly JsonObject[]): JsonObject {
  const [own] = (group(members) as { EndDeviceGroup: readonly JsonObject[] }).EndDeviceGroup
  return { EndDeviceGroup: [{ ...own, mRID, Names: namesOf(mRID) }] }
}

const namesOf = (mRID: string) => [
  { name: `group ${mRID}`, NameType: { name: 'groupName', NameTypeAuthority: { name: 'ACME' } } },
]

const isCreate = ({ party, body }: Heard) =>
  party === DERMS && body.includes('"Verb":"create","Noun":"DERGroups"')

/** What the third party has achieved, in watts; it says its members although nobody has asked. */
function achieves(mRID: string, watts: number | undefined): void {
  it.behave((heard, response) => {
    if (!isCreate(heard)) return ANSWERS(heard, response)
    const { header } = JSON.parse(heard.body) as { header: Record<string, string> }
    const DERMonitorableParameter = [
      {
        DERParameter: 'activePower',
        flowDirection: 'reverse',
        yMultiplier: 'none',
        yUnit: 'W',
        DERCurveData: {
          maxYValue: watts ?? 0,
          nominalYValue: 0,
          timeStamp: '2026-07-14T08:00:00Z',
        },
      },
    ]
    const statuses = { DERGroupStatuses: { EndDeviceGroup: [{ mRID, DERMonitorableParameter }] } }
    const groups = { DERGroups: groupOf(mRID, { mRID: MEMBER }) }
    const reply = { Result: 'OK', Error: [{ code: '0.0' }] }
    const payload = watts === undefined ? [groups] : [groups, statuses]
    answerCimJson(response, header, reply, payload)
  })
}

/** What the DMS hears in the end. */
async function told(payload: Json) {
  const messageID = crypto.randomUUID()
  const replyTo = `${it.outside}/dso-dms/later`
  const header = { AsyncReplyFlag: true, ReplyAddress: replyTo }
  const said = await it.tell('dso-dms', 'create', 'DERGroups', {}, { messageID, payload, header })
  assert.match(said.text, /"code":"0\.3"/, said.text)
  const mine = () =>
    it.sentTo('dso-dms', 'DERGroups', 'reply').filter(({ body }) => body.includes(messageID))
  await until(() => mine().length > 0)
  const [reply] = mine()
  return { body: reply?.body ?? '' }
}

test('F32-D/AC1: what achieves all that is required is formed, and the DMS hears of no member', async () => {
  const mRID = fresh()
  achieves(mRID, 50_000)
  const { body } = await told(asked(mRID, '50.0'))
  assert.match(body, /"Result":"OK"/)
  assert.match(body, /"maxYValue":50000\b/)
  assert.match(body, mRID)
  assert.not.match(body, MEMBER)
  const [heard] = it.sentTo(DERMS, 'DERGroups', 'create').filter((one) => one.body.includes(mRID))
  assert.not.match(heard?.body ?? '', 'EndDevices')
  assert.match(heard?.body ?? '', '"requiredCapability"')
})

test('F32-D/AC1: less than required, where a part is allowed: PARTIAL 0.2 with the shortfall, and the group is there', async () => {
  const mRID = fresh()
  achieves(mRID, 49_999.5)
  const { body } = await told(asked(mRID, '50', true))
  assert.match(body, /"Result":"PARTIAL"/)
  assert.match(body, /"code":"0\.2"[^]*rule=GRP-CAP/)
  assert.match(body, /50000 W are required, 49999\.5 W are achieved, 0\.5 W are missing/)
  assert.match(body, `"$":"${mRID}"`)
  assert.not.match(body, MEMBER)
  assert.equal(
    it.sentTo(DERMS, 'DERGroups', 'delete').filter((one) => one.body.includes(mRID)),
    [],
  )
  const dispatched = await dispatch(mRID)
  assert.match(dispatched.text, /"Result":"OK"/, dispatched.text)
})

for (const [what, allow] of [
  ['does not say', undefined],
  ['says no', false],
] as const)
  test(`F32-D/AC1: less than required, where the request ${what}: GRP-CAP, no group, and the third party takes it back`, async () => {
    const mRID = fresh()
    achieves(mRID, 40_000)
    const { body } = await told(asked(mRID, '50', allow))
    assert.match(body, /"Result":"FAILED"/)
    assert.match(body, /"code":"6\.1"[^]*rule=GRP-CAP/)
    assert.match(body, /10000 W are missing/)
    assert.not.match(body, MEMBER)
    await until(() =>
      it.sentTo(DERMS, 'DERGroups', 'delete').some((one) => one.body.includes(mRID)),
    )
    const { text } = await dispatch(mRID)
    assert.match(text, /"code":"5\.2"|"code":"99\.1"/, 'nothing can be done with it')
  })

test('F32-D/AC1: of a parameter that the third party says nothing of, nothing is achieved', async () => {
  const mRID = fresh()
  achieves(mRID, undefined)
  const { body } = await told(asked(mRID, '50', true))
  assert.match(body, /rule=GRP-CAP[^]*nothing is told of it|nothing is told of it[^]*rule=GRP-CAP/)
})

test('F32-D: what the third party itself refuses is refused as it says', async () => {
  const mRID = fresh()
  it.behave((heard, response) => {
    if (!isCreate(heard)) return ANSWERS(heard, response)
    const { header } = JSON.parse(heard.body) as { header: Record<string, string> }
    const Error = [{ code: '6.1', level: 'FATAL', reason: 'No such fleet.' }]
    answerCimJson(response, header, { Result: 'FAILED', Error })
  })
  const { body } = await told(asked(mRID, '50', true))
  assert.match(body, /"Result":"FAILED"[^]*No such fleet/)
  assert.not.match(body, 'GRP-CAP')
})

function dispatch(mRID: string) {
  const root = dispatchOf(fresh(), mRID, '2026-07-14T14:00:00Z')
  return it.tell('dso-dms', 'create', 'DERGroupDispatches', root)
}

test.run()
