// Gateways on a PostgreSQL server: what is said while it is away, that nothing acknowledged is lost with it, and two of them
// on one database.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
  NO_SERVER,
  endServers,
  newSchema,
  sqlOn,
  startServer,
} from '../shell/store/postgres/server.fixture.ts'
import type { TestServer } from '../shell/store/postgres/server.fixture.ts'
import { waitFor } from '../shell/wait.fixture.ts'
import { cimgate } from '../cli/process.fixture.ts'
import { cim, create, post, read } from './client.fixture.ts'
import { groupJson, groupXml, newGroup } from './messages.fixture.ts'
import { besideEachOther, serveOn, withoutDatabase } from './database.fixture.ts'
import { endAll, newFolder } from './process.fixture.ts'

const test = suite('serve: database')
let started: Promise<TestServer> | undefined
test.after(async () => {
  await endAll()
  await endServers()
})

let skipped = 0
function onServer(title: string, check: (server: TestServer) => Promise<unknown>): void {
  if (NO_SERVER === undefined)
    return test(title, async () => void (await check(await (started ??= startServer()))))
  skipped += 1
  test.skip(`${title} (${NO_SERVER})`)
}

onServer(
  'T15b: while the database is away nothing is accepted, all is said, and it goes on within five seconds of its return',
  async (server) => {
    const folder = newFolder()
    const url = await newSchema(server)
    const { address, end, said } = await serveOn(url, folder)
    await create(address, newGroup(2), 'xml')
    await server.kill()
    const ready = async () => (await read(`${address}/readyz`)).status
    await waitFor(async () => (await ready()) === 503, '/readyz to say so')
    assert.match((await read(`${address}/readyz`)).text, /^The database is not available/)
    assert.is((await read(`${address}/livez`)).status, 200)
    const reply = await cim(address, groupXml(newGroup(2)))
    assert.equal([reply.status, /<Result>FAILED<[^]*<code>5\.1</.test(reply.text)], [200, true])
    const problem = await post(`${address}/api/v1/der-groups`, groupJson(newGroup(2)), JSON_TYPE)
    assert.equal([problem.status, problem.headers.get('Retry-After')], [503, '1'])
    assert.match(problem.text, '"code":"5.1"')
    assert.is((await read(`${address}/api/v1/der-groups`)).status, 503)
    await server.start()
    const begun = performance.now()
    await waitFor(async () => (await ready()) === 200, '/readyz to be content')
    assert.ok(performance.now() - begun < 5_000, 'it took more than five seconds')
    await create(address, newGroup(2), 'json')
    assert.is(await end('SIGTERM'), 0)
    assert.match(said(), 'The database')
  },
)

const JSON_TYPE = 'application/json'

onServer('T1: nothing acknowledged is lost when the database is killed under load', (server) =>
  withoutDatabase(server, { kills: 1, each: 24 }),
)

onServer(
  'two gateways on one database answer for each other, and each tells what both have accepted',
  (server) => besideEachOther(server, 16),
)

onServer(
  'cimgate check judges a server as a start would, and what is in its store',
  async (server) => {
    const url = await newSchema(server)
    const open = url.replace('//postgres@', '//postgres:geheim@')
    const before = await cimgate('check', '--database', open)
    assert.equal([before.code, /✓ new/.test(before.out)], [0, true], before.out)
    assert.not.match(before.out + before.err, 'geheim')
    const served = await serveOn(url)
    await create(served.address, newGroup(2), 'json')
    const after = await cimgate('check', '--database', url)
    assert.match(after.out, /✓ sound .*\n  server +PostgreSQL \d+/)
    assert.match(after.out, /\n  objects +1\n/)
    assert.match(after.out, /\n  messages +1 ACKED\n/)
    await served.end('SIGTERM')
    await sqlOn(url, 'update "cimgate" set "schema" = 99')
    const newer = await cimgate('check', '--database', url)
    assert.equal(
      [newer.code, /✗ broken[^]*schema version 99/.test(newer.out)],
      [1, true],
      newer.out,
    )
    const wrong = await cimgate('check', '--database', 'mysql://me:geheim@h/d')
    assert.equal([wrong.code, /geheim/.test(wrong.err)], [2, false])
  },
)

onServer('says what does not fit, ends with 2, and shows no password', async (server) => {
  const url = server.url('nowhere').replace('//postgres@', '//postgres:geheim@')
  const told = await serveOn(url).then(
    () => 'it has started',
    (error: Error) => error.message,
  )
  assert.match(told, /^exit 2: The database server is not one .*sees no schema/)
  assert.not.match(told, 'geheim')
})

if (skipped > 0) console.log(`serve: database: ${skipped} tests ${NO_SERVER}`)
test.run()
