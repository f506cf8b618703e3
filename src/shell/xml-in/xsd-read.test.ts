import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { loadEngine, parseXml } from './index.ts'
import { readSchemas } from './xsd-read.ts'

const test = suite('xsd-read')
test.before(loadEngine)

const root = mkdtempSync(join(tmpdir(), 'xsd-read-'))
test.after(() => rmSync(root, { recursive: true, force: true }))

const SCHEMA =
  '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:a"><xs:element name="a"/></xs:schema>'

let folders = 0
/** A new folder with these files. */
function folder(files: Readonly<Record<string, string>>): string {
  folders += 1
  const path = join(root, String(folders))
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true })
    writeFileSync(join(path, name), text)
  }
  return path
}
const read = (...paths: readonly string[]) =>
  readSchemas(
    paths.map((path) => ({ path, shipped: false })),
    parseXml,
  )

test('reads every schema, folder by folder and in order of names', async () => {
  const first = folder({ 'b.xsd': SCHEMA, 'a.xsd': SCHEMA, 'sub/c.XSD': SCHEMA, 'readme.md': 'no' })
  const { files, unreadable } = await read(first, folder({ 'a.xsd': SCHEMA }))
  assert.equal(
    files.map((it) => it.location),
    ['/0/a.xsd', '/0/b.xsd', '/0/sub/c.XSD', '/1/a.xsd'],
  )
  assert.equal(unreadable, [])
})

test('tells where a file is, what it is and its hash', async () => {
  const path = folder({ 'a.xsd': SCHEMA })
  const [file] = (await read(path)).files
  assert.is(file?.path, join(path, 'a.xsd'))
  assert.is(file?.shipped, false)
  assert.match(file?.sha256 ?? '', /^[0-9a-f]{64}$/)
  assert.is(file?.root.name, 'schema')
})

test('shows a folder as people know it', async () => {
  const path = folder({ 'sub/a.xsd': SCHEMA })
  const { files } = await readSchemas([{ path, shownAs: 'my xsd/', shipped: true }], parseXml)
  assert.is(files[0]?.path, 'my xsd/sub/a.xsd')
})

const BROKEN: Readonly<Record<string, string>> = {
  'nothing in it': '',
  'malformed XML': '<xs:schema',
  'a DOCTYPE that gives more than it': `<!DOCTYPE a [%p;]>${SCHEMA}`,
  'another root': '<a/>',
  'a root of the right name alone': '<schema/>',
  'an encoding that is not read': '<?xml version="1.0" encoding="UTF-7"?><a/>',
}

for (const [what, text] of Object.entries(BROKEN))
  test(`leaves a file with ${what} out, says why, and keeps the others`, async () => {
    const { files, unreadable } = await read(
      folder({ 'a.xsd': SCHEMA, 'b.xsd': text, 'c.xsd': SCHEMA }),
    )
    assert.is(files.length, 2)
    assert.match(unreadable[0]?.path ?? '', /b\.xsd$/)
    assert.ok(unreadable[0]?.reason)
  })

test('leaves out what is no file, and does not wait for it', async () => {
  const path = folder({ 'a.xsd': SCHEMA, 'folder.xsd/x.txt': '' })
  symlinkSync('/nonexistent', join(path, 'dangling.xsd'))
  const pipe = spawnSync('mkfifo', [join(path, 'pipe.xsd')]).status === 0
  const { files, unreadable } = await read(path)
  assert.is(files.length, 1)
  assert.is(unreadable.length, pipe ? 3 : 2)
})

test('follows no link out of the folder', async () => {
  const outside = folder({ 'secret.xsd': SCHEMA })
  const path = folder({ 'a.xsd': SCHEMA })
  symlinkSync(join(outside, 'secret.xsd'), join(path, 'link.xsd'))
  symlinkSync(join(path, 'a.xsd'), join(path, 'inside.xsd'))
  const { files, unreadable } = await read(path)
  assert.is(files.length, 2)
  assert.match(unreadable[0]?.reason ?? '', 'leaves the folder')
})

test('reads a folder that is itself behind a link', async () => {
  const link = join(root, 'link')
  symlinkSync(folder({ 'a.xsd': SCHEMA, '..b.xsd': SCHEMA }), link)
  assert.is((await read(link)).files.length, 2)
})

test('does not read a file that is too large', async () => {
  const path = folder({ 'a.xsd': SCHEMA, 'b.xsd': '' })
  truncateSync(join(path, 'b.xsd'), 17 * 1024 * 1024)
  const { unreadable } = await read(path)
  assert.match(unreadable[0]?.reason ?? '', 'more than')
})

test('throws for a folder that is not there, and for one without schemas', async () => {
  for (const path of [join(root, 'nowhere'), folder({ 'a.txt': '' })])
    try {
      await read(path)
      assert.unreachable()
    } catch (error) {
      assert.match((error as Error).message, path)
    }
})

test.run()
