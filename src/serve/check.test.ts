// cimgate check as operators use it: a configuration, and the store of a gateway that runs, was ended, or is damaged.

import { spawnSync } from 'node:child_process'
import {
  copyFileSync,
  mkdirSync,
  openSync,
  statSync,
  rmSync,
  writeFileSync,
  writeSync,
  closeSync,
} from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { CLI, cimgate, file } from '../cli/process.fixture.ts'
import { openStore } from '../shell/store/index.ts'
import { NOTHING, NOW, queued, sent } from '../shell/store/contract/ledger.ts'
import { endAll, newFolder, start } from './process.fixture.ts'
import { groupJson, newGroup } from './messages.fixture.ts'

const test = suite('serve: check')

test.after(endAll)

test('a right configuration is valid, in a few words, and printed with every key and no secret', async () => {
  const config = file(
    'right.yaml',
    'parties: {dms: {binding: {type: cim-xml, url: "http://dms.test/cim"}, auth: [{apiKey: "${DMS_KEY}"}]}}\nroutes: [{to: dms}]\n',
  )
  const env = { ...process.env, DMS_KEY: 'not-to-be-seen', CIMGATE_LIMITS_DEPTH: '33' }
  const check = (...more: readonly string[]) =>
    spawnSync(process.execPath, [CLI, 'check', '--config', config, ...more], {
      env,
      encoding: 'utf8',
    })
  const plain = check()
  assert.is(plain.status, 0)
  assert.match(
    plain.stdout,
    /^✓ valid {2}\S+right\.yaml {2}local · parties: 1 · routes: 1 · version/,
  )
  const printed = check('--print')
  assert.is(printed.status, 0)
  assert.match(printed.stdout, /^source: cimgate\n/)
  assert.match(printed.stdout, /timeout: 30s/)
  assert.match(printed.stdout, /depth: 33/)
  assert.match(printed.stdout, /apiKey: \$\{DMS_KEY\}/)
  assert.not.match(printed.stdout + printed.stderr, /not-to-be-seen/)
  const again = await cimgate('check', '--config', file('printed.yaml', printed.stdout))
  assert.match(again.out, /DMS_KEY is not set/, 'what is printed is a configuration itself')
})

test('everything that is wrong is told with its place, by check and by serve alike', async () => {
  const config = file(
    'wrong.yaml',
    'limits: {depth: 1000}\nparties: {dms: {binding: {type: cim-xml, url: ftp://x}}}\nroutes: [{to: nobody}]\n',
  )
  const [check, serve] = await Promise.all([
    cimgate('check', '--config', config),
    cimgate('serve', '--port', '0', '--config', config, '--data', newFolder()),
  ])
  assert.is(check.code, 1)
  assert.match(check.out, /^✗ invalid {2}\S+wrong\.yaml\n/)
  assert.match(check.out, /3 errors, no warnings\.\n$/)
  const lines = check.out.split('\n').filter((it) => it.startsWith('  '))
  assert.is(lines.length, 3, check.out)
  assert.match(lines[0] ?? '', /wrong\.yaml:1:17: limits\.depth: /)
  assert.is(serve.code, 2)
  for (const it of lines) assert.ok(serve.err.includes(it.trim()), `${it}\n${serve.err}`)
})

test('editions, nouns and paths that are nowhere are told, also beside other problems', async () => {
  const config = file(
    'named.yaml',
    `schemas: {DERGroups: 1999}
parties: {v: {binding: {type: json, url: "http://v.test", dialect: exmple}}}
routes:
  - {when: {noun: DERGroup}, to: local}
  - {when: {noun: DERGroups}, to: v, order: "key:EndDeviceGroup.mRIDs"}
visibility: [{party: v, deny: [DERGroups.EndDevices, DERGroups.EndDevice, DERGroups.EndDeviceGroup]}]
`,
  )
  const { code, out } = await cimgate('check', '--config', config)
  assert.is(code, 1)
  assert.match(out, /DERGroups.*1999/)
  assert.match(
    out,
    /:2:68: parties\.v\.binding\.dialect: there is no dialect exmple; did you mean example\./,
  )
  assert.match(
    out,
    /warning: .*:4:19: routes\[0\]\.when\.noun: .* DERGroup; did you mean DERGroups\./,
  )
  assert.match(
    out,
    /warning: .*:5:45: routes\[1\]\.order: DERGroups has no mRIDs there; did you mean mRID\./,
  )
  assert.match(
    out,
    /warning: .*\.deny\[1\]: DERGroups has no EndDevice there; did you mean EndDevices/,
  )
  assert.match(out, /warning: .*\.deny\[2\]: the schema of DERGroups requires EndDeviceGroup, /)
  assert.not.match(out, /deny\[0\]/)
})

