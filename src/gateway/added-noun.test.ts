// "Adding a noun is one XSD file": one that nobody has seen is written to a folder, and everything works with it.

import { Ajv2020 } from 'ajv/dist/2020.js'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { contentSchema } from '../schema/json-schema/json-schema.ts'
import { member, readJson, sameJson, writeJson } from '../schema/json-text.ts'
import type { Json } from '../schema/json-text.ts'
import { messageFromJson } from '../schema/message-xml.ts'
import { mutants } from '../schema/mutate/mutate.ts'
import { sampleMessage } from '../schema/sample/sample.ts'
import { judgeForm } from './translate.ts'
import { convert } from './convert.ts'
import { openFixture } from './gateway.fixture.ts'
import type { RouteAnswer } from './routes.ts'

const test = suite('an added noun')

const NS = 'http://cimgate.example/draft/2031/SluiceGateOrders#'
const XSD = `<?xml version="1.0" encoding="UTF-8"?>
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:m="${NS}" targetNamespace="${NS}" elementFormDefault="qualified">
  <xs:element name="SluiceGateOrders" type="m:SluiceGateOrders"/>
  <xs:complexType name="SluiceGateOrders"><xs:sequence>
    <xs:element name="SluiceGateOrder" type="m:SluiceGateOrder" maxOccurs="unbounded"/>
  </xs:sequence></xs:complexType>
  <xs:complexType name="SluiceGateOrder"><xs:sequence>
    <xs:element name="mRID" type="xs:string" minOccurs="0"/>
    <xs:element name="kind" type="m:SluiceGateKind"/>
    <xs:element name="opening" type="m:Opening"/>
    <xs:element name="startTime" type="xs:dateTime"/>
    <xs:element name="Names" type="m:Name" minOccurs="0" maxOccurs="unbounded"/>
  </xs:sequence></xs:complexType>
  <xs:complexType name="Name"><xs:sequence><xs:element name="name" type="xs:string"/></xs:sequence></xs:complexType>
  <xs:simpleType name="SluiceGateKind"><xs:restriction base="xs:string">
    <xs:enumeration value="radial"/><xs:enumeration value="vertical"/>
  </xs:restriction></xs:simpleType>
  <xs:simpleType name="Opening"><xs:restriction base="xs:decimal">
    <xs:minInclusive value="0"/><xs:maxInclusive value="100"/><xs:fractionDigits value="1"/>
  </xs:restriction></xs:simpleType>
</xs:schema>
`

const folder = mkdtempSync(join(tmpdir(), 'added-noun-'))
writeFileSync(join(folder, 'SluiceGateOrders.xsd'), XSD)
const gateway = await openFixture({ folders: [{ path: folder, shipped: false }] })
const { schemas } = gateway
test.after(async () => {
  await gateway.close()
  rmSync(folder, { recursive: true, force: true })
})

const NOUN = 'SluiceGateOrders'
const VERBS = ['create', 'change', 'delete', 'execute', 'created', 'deleted', 'reply', 'get']
const bytesOf = (text: string) => new TextEncoder().encode(text)

for (const typed of [false, true])
  for (const verb of VERBS.filter((it) => !typed || it !== 'get'))
    test(`${typed ? 'typed ' : ''}${verb}: sampled, valid, and the same after XML and back`, async () => {
      for (let seed = 0; seed < 5; seed += 1) {
        const message = sampleMessage(schemas, NOUN, { verb, typed, seed })
        if (message === undefined) throw new Error('no such message')
        const { xml, issues } = messageFromJson(message, schemas)
        assert.equal(issues, [])
        const { verdict, findings } = await gateway.validate.judge(bytesOf(xml))
        assert.is(verdict, 'valid', `${findings.map((it) => it.message).join()}\n${xml}`)
        const json = await convert(bytesOf(xml), gateway, { to: 'json' })
        assert.ok('text' in json)
        const back = readJson(json.text)
        assert.ok('value' in back && sameJson(back.value, message), writeJson(message))
      }
    })

