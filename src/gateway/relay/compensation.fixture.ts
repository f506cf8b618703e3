// For tests only: a gateway whose DERMS is a party, with a fleet of devices under contract; with parties that send themselves,
// or sending itself.

import {
  FUNCTIONS,
  TO_CONTRACTED,
  fleet,
  formRequest,
  group,
  steps,
} from '../../flows/acceptance/groups.fixture.ts'
import type { Fleet } from '../../flows/acceptance/groups.fixture.ts'
import type { Identified } from '../../flows/acceptance/connection.fixture.ts'
import { member } from '../../schema/json-text.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import { LOCAL } from '../parties/party.ts'
import { openWhole, partyOf, replyOf, wayTo } from '../whole.fixture.ts'
import type { Whole } from '../whole.fixture.ts'

const TOPOLOGY = {
  ...LOCAL,
  parties: [partyOf('derms')],
  ways: [
    wayTo('derms', { noun: ['DERGroups'], verb: ['create', 'change', 'delete'] }),
    wayTo('local', {}),
  ],
}
/** Both, with what is known to them; close them in `after`. */
export async function openDerms() {
  const [plain, sending] = [
    await openWhole(TOPOLOGY),
    await openWhole({ ...TOPOLOGY, orchestrated: ['der-group-request'] }),
  ]
  const [mine, theirs]: readonly [Fleet, Fleet] = [
    await fleet(plain.asking, 2),
    await fleet(sending.asking, 2),
  ]
  /** The DERMS takes what it is sent. */
  const takes = () => {
    for (const it of [plain, sending]) it.answer((_party, leg) => replyOf(leg))
  }
  const close = async () => {
    await plain.close()
    await sending.close()
  }
  return { plain, sending, mine, theirs, takes, close }
}

export const REFUSED =
  '<Error><code>6.1</code><level>FATAL</level><reason>Feeder full.</reason></Error>'

export async function contracted(
  { asking }: Whole,
  { tariff, devices }: Fleet,
): Promise<Identified> {
  const asked = formRequest(devices, tariff, { DERFunction: FUNCTIONS })
  await asking.ok({ verb: 'create', noun: 'DERGroupRequests', object: asked })
  await steps(asking, asked.mRID, TO_CONTRACTED)
  return asked
}

/** The agreements of the members name the group, as GF-03 has it. */
export async function named(whole: Whole, request: JsonObject): Promise<readonly string[]> {
  const { objects } = await whole.store.page('CustomerAgreements', { limit: 100 })
  for (const { id } of objects)
    await whole.ok('cs', 'PATCH', `/api/v1/customer-agreements/${id}`, {
      CustomerAgreement: [{ EndDeviceGroups: [member(request, 'EndDeviceGroup') ?? {}] }],
    })
  return objects.map(({ id }) => id)
}

export async function put(whole: Whole, agreement: string): Promise<void> {
  await whole.ok('cs', 'PATCH', `/api/v1/customer-agreements/${agreement}`, {
    CustomerAgreement: [{ EndDeviceGroups: null }],
  })
}

export async function stateOf({ store }: Whole, mRID: string): Promise<string | undefined> {
  return (await store.objects('DERGroupRequests', [mRID], []))[0]?.state
}

export async function alarms(whole: Whole): Promise<readonly JsonObject[]> {
  const all = (await whole.ok('cs', 'GET', '/api/v1/alarms'))['alarms'] as readonly JsonObject[]
  return all.filter((it) => it['kind'] === 'state')
}

export const creating = (devices: readonly JsonObject[], request: JsonObject) => ({
  EndDeviceGroup: [group(devices, member(request, 'EndDeviceGroup') as JsonObject)],
})

export const told = async ({ store }: Whole, mRID: string) =>
  (await store.events(0, 100_000))
    .filter((it) => it.subject === mRID)
    .map((it) => it.state)
    .slice(-2)
