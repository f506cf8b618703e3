// An OperationSet on its way to another party: it goes whole, with both flags, and what the party says of each operation
// comes back.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import { DER_FUNCTIONS } from '../flows/der-functions.fixture.ts'
import * as assert from 'uvu/assert'
import {
  derGroups,
  flaggedSet,
  group,
  message,
  operation,
  part,
} from '../gateway/messages.fixture.ts'
import { serve } from '../main.ts'
import type { Running } from '../main.ts'
import { storedIds } from './client.fixture.ts'

const test = suite('serve: relay of an OperationSet')

const KEY = 'key-of-set'
const A = 'a0000000-0000-4000-8000-00000000000a'
const B = 'b0000000-0000-4000-8000-00000000000b'

const folder = mkdtempSync(join(tmpdir(), 'cimgate-set-'))
const running: Running[] = []
let [front, back] = ['', '']

async function start(name: string, config?: string): Promise<string> {
  const file = join(folder, `${name}.yaml`)
  if (config !== undefined) writeFileSync(file, config)
  const how = { port: 0, host: '127.0.0.1', data: join(folder, name), log: 'silent' }
  const it = await serve(how, { xsd: [], ...(config === undefined ? {} : { config: file }) })
  running.push(it)
  return it.address
}

test.before(async () => {
  back = await start('back')
  process.env['KEY_OF_SET'] = KEY
  front = await start(
    'front',
    `
parties:
  dms: {binding: {type: cim-xml, url: "${back}/cim"}}
  cs: {auth: [{apiKey: "\${KEY_OF_SET}"}], operator: true}
routes:
  - {when: {noun: OperationSet, verb: execute}, to: dms}
  - {when: {noun: DERGroups, verb: [create, change, delete, get]}, to: dms}
`,
  )
})

test.after(async () => {
  for (const it of running) await it.close()
  rmSync(folder, { recursive: true })
})

async function ask(path: string, body?: string): Promise<string> {
  const headers = { 'X-API-Key': KEY, 'Content-Type': 'application/xml' }
  const method = body === undefined ? 'GET' : 'POST'
  const answer = await fetch(front + path, { method, headers, ...(body ? { body } : {}) })
  return answer.text()
}

const execute = (...operations: readonly string[]) =>
  ask(
    '/cim',
    message(
      { verb: 'execute', noun: 'OperationSet' },
      flaggedSet({ sequence: true, integrity: true }, ...operations),
    ),
  )

test('goes whole with both flags; one that fails undoes all over there, and each is told of', async () => {
  const text = await execute(
    operation('1', 'create', derGroups(group({ mRID: A }))),
    operation('2', 'change', derGroups(part({ mRID: B }))),
  )
  assert.match(text, /<Result>FAILED</)
  assert.match(text, /<code>5\.9<(?:(?!<\/Error>).)*<operationId>1</)
  assert.match(text, /<code>5\.3<(?:(?!<\/Error>).)*<operationId>2</)
  assert.equal(await storedIds(back), [])
  const { messages } = JSON.parse(await ask('/api/v1/messages?direction=out&party=dms')) as {
    readonly messages: readonly { readonly id: string }[]
  }
  assert.is(messages.length, 1)
  const sent = await ask(`/api/v1/messages/${messages[0]?.id}/raw`)
  for (const flag of ['enforceMsgSequence', 'enforceTransactionalIntegrity'])
    assert.match(sent, `<${flag}>true</${flag}>`)
  assert.is(sent.match(/<Operation>/g)?.length, 2)
})

test('what is carried out there is carried out as one', async () => {
  const text = await execute(
    operation('1', 'create', derGroups(group({ mRID: A }))),
    operation('2', 'create', derGroups(group({ mRID: B }))),
  )
  assert.match(text, /<Result>OK</)
  assert.equal(await storedIds(back), [A, B])
})

test('without a route of its own it goes the way of its operations; so does a PATCH that removes something', async () => {
  const plain = await start(
    'plain',
    `
parties:
  dms: {binding: {type: cim-xml, url: "${back}/cim"}}
  cs: {auth: [{apiKey: "\${KEY_OF_SET}"}], operator: true}
routes:
  - {when: {noun: DERGroups, verb: [create, change, delete, get]}, to: dms}
`,
  )
  const headers = { 'X-API-Key': KEY, 'Content-Type': 'application/json' }
  const path = `${plain}/api/v1/der-groups`
  const mRID = 'c0000000-0000-4000-8000-00000000000c'
  const DERFunction = Object.fromEntries(DER_FUNCTIONS.map((it) => [it, true]))
  const EndDevices = [{ mRID: 'd' }]
  const one = { mRID, description: 'to go', DERFunction, EndDevices, Names: [{ name: 'C' }] }
  const body = { EndDeviceGroup: [one] }
  const created = await fetch(path, { method: 'POST', headers, body: JSON.stringify(body) })
  assert.is(created.status, 201, await created.text())
  const patch = JSON.stringify({ description: null })
  const patched = await fetch(`${path}/${mRID}`, { method: 'PATCH', headers, body: patch })
  assert.is(patched.status, 200, await patched.text())
  const there = await fetch(`${back}/api/v1/der-groups/${mRID}`)
  assert.not.match(await there.text(), /to go/)
})

test.run()