test('a file that cannot be read, and a folder that is not there, are no verdict', async () => {
  const found = await Promise.all([
    cimgate('check', '--config', 'nowhere.yaml'),
    cimgate('check', '--data', join(newFolder(), 'none')),
    cimgate('check', '--dta'),
  ])
  assert.equal(
    found.map((it) => it.code),
    [2, 2, 2],
  )
})

test('a store: while it is in use, after it was ended, and after a kill', async () => {
  const data = newFolder()
  const empty = await cimgate('check', '--data', data)
  assert.match(empty.out, /^✓ new .*\n {2}store {2}none yet/)
  const served = await start(data)
  await fetch(`${served.address}/api/v1/der-groups`, {
    method: 'POST',
    body: groupJson(newGroup()),
    headers: { 'Content-Type': 'application/json' },
  })
  const used = await cimgate('check', '--data', data)
  assert.is(used.code, 0)
  assert.match(used.out, new RegExp(`^– in use .*\\n {2}held by {2}process ${served.child.pid} on`))
  assert.is((await fetch(`${served.address}/readyz`)).status, 200)
  await served.end('SIGKILL')
  const killed = await cimgate('check', '--data', data)
  assert.is(killed.code, 0)
  assert.match(killed.out, /^✓ sound/)
  assert.match(killed.out, /last stop +none: /)
  assert.match(killed.out, /integrity +every page/)
  assert.match(killed.out, /objects +1\n/)
  assert.match(killed.out, /messages +1: 1 ACKED\n/)
  const again = await cimgate('check', '--data', data)
  assert.match(again.out, /last stop +none: /, 'it is found as it was left')
  await (await start(data)).end('SIGTERM')
  assert.match((await cimgate('check', '--data', data)).out, /last stop +clean/)
})

test('what is to be sent, since when, and what would never be', async () => {
  const data = newFolder()
  const store = await openStore(data)
  await store.commit(queued([sent('one')]))
  await store.claim({
    holder: 'gone',
    now: NOW,
    until: '2020-01-01T00:00:00.000Z',
    limit: 1,
    notTo: [],
  })
  await store.close()
  const sound = await cimgate('check', '--data', data)
  assert.is(sound.code, 0, sound.out)
  assert.match(sound.out, /to be sent +1, the oldest of \d{4}-/)
  assert.match(sound.out, /expired leases +1\n/)
  const lost = await openStore(data)
  await lost.commit({ ...NOTHING, legs: [sent('two')] })
  await lost.close()
  const broken = await cimgate('check', '--data', data)
  assert.is(broken.code, 1, broken.out)
  assert.match(broken.out, /^✗ broken/)
  assert.match(
    broken.out,
    /no place in the outbox; resend it: POST \/api\/v1\/messages\/\S+:resend/,
  )
})

test('damage is told with a remedy: pages, a lost marker, a lost database, a newer schema', async () => {
  const whole = newFolder()
  const served = await start(whole)
  for (let n = 0; n < 20; n += 1)
    await fetch(`${served.address}/api/v1/der-groups`, {
      method: 'POST',
      body: groupJson(newGroup(20)),
      headers: { 'Content-Type': 'application/json' },
    })
  await served.end('SIGTERM')
  const copy = (change: (data: string) => void) => {
    const data = join(newFolder(), 'data')
    mkdirSync(data)
    for (const name of ['cimgate.db', 'cimgate.json'])
      copyFileSync(join(whole, name), join(data, name))
    change(data)
    return cimgate('check', '--data', data)
  }
  const marker = '{"format":"cimgate-store","schema":99,"created":"x","state":"ready"}'
  const found = await Promise.all([
    copy((data) => spoil(join(data, 'cimgate.db'))),
    copy((data) => rmSync(join(data, 'cimgate.json'))),
    copy((data) => rmSync(join(data, 'cimgate.db'))),
    copy((data) => writeFileSync(join(data, 'cimgate.json'), marker)),
    copy((data) => writeFileSync(join(data, 'cimgate.db'), 'no database at all '.repeat(999))),
  ])
  for (const { code, out } of found) {
    assert.is(code, 1, out)
    assert.match(out, /^✗ broken/)
    assert.match(out, /Restore the whole folder|Start the version/, out)
  }
})

/** Overwrites pages in the middle of a database. */
function spoil(path: string): void {
  const descriptor = openSync(path, 'r+')
  const page = 4096
  const pages = Math.floor(statSync(path).size / page)
  for (let at = 4; at < pages; at += 1) writeSync(descriptor, Buffer.alloc(64, 7), 0, 64, at * page)
  closeSync(descriptor)
}

test.run()
