// Octets that a disk has damaged in the data folder of a gateway among its parties: the process stays, what is damaged is
// neither sent nor answered, and all else goes on.

import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { ROOT } from '../layers/sources.fixture.ts'
import { groupXml, newGroup } from './messages.fixture.ts'
import { answerOk, csToDms, legsOf, openScene, until } from './scene.fixture.ts'
import type { Scene } from './scene.fixture.ts'

const test = suite('serve: damaged store')

let scene: Scene
let isUp = false

test.before(async () => {
  scene = await openScene((outside) =>
    csToDms(outside, { route: 'reply: async, order: none, retry: [1s, 1s, 1s]' }),
  )
  scene.behave(({ body }, response) =>
    isUp ? answerOk(response, body) : void response.writeHead(429, { 'Retry-After': '1' }).end(),
  )
})
test.after(() => scene.close())

/** Changes the database while the gateway is down; by a process of its own, because a lock ends with its process. */
async function damage(...statements: readonly string[]): Promise<void> {
  const script = `import Database from 'libsql'
    const database = new Database(process.argv[1])
    for (const it of process.argv.slice(2)) if (database.prepare(it).run().changes !== 1) process.exit(1)`
  const database = join(scene.data, 'cimgate.db')
  await scene.restart(() => {
    const args = ['--input-type=module', '-e', script, '--', database, ...statements]
    execFileSync(process.execPath, args, { cwd: ROOT })
  })
}

test('what was damaged in the outbox is parked by name, and the others are sent', async () => {
  const groups = [newGroup(), newGroup(), newGroup()]
  const ids = groups.map((it) => it.mRID)
  for (const it of groups) assert.match((await scene.send('cs', groupXml(it))).text, '<code>0.3<')
  const request = (at: number) => `where "direction" = 'out' and "request" like '%${ids[at]}%'`
  await damage(
    `update "leg" set "request" = cast(x'ff' as text) || "request" ${request(0)}`,
    `update "leg" set "request" = replace("request", 'create<', 'delete<') ${request(1)}`,
  )
  isUp = true
  scene.heard.length = 0
  await until(() => scene.heard.some(({ body }) => body.includes(ids[2] ?? '?')))
  await until(async () => (await legsOf(scene, 'direction=out&state=PARKED')).length === 2)
  for (const { reason } of await legsOf(scene, 'direction=out&state=PARKED'))
    assert.match(reason, /^Message \S+ of dms \(\S+\) is not what was written\. /)
  const sent = scene.heard.filter(({ body }) => ids.slice(0, 2).some((it) => body.includes(it)))
  assert.equal(sent, [])
})

test('a repeated message whose answer was damaged is told that the gateway has failed', async () => {
  const xml = groupXml(newGroup())
  const first = await scene.send('cs', xml)
  const [leg] = await legsOf(scene, 'direction=in')
  await damage(`update "leg" set "reply" = cast(x'c328' as text) where "id" = '${leg?.id}'`)
  const again = await scene.send('cs', xml)
  assert.is.not(again.text, first.text)
  assert.match(again.text, /<Result>FAILED<[^]*<code>5\.3</)
  const { status, json } = await scene.ask('cs', 'GET', `/api/v1/messages/${leg?.id}`)
  assert.equal([status, json['whose']], [500, 'ours'])
  assert.is((await scene.ask('cs', 'GET', '/api/v1/messages')).status, 200)
})

test.run()
