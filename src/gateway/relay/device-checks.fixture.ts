// For tests only: checks of devices over a whole gateway in virtual time.

import type { JsonObject } from '../../schema/json-text.ts'
import { USUAL_QUANTITIES } from '../../flows/quantities.ts'
import type { Leg } from '../ledger.ts'
import { LOCAL } from '../parties/party.ts'
import type { Topology } from '../parties/party.ts'
import type { PeerAnswer } from '../peer.ts'
import { openWhole, partyOf, replyOf, wayTo } from '../whole.fixture.ts'

/** what is asked */
export const NOUN = 'EndDeviceStatuses'
/** its namespace */
const NS = 'http://cimgate.example/draft/2026/EndDeviceStatuses#'
/** failures in a row that are an alarm */
export const MOST = 4

const asks = (from: string, to: string) => ({
  ...wayTo(to, { noun: [NOUN], verb: ['get'], from: [from] }),
  reply: 'async' as const,
  retry: { delaysMs: [600_000] },
})

/** cpm asks derms; lame is not able to, and folder knows no reply */
const TOPOLOGY: Topology = {
  ...LOCAL,
  deployment: 'centralized',
  parties: [
    ...['cpm', 'derms'].map(partyOf),
    {
      ...partyOf('lame'),
      profile: { ...partyOf('lame').profile, deviceStatusCheck: 'unsupported' },
    },
    partyOf('away'),
    { ...partyOf('folder'), binding: { type: 'file', folder: '/tmp/none', format: 'xml' } },
  ],
  ways: [
    asks('cpm', 'derms'),
    asks('csr', 'lame'),
    asks('yard', 'folder'),
    { ...asks('ops', 'away'), whenTargetDown: 'refuse' },
    { ...wayTo('local', { noun: [NOUN, 'OperationReports'] }), to: ['local'] },
  ],
  quantities: { ...USUAL_QUANTITIES, failuresInARow: MOST },
}

/** Received, and answered later. */
export const LATER: PeerAnswer = {
  kind: 'answered',
  status: 202,
  contentType: '',
  bytes: new Uint8Array(),
}

/** What a DERMS says of a device. */
export interface Told {
  readonly commState?: string
  readonly value?: string
  readonly mRID?: string
}

/** The reply of a DERMS about the device of a question. */
export function answered(leg: Leg, told: Told, result = 'OK', error = ''): PeerAnswer {
  const device = /<EndDevice>[^]*?<\/EndDevice>/.exec(leg.request)?.[0] ?? ''
  const id = told.mRID === undefined ? '' : `<mRID>${told.mRID}</mRID>`
  const state = told.commState === undefined ? '' : `<commState>${told.commState}</commState>`
  const status = told.value === undefined ? '' : `<status><value>${told.value}</value></status>`
  const payload = `<Payload><${NOUN} xmlns="${NS}"><EndDeviceStatus>${id}${state}${device}${status}</EndDeviceStatus></${NOUN}></Payload>`
  const plain = replyOf(leg, error, result)
  if (plain.kind !== 'answered') return plain
  const xml = new TextDecoder().decode(plain.bytes)
  const bytes = new TextEncoder().encode(
    xml.replace('</ResponseMessage>', `${payload}</ResponseMessage>`),
  )
  return { ...plain, bytes }
}

/** A refusal with a code. */
export const refusing = (leg: Leg, code: string) =>
  replyOf(leg, `<Error><code>${code}</code><level>FATAL</level><reason>no</reason></Error>`)

/** A gateway, and what is asked of it and seen of it. */
export async function openChecks() {
  const whole = await openWhole(TOPOLOGY)
  let devices = 0

  /** One check by POST. @returns its mRID, and what the façade has said */
  async function posted(by = 'cpm', mRID?: string) {
    devices += 1
    const EndDevice = { mRID: `device-${devices}` }
    const body = { EndDeviceStatus: [{ ...(mRID === undefined ? {} : { mRID }), EndDevice }] }
    const headers = { 'content-type': 'application/json' }
    const said = await whole.ask(by, 'POST', '/api/v1/device-status-checks', {
      body: JSON.stringify(body),
      headers,
    })
    const json = JSON.parse(said.text) as JsonObject
    const [made] = (json['EndDeviceStatus'] ?? []) as readonly JsonObject[]
    return { said, json, mRID: String(made?.['mRID']), EndDevice }
  }

  async function kept(mRID: string): Promise<JsonObject> {
    const json = await whole.ok('cpm', 'GET', `/api/v1/device-status-checks/${mRID}`)
    return ((json['EndDeviceStatus'] ?? []) as readonly JsonObject[])[0] ?? {}
  }

  async function stateOf(mRID: string): Promise<string | undefined> {
    return (await whole.store.objects(NOUN, [mRID], []))[0]?.state
  }

  /** The states that a socket has heard of a check. */
  async function told(mRID: string): Promise<readonly string[]> {
    const events = await whole.store.events(0, 10_000)
    return events.filter((it) => it.noun === NOUN && it.subject === mRID).map((it) => it.state)
  }

  async function reached(mRID: string, state: string): Promise<void> {
    await whole.until(async () => (await stateOf(mRID)) === state)
  }

  return { whole, posted, kept, stateOf, told, reached }
}
