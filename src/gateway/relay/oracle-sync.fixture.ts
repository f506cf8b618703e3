// For tests only: a gateway between two sides that speak Oracle's JSON, and what they say of subscriptions.

import * as assert from 'uvu/assert'
import type { JsonObject } from '../../schema/json-text.ts'
import { USUAL_CHOICES } from '../../flows/choices.ts'
import { bodyOf, msgAck, openOracle, sample } from '../oracle.fixture.ts'
import { wayTo } from '../whole.fixture.ts'

type Any = any

const [SUBSCRIPTIONS, EVENTS] = [['ProgramSubscriptions'], ['ProgramEvents']]
/** Path at which a DERMS acknowledges a subscription. */
export const ACK = 'oracle-cpm/rest/apis/cross/digitalAssets/programEnrollments/postAcknowledgement'

/** What head-end systems have made of devices, as an acknowledgement lists them. */
export const devices = (...all: readonly (readonly [string, string, string])[]) => ({
  deviceList: all.map(([nicId, headEndSystem, headEndRegistration]) => ({
    ...{ nicId, headEndSystem, headEndRegistration },
  })),
})

/** A device by its key. */
export const keyed = (nicId: string, headEndSystem: string) => ({
  Names: [{ name: nicId, NameType: { name: 'nicId', NameTypeAuthority: { name: headEndSystem } } }],
})

/** Answers SUCCESS to whatever is sent. */
export async function openSync() {
  const { whole, told } = await openOracle(
    { choices: { ...USUAL_CHOICES, prematureActive: 'pass' } },
    [
      wayTo('derms', { noun: SUBSCRIPTIONS, verb: ['create', 'change', 'close'], from: ['cpm'] }),
      wayTo('cpm', { noun: SUBSCRIPTIONS, verb: ['changed', 'close'], from: ['derms'] }),
      wayTo('cpm', { noun: EVENTS, verb: ['create'], from: ['derms'] }),
    ],
  )
  whole.answer(() => msgAck('SUCCESS'))

  const sync = async (
    syncRequestId: string,
    subscriptionId: string,
    contact: JsonObject = {},
    nicId = `nic-${subscriptionId}`,
  ) => {
    const { sendDetails } = sample('oracle-cpm/subscriptions')
    const { subscriptionInfo, locationInfo } = sendDetails
    const [first] = locationInfo.controllableDevices
    const { deviceId: _id, ...device } = first
    const badgeNumber = `badge of ${nicId}`
    const controllableDevices = [{ ...device, nicId, badgeNumber, status: 'ACTIVE' }]
    const { text, json } = await told('cpm', 'oracle-cpm/enrollment-sync', {
      sendDetails: {
        ...{ ...sendDetails, syncRequestId },
        contactInfo: { ...sendDetails.contactInfo, ...contact },
        subscriptionInfo: { ...subscriptionInfo, subscriptionId, status: 'ACTIVE' },
        locationInfo: { ...locationInfo, controllableDevices },
      },
    })
    assert.is(json.MsgAck.ackType, 'SUCCESS', text)
    return device as JsonObject
  }

  const ack = (subscriptionId: string, syncRequestId: string, more: JsonObject = {}) =>
    told('derms', ACK, { subscriptionId, syncRequestId, ackType: 'SUCCESS', ...more })

  /** What the DERMS has been told last. */
  const last = (): Any => bodyOf(whole.sent.findLast((it) => it.party === 'derms'))
  const toDerms = () => whole.sent.filter((it) => it.party === 'derms').length
  const stored = async (mRID: string) =>
    (await whole.store.objects('ProgramSubscriptions', [mRID], []))[0]

  const step = (mRID: string, name: string, body: JsonObject, method = 'POST') =>
    whole.ok('cpm', method, `/api/v1/program-subscriptions/${mRID}${name}`, body)

  return { whole, told, sync, ack, last, toDerms, stored, step }
}
