// SR-11 where no party runs the DERMS: our own record is its acknowledgement only where the DERMS is the DSO's.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { connecting } from './connecting.fixture.ts'
import type { Ids } from './connecting.fixture.ts'
import { answerXml, auth, openScene, replyXml, until } from './scene.fixture.ts'
import type { Scene } from './scene.fixture.ts'

const test = suite('serve: no DERMS to acknowledge')

/** What cs tells goes to the DMS, what eng tells stays here; nobody has the role of a DERMS. */
const among = (deployment: string) => (outside: string) => `
deployment: ${deployment}
parties:
  cs: {${auth('cs')}, operator: true}
  eng: {${auth('eng')}}
  dms: {binding: {type: cim-xml, url: "${outside}/dms"}}
routes:
  - {when: {noun: DERRegistrations, verb: [created], from: cs}, to: dms, order: none}
  - {when: {from: [cs, eng]}, to: local}
`

interface Alarm {
  readonly kind: string
  readonly noun: string
  readonly reason: string
  readonly mend: string
}

const scenes: Record<string, Scene> = {}
const at = (deployment: string) => connecting(() => scenes[deployment]!)

test.before(async () => {
  for (const it of ['third-party', 'centralized', 'distributed']) {
    const scene = await openScene(among(it))
    scene.behave(({ messageID }, response) =>
      answerXml(response, replyXml(messageID, 'OK', '', { noun: 'DERRegistrations' })),
    )
    scenes[it] = scene
  }
})
test.after(async () => {
  for (const it of Object.values(scenes)) await it.close()
})

async function approved(deployment: string): Promise<Ids> {
  const it = await at(deployment).reviewed()
  await at(deployment).approve(it)
  return it
}

async function alarmsAbout(deployment: string, { registration }: Ids): Promise<readonly Alarm[]> {
  const { json } = await scenes[deployment]!.ask('cs', 'GET', '/api/v1/alarms?limit=100')
  return (json['alarms'] as readonly Alarm[]).filter((it) => it.reason.includes(registration))
}

for (const [by, what] of [
  ['cs', 'told to the DMS alone'],
  ['eng', 'kept here'],
] as const) {
  test(`SR-11/AC1: with DERMS of third parties, what is ${what} is acknowledged by nobody, and an alarm says so`, async () => {
    const it = await approved('third-party')
    assert.match(await at('third-party').tell(it, by), /<Result>OK/)
    await until(async () => (await at('third-party').notified(it)) === false)
    await until(async () => (await alarmsAbout('third-party', it)).length === 1)
    const [alarm] = await alarmsAbout('third-party', it)
    assert.is(alarm?.kind, 'awaited')
    assert.is(alarm?.noun, 'DERRegistrations')
    assert.match(alarm?.reason ?? '', /no party derms-cs or derms/)
    assert.match(alarm?.mend ?? '', /Add the party/)
  })

  for (const deployment of ['centralized', 'distributed'])
    test(`SR-11/AC1: ${deployment}: what is ${what} has arrived with the DSO's own DERMS, and no alarm is raised`, async () => {
      const it = await approved(deployment)
      assert.match(await at(deployment).tell(it, by), /<Result>OK/)
      await until(async () => (await at(deployment).notified(it)) === true)
      assert.equal(await alarmsAbout(deployment, it), [])
    })
}

test.run()
