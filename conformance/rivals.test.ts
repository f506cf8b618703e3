// Two providers at one product, each with credentials of its own: what is of one is to the other as what never was (IT-33).

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { auth, openScene } from '../src/serve/scene.fixture.ts'
import type { Scene } from '../src/serve/scene.fixture.ts'
import type { Results } from './engine/results.ts'
import { asking } from './told.fixture.ts'

const test = suite('conformance: two providers')
const told = asking(30)
const folder = mkdtempSync(join(tmpdir(), 'cimgate-rivals-'))
const ics = join(folder, 'ics.json')
let scene: Scene
let count = 0

test.before(async () => {
  scene = await openScene(
    () => `
parties:
  "tp:acme:cs": {${auth('tp:acme:cs')}, sources: [cimgate-conformance]}
  "tp:beta:cs": {${auth('tp:beta:cs')}}
routes: [{to: local}]
`,
  )
  writeFileSync(ics, (await told('list', { role: 'GW' })).out)
})
test.after(async () => {
  await scene.close()
  rmSync(folder, { recursive: true })
})

const key = (party: string) => ({ 'X-API-Key': `key-of-${party}` })

/** How the case ended, why, and what was found. */
async function played(rivalHeader: Readonly<Record<string, string>>) {
  const report = join(folder, String((count += 1)))
  const options = { target: `${scene.address}/cim`, ics, report, only: ['IT-33'] }
  const { exit } = await told('run', { ...options, header: key('tp:acme:cs'), rivalHeader })
  const { cases } = JSON.parse(readFileSync(join(report, 'results.json'), 'utf8')) as Results
  const [it] = cases
  const found = it?.findings.map((one) => `${one.requirement} ${one.step}`) ?? []
  return {
    exit,
    verdict: it?.verdict,
    why: it?.why,
    found,
    wire: readFileSync(join(report, 'results.json'), 'utf8'),
  }
}

test('IT-33: the gateway shows a provider nothing of another', async () => {
  const { exit, verdict, found, wire } = await played(key('tp:beta:cs'))
  assert.equal([exit, verdict, found], [0, 'pass', []])
  assert.not.match(wire, /key-of-/, 'no key is kept')
})

test('IT-33: where both are the same, whatever is shown is found', async () => {
  const { exit, verdict, found } = await played(key('tp:acme:cs'))
  assert.equal([exit, verdict], [1, 'fail'])
  assert.equal(
    [...new Set(found)],
    ['TEN-01 seen', 'TEN-01 changed', 'TEN-01 dissolved', 'TEN-01 kept'],
  )
})

test('IT-33: without the credentials of another it does not apply, and says what it takes', async () => {
  const { verdict, why } = await played({})
  assert.is(verdict, 'not-applicable')
  assert.match(why ?? '', /--rival-header/)
})

test.run()
