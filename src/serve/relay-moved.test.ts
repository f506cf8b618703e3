// What a party has carried out takes an object that is kept here a step further: whoever is told of that object hears of it.

import { readFileSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { answerOk, auth, openScene, until } from './scene.fixture.ts'
import type { Scene } from './scene.fixture.ts'

const test = suite('serve: moved by what a party has done')

let scene: Scene

test.before(async () => {
  scene = await openScene(
    (outside) => `
parties:
  cs: {${auth('cs')}, operator: true, sources: [dso-cs, customer-portal]}
  eng: {binding: {type: cim-xml, url: "${outside}/eng", timeout: 10s}}
  portal: {binding: {type: cim-xml, url: "${outside}/portal", timeout: 10s}}
routes:
  - {when: {noun: DERRegistrations, from: cs}, to: eng, timeout: 20s, order: none, retry: [50ms]}
  - {when: {noun: ServiceRequests, verb: changed, from: cimgate}, to: portal}
  - {when: {noun: ServiceRequests, from: cs}, to: local}
`,
  )
  scene.behave(({ body }, response) => answerOk(response, body))
})
test.after(() => scene.close())

const sample = (name: string) =>
  readFileSync(new URL(`../../../samples/${name}.xml`, import.meta.url), 'utf8')

test('a registration that Engineering has taken moves the request, and the portal hears of that once', async () => {
  const created = await scene.send('cs', sample('service-request/request'))
  assert.match(created.text, /<Result>OK/, created.text)
  const registered = await scene.send('cs', sample('der-registration/request'))
  assert.match(registered.text, /<Result>OK/, registered.text)
  const told = () => scene.heard.filter(({ party }) => party === 'portal')
  await until(() => told().length > 0)
  assert.match(
    told()[0]?.body ?? '',
    /<Verb>changed<[^]*<Noun>ServiceRequests<[^]*<value>registered</,
  )
  const { json } = await scene.ask(
    'cs',
    'GET',
    '/api/v1/messages?noun=ServiceRequests&direction=out',
  )
  assert.is((json['messages'] as readonly unknown[]).length, 1)
  assert.equal(
    scene.heard.map(({ party }) => party),
    ['eng', 'portal'],
  )
})

test.run()
