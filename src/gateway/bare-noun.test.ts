// A noun whose schema has no targetNamespace: its documents are judged and converted, and wherever somebody asks for
// its messages or its resource, the reason why there are none is told.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { NO_NAMESPACE } from '../schema/bare.ts'
import { sampleMessage } from '../schema/sample/sample.ts'
import { convert } from './convert.ts'
import { openFixture } from './gateway.fixture.ts'
import { nounOf, resourceNouns } from './nouns.ts'

const test = suite('a noun without namespace')

const schemaOf = (root: string, target = '') =>
  `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"${target} elementFormDefault="qualified"><xs:element name="${root}"><xs:complexType><xs:sequence><xs:element name="gate" type="xs:int"/></xs:sequence></xs:complexType></xs:element></xs:schema>`

const folder = mkdtempSync(join(tmpdir(), 'bare-noun-'))
writeFileSync(join(folder, 'a.xsd'), schemaOf('SluiceGates'))
writeFileSync(join(folder, 'b.xsd'), schemaOf('LockGates', ' targetNamespace="urn:lock"'))
const gateway = await openFixture({ folders: [{ path: folder, shipped: false }] })
const { schemas, ask } = gateway
test.after(async () => {
  await gateway.close()
  rmSync(folder, { recursive: true, force: true })
})

const bytesOf = (text: string) => new TextEncoder().encode(text)
const XML = '<SluiceGates><gate>1</gate></SluiceGates>'

test('its documents are judged', async () => {
  assert.is((await gateway.validate.judge(bytesOf(XML))).verdict, 'valid')
  const wrong = await gateway.validate.judge(bytesOf(XML.replace('1', 'x')))
  assert.is(wrong.verdict, 'invalid')
})

test('its documents are converted into JSON and back', async () => {
  const json = await convert(bytesOf(XML), gateway, { to: 'json' })
  assert.ok('text' in json && json.text !== undefined)
  const xml = await convert(bytesOf(json.text), gateway, { to: 'xml' })
  assert.match(xml.text ?? '', XML)
})

test('no message carries it, and the finding does not ask for a namespace that there is not', async () => {
  assert.is(sampleMessage(schemas, 'SluiceGates'), undefined)
  const message = `<RequestMessage xmlns="http://iec.ch/TC57/2011/schema/message"><Header><Verb>create</Verb><Noun>SluiceGates</Noun></Header><Payload>${XML.replace('<SluiceGates', '<SluiceGates xmlns=""')}</Payload></RequestMessage>`
  const { verdict, findings } = await gateway.validate.judge(bytesOf(message))
  assert.is(verdict, 'invalid')
  const mend = findings.find((it) => /SluiceGates/.test(it.found))?.mend ?? ''
  assert.match(mend, /^Take SluiceGates out: its schema has no namespace/)
})

test('it has no resource, and the one beside it has', () => {
  assert.is(nounOf(schemas, 'sluice-gates'), undefined)
  assert.is(nounOf(schemas, 'lock-gates'), 'LockGates')
  const nouns = resourceNouns(schemas)
  assert.equal([nouns.includes('SluiceGates'), nouns.includes('LockGates')], [false, true])
})

for (const [method, path] of [
  ['POST', '/api/v1/sluice-gates'],
  ['GET', '/api/v1/sluice-gates'],
  ['PATCH', '/api/v1/sluice-gates/a'],
  ['GET', '/openapi.json?noun=SluiceGates'],
] as const)
  test(`${method} ${path}: 404 with the reason and a mend that is possible`, async () => {
    const [at = '', query = ''] = path.split('?')
    const { status, text } = await ask(method, at, {
      ...(method === 'GET' ? {} : { body: '{"gate": 1}' }),
      query: Object.fromEntries(new URLSearchParams(query)),
    })
    assert.is(status, 404, text)
    assert.match(text, NO_NAMESPACE)
    assert.match(text, /Validate and convert its documents as they are/)
    assert.not.match(text, /Did you mean/)
  })

test('OpenAPI lists it with the reason', async () => {
  const { text } = await ask('GET', '/openapi.json')
  const { info, paths } = JSON.parse(text) as {
    readonly info: { readonly description: string }
    readonly paths: Readonly<Record<string, unknown>>
  }
  assert.match(info.description, `- SluiceGates: ${NO_NAMESPACE}.`)
  assert.equal(
    ['/api/v1/sluice-gates', '/api/v1/lock-gates'].map((it) => it in paths),
    [false, true],
  )
})

test('its page and the list of nouns tell the reason, and offer nothing that there is not', async () => {
  assert.match((await ask('GET', '/docs')).text, `None: ${NO_NAMESPACE}.`)
  const { status, text } = await ask('GET', '/docs/SluiceGates')
  assert.is(status, 200)
  assert.is(text.split(NO_NAMESPACE).length - 1, 3, 'messages, HTTP and samples')
  assert.not.match(text, /api\/v1\/sluice-gates|cimgate sample/)
})

test.run()
