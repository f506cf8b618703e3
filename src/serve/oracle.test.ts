// A DERMS and a customer programme side that each speak their own JSON, and the gateway between them: requests are split for the
// side that takes one at a time, and what it says of each comes back in the words of the other.

import { readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { auth, openScene, until } from './scene.fixture.ts'
import type { Scene } from './scene.fixture.ts'

const test = suite('serve: oracle')

let scene: Scene

type Any = any

test.before(async () => {
  scene = await openScene(
    (outside) => `
parties:
  derms: {${auth('derms')}, operator: true, timeZone: America/Chicago}
  cpm: {binding: {type: json, dialect: oracle-cpm, url: "${outside}/cpm", timeout: 2s}}
  nms: {binding: {type: json, dialect: oracle-derms, url: "${outside}/nms", timeout: 2s}}
routes:
  - {when: {noun: DERGroups}, to: nms}
  - {when: {noun: [ProgramEnrollments, EventParticipations]}, to: cpm, timeout: 5s, order: none, retry: [20ms, 20ms]}
`,
  )
})
test.after(() => scene.close())

const sample = (name: string): Any =>
  JSON.parse(readFileSync(new URL(`../../../samples/${name}.json`, import.meta.url), 'utf8'))

test('it stands', () => assert.ok(scene))

test.run()
