// A schema file as it is on disk, and nothing but that file.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { loadEngine } from './engine.ts'
import { parseXml } from './parse-xml.ts'
import { readSchemas } from './xsd-read.ts'
import { schemaSource } from './xsd-source.ts'

const test = suite('xml-in: schema source')
test.before(loadEngine)

const path = mkdtempSync(join(tmpdir(), 'cimgate-source-'))
test.after(() => rmSync(path, { recursive: true, force: true }))

const schema = (encoding: string) =>
  `<?xml version="1.0" encoding="${encoding}"?>\n<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><!-- ä --></xs:schema>\n`
const folders = [{ path, shipped: false }]

/** [encoding, octets] */
const ENCODINGS: readonly (readonly [string, Buffer])[] = [
  ['UTF-8', Buffer.from(schema('UTF-8'))],
  ['ISO-8859-1', Buffer.from(schema('ISO-8859-1'), 'latin1')],
  ['UTF-16', Buffer.from(`\ufeff${schema('UTF-16')}`, 'utf16le')],
]

for (const [encoding, octets] of ENCODINGS) {
  test(`gives the text of a file in ${encoding}, comments and layout included`, async () => {
    writeFileSync(join(path, 'a.xsd'), octets)
    const { files } = await readSchemas(folders, parseXml)
    assert.is(files[0] && schemaSource(folders, files[0]), schema(encoding))
  })
}

test('gives nothing of a file that has changed, is gone, or is in no folder', async () => {
  writeFileSync(join(path, 'a.xsd'), schema('UTF-8'))
  const [file] = (await readSchemas(folders, parseXml)).files
  assert.ok(file)
  for (const location of ['/1/a.xsd', '/0/b.xsd', '/0/../a.xsd', 'typed message'])
    assert.is(schemaSource(folders, { ...file, location }), undefined, location)
  writeFileSync(join(path, 'a.xsd'), `${schema('UTF-8')}\n`)
  assert.is(schemaSource(folders, file), undefined)
})

test.run()
