// Schemas as they are met outside CIM, as a user runs the commands over them: with a DOCTYPE, without a targetNamespace.

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { cimgate, folder, subfolder } from './process.fixture.ts'

const test = suite('cli: unusual schemas')

const XS = 'xmlns:xs="http://www.w3.org/2001/XMLSchema"'

/** A DOCTYPE of the kind that schemas of 2001 have: its DTD is nowhere. */
const DOCTYPE = `<?xml version="1.0"?>
<!DOCTYPE xs:schema PUBLIC "-//W3C//DTD XMLSCHEMA 200102//EN" "XMLSchema.dtd" [
  <!ATTLIST xs:schema xmlns:k CDATA #FIXED 'urn:keys#'>
  <!ENTITY keys 'urn:keys#'>
  <!ENTITY % p ''>
]>`
const DOCTYPES = {
  'keys.xsd': `${DOCTYPE}<xs:schema ${XS} xmlns:k="urn:keys#" targetNamespace="&keys;"><xs:simpleType name="Key"><xs:restriction base="xs:token"><xs:enumeration value="&keys;a"/></xs:restriction></xs:simpleType></xs:schema>`,
  'locks.xsd': `${DOCTYPE}<xs:schema ${XS} xmlns:k="urn:keys#" targetNamespace="urn:locks"><xs:import namespace="&keys;" schemaLocation="keys.xsd"/><xs:element name="Locks" type="k:Key"/></xs:schema>`,
}

test('a set with DOCTYPEs: listed, imported, sampled and judged', async () => {
  const [source, data] = [subfolder('doctypes', DOCTYPES), join(folder, 'data-doctypes')]
  const listed = await cimgate('schemas', 'list', '--xsd', source)
  assert.is(listed.code, 0, listed.err)
  assert.match(listed.out, /^Locks .* urn:locks /m)
  const imported = await cimgate('schemas', 'import', source, '--data', data)
  assert.is(imported.code, 0, `${imported.out}${imported.err}`)
  const { out } = await cimgate('sample', 'Locks', '--data', data)
  assert.match(out, '>urn:keys#a<')
  const message = join(folder, 'locks.xml')
  writeFileSync(message, out)
  const judged = await cimgate('validate', message, '--data', data)
  assert.is(judged.code, 0, judged.out)
  writeFileSync(message, out.replace('urn:keys#a', 'urn:keys#b'))
  const wrong = await cimgate('validate', message, '--data', data)
  assert.match(wrong.out, 'cvc-enumeration-valid')
})

const BARE = {
  'a.xsd': `<xs:schema ${XS}><xs:element name="SluiceGates" type="xs:int"/></xs:schema>`,
}

test('a noun without namespace: listed and imported as such, and why no message is about it', async () => {
  const [source, data] = [subfolder('bare', BARE), join(folder, 'data-bare')]
  const listed = await cimgate('schemas', 'list', '--xsd', source)
  assert.match(listed.out, /^SluiceGates .*  none: no Payload takes it  /m)
  const { out } = await cimgate('schemas', 'import', source, '--data', data, '--as', 'bare@2031')
  assert.match(out, /^SluiceGates .*  none: no Payload takes it  /m)
  const { code, err } = await cimgate('sample', 'SluiceGates', '--xsd', source)
  assert.is(code, 2)
  assert.match(err, /no message about SluiceGates: it has no namespace, and a Payload takes no/)
  assert.match(err, /Validate and convert its documents as they are/)
})

test.run()
