// Files of outcomes and of network locations: the same machinery, another table of columns, and the rules of their flows.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
  event,
  freshDevice,
  reservation,
  stageAs,
  stagesIn,
} from '../../flows/acceptance/events.fixture.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import { member } from '../../schema/json-text.ts'
import { LOCAL } from '../parties/party.ts'
import { openFolders } from './folder.fixture.ts'

const test = suite('gateway: kinds of files')

const folders = await openFolders(LOCAL)
test.after(() => folders.close())

const keyOf = (device: JsonObject) => {
  const [name] = member(device, 'Names') as readonly JsonObject[]
  return String(name?.['name'])
}

/** Codes and rules of the items of a report. */
function itemsIn(report: JsonObject) {
  const items = (report['items'] ?? []) as readonly JsonObject[]
  return items.map((it) => `${it['outcome']} ${it['code']} ${it['details']}`).toSorted()
}

/** Lets time go by until this hour of 14 July 2026. */
async function later(hour: number): Promise<void> {
  const { time, gateway } = folders.whole
  const due = Date.UTC(2026, 6, 14, 0, hour * 60)
  time.timers.after(due - Date.parse(time.clock()), () => undefined)
  while (Date.parse(time.clock()) < due) {
    time.step()
    await gateway.dispatcher.quiet()
  }
}

const OUTCOMES =
  'eventExternalIdentifier,headEndSystem,nicId,outcome,participationStartDateTime,participationEndDateTime,errorMessage'

test('EV-04/AC4: outcomes of a stage close its participations; those of devices that were never reserved are refused, and reserved devices that are missing are listed', async () => {
  const scene = folders.open({ kindId: 'event-outcomes', from: 'derms' })
  const { ok } = scene.whole
  const its = event([[20, 21]])
  await ok('derms', 'POST', '/api/v1/program-events', { ProgramEvent: [its] })
  const devices = [freshDevice(), freshDevice(), freshDevice(), freshDevice(), freshDevice()]
  const all = devices.map((it) => reservation(its, it))
  for (const it of all)
    await ok('derms', 'POST', '/api/v1/event-participations', { EventParticipation: [it] })
  const external = keyOf(stagesIn(its)[0] ?? {})
  const line = (device: JsonObject, outcome: string, more = '') =>
    `${external},HES-NORTH,${keyOf(device)},${outcome},2026-07-14T20:00:00Z,2026-07-14T21:00:00Z,${more}`
  const stateOf = async (at: number) => {
    const path = `/api/v1/event-participations/${all[at]?.mRID ?? ''}`
    const json = await ok('derms', 'GET', path)
    const [it] = (json['EventParticipation'] ?? []) as readonly JsonObject[]
    return [it?.['state'], it?.['outcome'] ?? null]
  }
  scene.put('early.csv', `${OUTCOMES}\n${line(devices[0] ?? {}, 'D1SP')}\n`)
  assert.match(itemsIn(await scene.run()).join(), /FAILED 6\.1 rule=OUT-STATE/)
  for (const [hour, state] of [
    [20.5, 'IN_PROGRESS'],
    [21.5, 'COMPLETED'],
  ] as const) {
    await later(hour)
    await ok('derms', 'PATCH', `/api/v1/program-events/${its.mRID}`, stageAs(its, 0, state))
  }
  scene.put(
    'outcomes.csv',
    [
      OUTCOMES,
      line(devices[0] ?? {}, 'D1SP'),
      line(devices[1] ?? {}, 'D1ER', `"no answer, ${'x'.repeat(150)}"`),
      line(freshDevice(), 'D1ND'),
      line(freshDevice(), 'D1SP', 'why'),
      line(devices[3] ?? {}, 'D1XX'),
      line(devices[4] ?? {}, 'D1ER'),
    ].join('\n'),
  )
  const report = await scene.run()
  assert.equal(itemsIn(report), [
    'FAILED 2.29 rule=OUT-UNRES',
    'FAILED 5.8 rule=FILE-RECORD',
    'FAILED 5.8 rule=FILE-RECORD',
    'FAILED 5.8 rule=FILE-RECORD',
    'MISSING 5.8 rule=OUT-MISSING',
  ])
  const text = String(report['text'])
  assert.match(text, `${keyOf(devices[2] ?? {})} at HES-NORTH`, 'as people know it')
  for (const it of all) assert.not.match(text, it.mRID)
  assert.equal(await stateOf(0), ['CLOSED', 'success'])
  assert.equal(await stateOf(1), ['CLOSED', 'error'])
  assert.is((await stateOf(2))[1], null)
})

test('MD-01: the initial file of network locations comes before what has changed', async () => {
  const scene = folders.open({ kindId: 'network-locations', from: 'dso-dms' })
  const header = 'usagePoint,transformer,feeder,substation,effective'
  scene.put('1.csv', `${header}\nUP-1,T1,F1,S1,\n`, { sequence: 1, transferKind: 'incremental' })
  assert.match(itemsIn(await scene.run()).join(), /FAILED 6\.1 rule=NET-INIT/)
  scene.put('2.csv', `${header}\nUP-1,T1,F1,S1,\nUP-2,T1,F1,,\n`, { transferKind: 'initial' })
  scene.put('3.csv', `${header}\nUP-1,T2,F1,S1,\n`, { sequence: 3, transferKind: 'incremental' })
  assert.match(String((await scene.run())['subject']), /2 taken/)
  const json = await scene.whole.ok('cs', 'GET', '/api/v1/network-locations')
  assert.match(JSON.stringify(json), /T2/)
  assert.not.match(JSON.stringify(json), /UP-2/)
})

test.run()
