// T17: what a gateway that runs writes into its audit log: each event once, with who, from where and what, and no secret; proved by
// the command afterwards.

import { cpSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { AuditLine } from '../gateway/audit/chain.ts'
import { EVENTS } from '../gateway/audit/events.ts'
import { chainJudge } from '../gateway/audit/verified.ts'
import { serve } from '../main/serve.ts'
import type { Running } from '../main/serve.ts'
import { sha256 } from '../shell/digest.ts'
import { openStore } from '../shell/store/index.ts'
import { waitFor } from '../shell/wait.fixture.ts'
import { refused } from '../shell/websocket/client.fixture.ts'
import { groupXml, newGroup } from './messages.fixture.ts'
import { endAll, newFolder } from './process.fixture.ts'

const test = suite('serve: audited')

const SECRETS = ['geheim-dms', 'geheim-ops', 'geheim-new', 'geheim-wrong']
const CUSTOMER = 'Erika Mustermann, Heidestr. 17'
let config = ''
let data = ''
const options = () => ({ xsd: [], config, data })
const how = () => ({ port: 0, host: '127.0.0.1', data, log: 'silent' })

function configured(dms: string, more = ''): void {
  const text = `
parties:
  dms: {auth: [{apiKey: "\${${dms}}"}], sources: [dso-dms]}
  ops: {auth: [{apiKey: "\${AUDITED_OPS}"}], rights: [operator, auditor]}
${more}`
  writeFileSync(`${config}.new`, text)
  renameSync(`${config}.new`, config)
}

let running: Running
let cut = ''

test.before(async () => {
  Object.assign(process.env, {
    AUDITED_DMS: 'geheim-dms',
    AUDITED_OPS: 'geheim-ops',
    AUDITED_NEW: 'geheim-new',
  })
  const folder = newFolder()
  config = join(folder, 'cimgate.yaml')
  data = join(folder, 'data')
  configured('AUDITED_DMS')
  running = await serve(how(), options())
})
test.after(endAll)

const DMS = { 'X-API-Key': 'geheim-dms' }
const OPS = { 'X-API-Key': 'geheim-ops' }

async function ask(path: string, headers: Readonly<Record<string, string>>, body?: string) {
  const more = body === undefined ? {} : { method: 'POST', body }
  const type = body === undefined ? {} : { 'Content-Type': 'application/xml' }
  const it = await fetch(`${running.address}${path}`, { headers: { ...headers, ...type }, ...more })
  return { status: it.status, text: await it.text() }
}

async function lines(query = 'limit=1000'): Promise<readonly AuditLine[]> {
  const { status, text } = await ask(`/api/v1/audit?${query}`, OPS)
  assert.is(status, 200, text)
  return (JSON.parse(text) as { readonly lines: readonly AuditLine[] }).lines
}

function guarded(xml: string, nonce: string): string {
  const it = `<ReplayDetection><Nonce>${nonce}</Nonce><Created>${new Date().toISOString()}</Created></ReplayDetection>`
  return xml.replace('</Noun>', `</Noun>${it}`)
}

const own = (xml: string) =>
  xml.includes('<Source>')
    ? xml.replace(/<Source>[^<]*/, '<Source>dso-dms')
    : xml.replace('</Timestamp>', '</Timestamp><Source>dso-dms</Source>')

/** Each thing that is done, and what of it stands in the log; by whom. */
const DONE: readonly (readonly [
  what: keyof typeof EVENTS,
  who: string,
  does: () => Promise<unknown>,
])[] = [
  ['login', 'dms', () => ask('/cim', DMS, own(groupXml(newGroup())))],
  ['login-refused', '', () => ask('/cim', { 'X-API-Key': 'geheim-wrong' }, groupXml(newGroup()))],
  ['permission-refused', 'dms', () => ask('/metrics', DMS)],
  [
    'source-refused',
    'dms',
    () => ask('/cim', DMS, own(groupXml(newGroup())).replace('dso-dms', CUSTOMER)),
  ],
  [
    'message-refused',
    'dms',
    () =>
      ask('/cim', DMS, own(groupXml(newGroup())).replace('<Verb>create<', `<Verb>${CUSTOMER}<`)),
  ],
  [
    'document-refused',
    'dms',
    () => ask('/cim', DMS, `<!DOCTYPE x [<!ENTITY e "${CUSTOMER}">]><x>&e;</x>`),
  ],
  [
    'conflict',
    'dms',
    async () => {
      await ask('/cim', DMS, own(groupXml(newGroup(), 'same-id')))
      return ask('/cim', DMS, own(groupXml(newGroup(), 'same-id')))
    },
  ],
  [
    'replay',
    'dms',
    async () => {
      await ask('/cim', DMS, guarded(own(groupXml(newGroup())), CUSTOMER))
      return ask('/cim', DMS, guarded(own(groupXml(newGroup())), CUSTOMER))
    },
  ],
  ['socket-refused', '', () => refused(Number(new URL(running.address).port), '/status', {})],
  [
    'payload-read',
    'ops',
    async () => {
      const { text } = await ask('/api/v1/messages?messageID=same-id', OPS)
      const [message] = (JSON.parse(text) as { messages: { id: string }[] }).messages
      const raw = await ask(`/api/v1/messages/${message?.id}/raw`, OPS)
      assert.is(raw.status, 200)
      assert.is((await ask(`/api/v1/messages/${message?.id}/raw`, DMS)).status, 200)
    },
  ],
  ['audit-read', 'ops', () => lines()],
]

for (const [what, who, does] of DONE)
  test(`T17: ${what} stands in the log once`, async () => {
    await does()
    let found: readonly AuditLine[] = []
    await waitFor(async () => (found = await lines(`what=${what}&limit=100`)).length > 0, what)
    const by = found.filter((it) => it.who === who)
    assert.is(by.length, 1, JSON.stringify(found))
    const [line] = by
    assert.match(line?.at ?? '', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
    assert.match(line?.from ?? '', /127\.0\.0\.1$/)
    assert.ok((line?.subject ?? '') !== '' || what === 'document-refused', 'subject')
  })

test('T17: a changed configuration, and changed credentials, are in the log, and so is a refused one', async () => {
  configured('AUDITED_NEW')
  await waitFor(async () => (await lines('what=credentials')).length > 0, 'credentials')
  const [changed, keys] = [await lines('what=configuration'), await lines('what=credentials')]
  assert.equal(
    keys.map(({ subject }) => subject),
    ['dms'],
  )
  assert.is(changed.length, 2)
  assert.is(changed[1]?.details, 'parties')
  configured('AUDITED_NEW', 'routes: [{to: nobody}]\n')
  await waitFor(async () => (await lines('what=configuration-refused')).length > 0, 'refused')
  configured('AUDITED_NEW')
})

test('T17: filters and pages', async () => {
  const all = await lines()
  const some = await lines('what=login,conflict&who=dms&limit=1')
  assert.is(some.length, 1)
  const after = await lines(`after=${some[0]?.seq}&limit=1000`)
  assert.is(after[0]?.seq, (some[0]?.seq ?? 0) + 1)
  const at = all[3]?.at ?? ''
  assert.ok((await lines(`since=${at}`)).every((it) => it.at >= at))
  assert.ok((await lines(`until=${at}`)).every((it) => it.at < at))
  for (const query of [
    'what=nothing',
    'since=yesterday',
    'limit=0',
    'limit=x',
    'after=-1',
    'other=1',
  ])
    assert.is((await ask(`/api/v1/audit?${query}`, OPS)).status, 400, query)
  assert.is((await ask('/api/v1/audit', { 'X-API-Key': 'geheim-new' })).status, 403)
  assert.is((await ask('/api/v1/audit', {})).status, 401)
})

test('T17: start, stop and an end that nobody asked for are in the log, and all of it is whole', async () => {
  // As it lies there when the process is ended.
  cut = newFolder()
  cpSync(data, cut, { recursive: true })
  await running.close()
  const words = async (at: string) => {
    const store = await openStore(at)
    const all = await store.audit({ limit: 1_000 })
    const ends = await store.auditEnds()
    await store.close()
    assert.ok(ends)
    const judge = chainJudge(ends, sha256)
    for (const line of all) judge.take(line)
    assert.is(judge.end().broken, undefined)
    return all
  }
  const whole = await words(data)
  const kinds = whole.map(({ what }) => what)
  assert.equal([kinds.filter((it) => it === 'start').length, kinds.at(-1)], [1, 'stop'])
  assert.is(kinds.filter((it) => it === 'schemas').length, 1)
  const again = await serve({ ...how(), data: cut }, { ...options(), data: cut })
  await again.close()
  const gap = (await words(cut)).map(({ what }) => what)
  assert.equal(
    gap.filter((it) => ['start', 'stop', 'log-gap', 'schemas'].includes(it)),
    ['schemas', 'start', 'log-gap', 'start', 'stop'],
  )
  // Every kind that is written is one of the table.
  for (const it of kinds) assert.ok(Object.hasOwn(EVENTS, it), it)
})

test('T17: no secret and nothing of a message is in any line', async () => {
  const store = await openStore(data)
  const text = JSON.stringify(await store.audit({ limit: 1_000 }))
  await store.close()
  for (const it of [...SECRETS, CUSTOMER, 'Mustermann', 'EndDeviceGroup>'])
    assert.not.ok(text.includes(it), it)
})

test.run()
