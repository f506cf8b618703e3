// What cannot be read may hold anything: the rest may be right, the whole is inconclusive.

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Results } from '../results-shape.ts'
import { asking } from '../told.fixture.ts'

const test = suite('conformance: captured')
const folder = mkdtempSync(join(tmpdir(), 'cimgate-captured-'))
test.after(() => rmSync(folder, { recursive: true, force: true }))

const told = asking(1)
const EVENT = readFileSync(
  fileURLToPath(new URL('../../../samples/der-group-notice/created.xml', import.meta.url)),
)

/** Judges an event that is in order, and this file beside it. */
async function judgedWith(name: string, text: string) {
  const messages = join(folder, name)
  const report = join(folder, `${name}-report`)
  mkdirSync(messages)
  writeFileSync(join(messages, 'event.xml'), EVENT)
  writeFileSync(join(messages, name), text)
  const { exit } = await told('run', { mode: 'offline', messages, report })
  const results = JSON.parse(readFileSync(join(report, 'results.json'), 'utf8')) as Results
  return { exit, results }
}

/** [file, what is in it, why nobody can say] */
const UNREAD: readonly (readonly [string, string, string])[] = [
  ['cut.har', '{"log":', 'it is no JSON'],
  ['odd.har', '{}', 'it is no HTTP archive: log/entries is missing'],
  ['log.ndjson', '{"xml":"<a', 'the line is no JSON'],
]

for (const [name, text, why] of UNREAD)
  test(`${name}: ${why}, and the whole is inconclusive`, async () => {
    const { exit, results } = await judgedWith(name, text)
    assert.equal([exit, results.verdict], [3, 'inconclusive'])
    const unread = results.cases.find((it) => it.id === 'captured/unread')
    assert.equal(
      unread?.steps.map((it) => [it.id.split('#')[0], it.why]),
      [[name, why]],
    )
  })

/** [file]: what is no capture takes nothing away */
const OTHER = ['notes.json', 'readme.txt', 'none.ndjson']

for (const name of OTHER)
  test(`${name}: what is no capture takes nothing away`, async () => {
    const { exit, results } = await judgedWith(name, name.endsWith('json') ? '{}' : 'text')
    assert.equal([exit, results.verdict], [0, 'pass'])
  })

test.run()
