// SOAP between two cimgates: the one in front forwards by its binding, the other lets it in by its UsernameToken.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { serve } from '../main.ts'
import type { Running } from '../main.ts'
import { groupXml, newGroup } from './messages.fixture.ts'

const test = suite('serve: soap relay')

const folder = mkdtempSync(join(tmpdir(), 'cimgate-soap-'))
const running: Running[] = []
test.after(async () => {
  await Promise.all(running.map((it) => it.close()))
  rmSync(folder, { recursive: true })
})

async function start(name: string, config: string): Promise<string> {
  const file = join(folder, `${name}.yaml`)
  writeFileSync(file, config)
  const how = { port: 0, host: '127.0.0.1', data: join(folder, name), log: 'silent' }
  const it = await serve(how, { xsd: [], config: file })
  running.push(it)
  return it.address
}

Object.assign(process.env, {
  SOAP_SECRET: 'söcret',
  FRONT_KEY: 'key-of-front',
  CS_KEY: 'key-of-cs',
  WRONG: 'wrong',
})
const back = await start(
  'back',
  `
publicUrl: https://back.example
parties:
  front: {sources: [cimgate, dso-dms], auth: [{username: us, password: "\${SOAP_SECRET}"}, {apiKey: "\${FRONT_KEY}"}]}
`,
)

async function post(url: string, body: string, headers: Readonly<Record<string, string>>) {
  const response = await fetch(url, { method: 'POST', body, headers })
  return { status: response.status, text: await response.text() }
}

async function stored(mRID: string): Promise<number> {
  const headers = { 'X-API-Key': 'key-of-front' }
  return (await fetch(`${back}/api/v1/der-groups/${mRID}`, { headers })).status
}

for (const style of ['typed', 'generic'])
  for (const version of ['1.1', '1.2'])
    for (const passwordType of ['text', 'digest'])
      test(`forwards ${style} by SOAP ${version}, known by a ${passwordType} token`, async () => {
        const path = style === 'typed' ? '/soap/DERGroups' : '/soap'
        const front = await start(
          `front-${style}-${version}-${passwordType}`,
          `
parties:
  cs: {sources: [dso-dms], auth: [{apiKey: "\${CS_KEY}"}]}
  back: {binding: {type: soap, url: "${back}${path}", version: "${version}", style: ${style}, usernameToken: {username: us, password: "\${SOAP_SECRET}", passwordType: ${passwordType}}}}
routes:
  - {when: {noun: DERGroups}, to: back, retry: [1s], timeout: 10s}
`,
        )
        const group = newGroup()
        const answer = await post(`${front}/cim`, groupXml(group), {
          'Content-Type': 'application/xml',
          'X-API-Key': 'key-of-cs',
        })
        assert.match(answer.text, /<Result>OK</, answer.text)
        assert.is(await stored(group.mRID), 200)
      })

test('a password of ours that a party does not take is ours to mend', async () => {
  const front = await start(
    'front-wrong',
    `
parties:
  cs: {sources: [dso-dms], auth: [{apiKey: "\${CS_KEY}"}]}
  back: {binding: {type: soap, url: "${back}/soap", style: generic, usernameToken: {username: us, password: "\${WRONG}"}}}
routes:
  - {when: {noun: DERGroups}, to: back, timeout: 10s}
`,
  )
  const group = newGroup()
  const answer = await post(`${front}/cim`, groupXml(group), {
    'Content-Type': 'application/xml',
    'X-API-Key': 'key-of-cs',
  })
  assert.match(
    answer.text,
    /<Result>FAILED<.*rule=PEER-PROOF;.*parties\.back\.binding\.usernameToken/s,
  )
  assert.is(await stored(group.mRID), 404)
})

test('whoever proves nothing gets a SOAP fault with 401, and the WSDL its address from the configuration', async () => {
  const answer = await post(`${back}/soap/DERGroups`, '<a/>', { 'Content-Type': 'text/xml' })
  assert.is(answer.status, 401)
  assert.match(answer.text, /<faultcode>soap:Client<.*<code>7\.2</s)
  const headers = { 'X-API-Key': 'key-of-front' }
  const wsdl = await (await fetch(`${back}/soap/DERGroups?wsdl`, { headers })).text()
  assert.match(wsdl, /location="https:\/\/back\.example\/soap\/DERGroups"/)
})

test.run()
