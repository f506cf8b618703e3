// What Oracle's customer programme side says of records that have one device in two stages, read against what it was sent: by the
// stage that a response repeats, by its place, or by the stage of the message.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { JsonObject } from '../../schema/json-text.ts'
import type { Party } from '../parties/party.ts'
import type { Answered } from '../peer.ts'
import { http, party } from './dispatcher.fixture.ts'
import { LEG } from './verdict.fixture.ts'
import { vendorVerdict } from './vendor-verdict.ts'

const test = suite('delivery: vendor verdict')

const CPM = 'POST /rest/apis/cross/service/programEventParticipation'
const binding = { type: 'json', dialect: 'oracle-cpm', url: 'https://cpm.example', timeoutMs: 1 }
const cpm = { ...party('cpm'), binding } as Party

/** What each refusal is about: the device, and its stage. */
function refused(
  path: string,
  body: object,
  response: readonly JsonObject[],
): readonly (readonly (string | undefined)[])[] {
  const text = JSON.stringify({ MsgAck: { ackType: 'ERROR', responses: { response } } })
  const bytes = new TextEncoder().encode(text)
  const leg = {
    ...{ ...LEG, verb: 'changed', noun: 'EventParticipations' },
    ...{ target: `${CPM}/${path}`, request: JSON.stringify(body) },
  }
  const answer = http(200, { contentType: 'application/json', bytes }) as Answered
  const errors = vendorVerdict(leg, answer, cpm)?.said?.errors ?? []
  return errors
    .filter(({ code }) => code !== '0.2')
    .map(({ id, relatedID }) => [id?.$, relatedID?.$])
}

const postOutcomeList = ['s1', 's2', 's3'].map((eventExternalIdentifier, at) => ({
  ...{ eventExternalIdentifier, headEndSystem: 'HES' },
  ...{ nicId: at === 2 ? 'other' : 'nic', outcome: 'D1SP' },
}))
const done = (id: string) => ({ id, responseCode: 'SUCCESS' })
const bad = (id: string, more: JsonObject = {}) => ({ id, responseCode: 'ERROR', ...more })

test('a response says by itself which stage it is about', () => {
  const two = bad('nic', { eventExternalIdentifier: 's2', headEndSystem: 'HES' })
  assert.equal(refused('postEventOutcome', { postOutcomeList }, [two, done('other')]), [
    ['nic', 's2'],
  ])
})

test('where there is one response for each record, in their order, it is that of its record', () => {
  const all = [done('nic'), bad('nic'), done('other')]
  assert.equal(refused('postEventOutcome', { postOutcomeList }, all), [['nic', 's2']])
})

test('where some are missing nobody can tell, and both are meant', () => {
  assert.equal(refused('postEventOutcome', { postOutcomeList }, [bad('nic'), done('other')]), [
    ['nic', undefined],
  ])
})

test('what is reserved belongs to the stage of its message', () => {
  const deviceList = ['nic', 'other'].map((nicId) => ({ nicId, headEndSystem: 'HES' }))
  const body = { eventExternalIdentifier: 's4', deviceList }
  assert.equal(refused('reserveDevice', body, [bad('nic'), done('other')]), [['nic', 's4']])
})

test.run()