for (const json of [false, true])
  test(`wrong messages in ${json ? 'JSON' : 'XML'} have the findings that are due`, async () => {
    const all = ['create', 'change'].flatMap((verb) => mutants(schemas, NOUN, { verb, json }))
    assert.ok(all.length > 30, `${all.length}`)
    for (const it of all) {
      const text = it.xml ?? writeJson(it.json ?? null)
      const form = it.xml === undefined ? 'json' : 'xml'
      const { validated } = await judgeForm(bytesOf(text), form, gateway)
      const found = validated.findings.filter((one) => one.severity !== 'info')
      const told = (list: readonly { rule: string; path: string }[]) =>
        list.map(({ rule, path }) => `${rule} ${path}`).toSorted()
      assert.equal(told(found), told(it.expect), `${it.name}\n${text}`)
    }
  })

test('JSON Schema takes what the XSD takes', () => {
  const declared = schemas.payload(undefined, NOUN, 'create')
  if (declared === undefined) throw new Error('not in the catalogue')
  const check = new Ajv2020({ strict: false }).compile(contentSchema(declared) as never)
  const good = {
    SluiceGateOrder: [{ kind: 'radial', opening: 12.5, startTime: '2031-01-01T00:00:00Z' }],
  }
  assert.ok(check(good))
  const [order] = good.SluiceGateOrder
  for (const wrong of [
    { kind: 'round' },
    { opening: 100.5 },
    { opening: 'much' },
    { startTime: undefined },
    { colour: 'red' },
  ])
    assert.not(
      check(JSON.parse(JSON.stringify({ SluiceGateOrder: [{ ...order, ...wrong }] }))),
      JSON.stringify(wrong),
    )
})

const PATH = '/api/v1/sluice-gate-orders'
const bodyOf = ({ text }: RouteAnswer): Json => {
  const it = readJson(text)
  return 'value' in it ? it.value : null
}
const orderIn = (answer: RouteAnswer): Json | undefined => {
  const list = member(bodyOf(answer), 'SluiceGateOrder')
  return Array.isArray(list) ? (list[0] as Json) : undefined
}

test('the JSON API has a resource for it: POST, GET, PATCH, DELETE', async () => {
  const order = { kind: 'radial', opening: 12.5, startTime: '2031-01-01T00:00:00Z' }
  const created = await gateway.ask('POST', PATH, {
    body: JSON.stringify({ SluiceGateOrder: [order] }),
  })
  assert.is(created.status, 201, created.text)
  const mRID = String(member(orderIn(created), 'mRID'))
  const one = `${PATH}/${mRID}`
  assert.is(created.headers?.['Location'], one)

  // What a change does not name stays, so the derived variant has let it pass.
  const patched = await gateway.ask('PATCH', one, { body: '{"opening": 40.0}' })
  assert.is(patched.status, 200, patched.text)
  const read = await gateway.ask('GET', one)
  assert.match(read.text, /"kind":"radial","opening":40\.0,"startTime":"2031-01-01T00:00:00Z"/)

  const wrong = await gateway.ask('PATCH', one, { body: '{"opening": 101}' })
  assert.is(wrong.status, 400, wrong.text)
  assert.match(wrong.text, /cvc-maxInclusive-valid/)
  const gone = await gateway.ask('PATCH', one, { body: '{"kind": null}' })
  assert.is(gone.status, 422, 'an order without kind could be sent to nobody')

  assert.is((await gateway.ask('DELETE', one)).status, 200)
  assert.is((await gateway.ask('GET', one)).status, 404)
})

test('and CIM systems send it as XML', async () => {
  const message = sampleMessage(schemas, NOUN, { verb: 'create' })
  const { xml } = messageFromJson(message ?? null, schemas)
  const reply = await gateway.send(xml)
  assert.is(reply.result, 'OK', reply.text)
  assert.is(reply.judged.verdict, 'valid')
})

test.run()
