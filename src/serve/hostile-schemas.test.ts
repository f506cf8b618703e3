// A gateway started over a folder in which some schemas are broken or made to do harm: it starts and says which, judges
// by the others, answers for each noun of the bad ones, and answers everybody else meanwhile.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { GOOD_SCHEMA, HOSTILE } from '../cli/hostile-schemas.fixture.ts'
import { cim, post, read } from './client.fixture.ts'
import { groupXml, newGroup } from './messages.fixture.ts'
import { endAll, newFolder, start } from './process.fixture.ts'
import type { Served } from './process.fixture.ts'

const test = suite('serve: hostile schemas')

/** one of each kind that ends by itself; those that only a deadline ends are in shell/xml-in/foreign.test.ts */
const NAMES = [
  'an entity of another file',
  'an include by http',
  'an include of a file of the system',
  'an ambiguous content model',
  'a type that extends itself',
  'a group in itself',
  'a definition twice',
] as const

const cases = NAMES.map((name, at) => {
  const { text = '', fate } = HOSTILE[name] ?? {}
  const own = text.replaceAll('Bad"', `Bad${at}"`).replaceAll('urn:bad', `urn:bad:${at}`)
  return { name, fate, own, file: `${at}.xsd`, noun: `Bad${at}`, ns: `urn:bad:${at}` }
})

// Not while the file is loaded: what other files end and remove would be ours too.
let served: Served
let address = ''
test.before(async () => {
  const folder = newFolder()
  writeFileSync(join(folder, 'Good.xsd'), GOOD_SCHEMA)
  for (const { file, own } of cases) writeFileSync(join(folder, file), own)
  served = await start(newFolder(), '--xsd', folder)
  address = served.address
})
test.after(endAll)

const validate = (xml: string) => post(`${address}/api/v1/validate`, xml, 'application/xml')

/** A request whose payload is judged by the schema of a noun. */
function about(noun: string, ns: string, id: string): string {
  return `<RequestMessage xmlns="http://iec.ch/TC57/2011/schema/message"><Header><Verb>create</Verb><Noun>${noun}</Noun><Timestamp>2026-11-28T00:00:00Z</Timestamp><Source>test</Source><MessageID>${id}</MessageID></Header><Payload><${noun} xmlns="${ns}">1</${noun}></Payload></RequestMessage>`
}

test('T20: starts, and says what it has left out', () => {
  for (const { fate, file } of cases) if (fate === 'left out') assert.match(served.said(), file)
})

test('judges by the good schema beside them', async () => {
  assert.match((await validate('<Good xmlns="urn:good">1</Good>')).text, /"verdict": ?"valid"/)
})

for (const { name, fate, file, noun, ns } of cases)
  test(`T20: ${name}: says that it cannot judge and whose fault it is, and others are answered`, async () => {
    const slow = validate(`<${noun} xmlns="${ns}">1</${noun}>`)
    const alive = await Promise.all([read(`${address}/livez`), cim(address, groupXml(newGroup()))])
    assert.equal(
      alive.map((it) => it.status),
      [200, 200],
    )
    assert.match(alive[1]?.text ?? '', '<Result>OK<')
    const { text } = await slow
    if (fate === 'left out') return assert.match(text, /"verdict": ?"no-schema"/)
    assert.match(text, /"verdict": ?"engine-error"/)
    assert.match(text, file)
    const reply = await cim(address, about(noun, ns, `id-${noun}`))
    assert.match(reply.text, /<Result>FAILED<[^]*<code>5\.3</)
  })

test('its documents are served', async () => {
  for (const path of ['/docs', '/openapi.json', '/docs/Good', '/docs/guide/http'])
    assert.is((await read(`${address}${path}`)).status, 200, path)
  for (const { noun } of cases.filter((it) => it.fate !== 'left out')) {
    const { status, text } = await read(`${address}/docs/${noun}`)
    assert.ok([200, 500].includes(status), noun)
    assert.match(text, `<h1>${noun} `)
  }
})

test.run()
