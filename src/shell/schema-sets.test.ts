import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { hasSet, importedSets, keepSet } from './schema-sets.ts'

const test = suite('schema-sets')

const folder = mkdtempSync(join(tmpdir(), 'sets-'))
test.after(() => rmSync(folder, { recursive: true, force: true }))

const source = join(folder, 'source')
mkdirSync(join(source, 'sub'), { recursive: true })
writeFileSync(join(source, 'a.xsd'), 'one')
writeFileSync(join(source, 'sub', 'b.xsd'), 'two')
writeFileSync(join(source, 'readme.txt'), 'not asked for')

const sha = (text: string) => createHash('sha256').update(text).digest('hex')
const FILES = [
  { name: 'a.xsd', sha256: sha('one') },
  { name: 'sub/b.xsd', sha256: sha('two') },
]
const SET = { key: 'x@1', source, files: FILES, importedAt: '2026-11-28T00:00:00.000Z' }

test('keeps the files with a manifest that says where they are from', async () => {
  const data = join(folder, 'kept')
  assert.equal(importedSets(data), [])
  assert.is(hasSet(data, 'x@1'), false)
  assert.is(await keepSet(data, SET), join(data, 'schemas', 'x@1'))
  assert.is(hasSet(data, 'x@1'), true)
  const [set] = importedSets(data)
  assert.ok(set !== undefined && 'manifest' in set)
  assert.is(set.key, 'x@1')
  assert.is(set.manifest.source, source)
  assert.equal(set.manifest.files, { 'a.xsd': sha('one'), 'sub/b.xsd': sha('two') })
  assert.is(readFileSync(join(set.path, 'sub', 'b.xsd'), 'utf8'), 'two')
  assert.equal(readdirSync(join(data, 'schemas')), ['x@1'])
})

test('replaces a set as a whole', async () => {
  const data = join(folder, 'replaced')
  await keepSet(data, SET)
  await keepSet(data, { ...SET, files: FILES.slice(0, 1) })
  assert.equal(readdirSync(join(data, 'schemas', 'x@1')), ['a.xsd', 'cimgate-schema-set.json'])
  assert.equal(readdirSync(join(data, 'schemas')), ['x@1'])
})

test('keeps nothing when a file has changed since it was checked, and what was there stays', async () => {
  const data = join(folder, 'changed')
  await keepSet(data, SET)
  const wrong = [FILES[0], { name: 'sub/b.xsd', sha256: sha('other') }].filter(
    (it) => it !== undefined,
  )
  const error = await keepSet(data, { ...SET, files: wrong }).then(
    () => undefined,
    (it: Error) => it,
  )
  assert.is(error?.message, 'sub/b.xsd has changed meanwhile')
  assert.equal(readdirSync(join(data, 'schemas')), ['x@1'])
  assert.is(readFileSync(join(data, 'schemas', 'x@1', 'sub', 'b.xsd'), 'utf8'), 'two')
})

test('tells of a folder that has lost its manifest, and passes over what is no set', () => {
  const data = join(folder, 'broken')
  for (const it of ['.new-abc', 'lost', 'other', '2015'])
    mkdirSync(join(data, 'schemas', it), { recursive: true })
  writeFileSync(join(data, 'schemas', 'other', 'cimgate-schema-set.json'), '{"format":"x"}')
  writeFileSync(join(data, 'schemas', 'file'), '')
  const told = importedSets(data).map((it) => ('reason' in it ? it.reason : it.key))
  assert.equal(told, [
    'it has no cimgate-schema-set.json that can be read; import the set again with --replace',
    'cimgate-schema-set.json is no manifest of cimgate; import the set again with --replace',
  ])
})

test.run()
