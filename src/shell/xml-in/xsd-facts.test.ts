import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { catalogueOf } from '../../schema/catalogue.ts'
import type { SchemaFile } from '../../schema/catalogue.ts'
import { factsOf } from '../../schema/schema-facts.ts'
import { parseXml } from './parse-xml.ts'
import { buildFacts, builtFacts, lastingFacts } from './xsd-facts.ts'
import { readSchemas } from './xsd-read.ts'
import { FOLDERS, ROOT } from './xml-in.fixture.ts'

const test = suite('xsd-facts')
const folder = mkdtempSync(join(tmpdir(), 'cimgate-facts-'))
const FACTS = pathToFileURL(join(folder, 'facts.json'))
test.after(() => rmSync(folder, { recursive: true }))

const NOTHING = { facts: new Map(), files: new Map() }

/** Reads the schemas of a folder; says how many files it had to parse for that, and for what is done with them. */
async function reading(path: string, known = builtFacts(FACTS)) {
  let parsed = 0
  const parse = (bytes: Uint8Array) => {
    parsed += 1
    return parseXml(bytes)
  }
  const { files } = await readSchemas([{ path, shipped: true }], parse, known)
  return { files, parsed: () => parsed }
}

test('a build knows the facts of every shipped schema', async () => {
  const known = builtFacts()
  const { files } = await readSchemas(FOLDERS, parseXml)
  assert.ok(files.length > 0)
  for (const it of files) assert.equal(known.facts.get(it.sha256), factsOf(it.root), it.path)
})

test('a catalogue is made of known facts without parsing, and is the same', async () => {
  await buildFacts({ path: join(ROOT, 'xsd'), shipped: true }, FACTS)
  const [one, other] = [await reading(join(ROOT, 'xsd')), await reading(join(ROOT, 'xsd'), NOTHING)]
  const [quick, slow] = [catalogueOf(one.files), catalogueOf(other.files)]
  assert.is(one.parsed(), 0)
  assert.is(other.parsed(), other.files.length)
  assert.equal(quick.nouns, slow.nouns)
  assert.is(one.parsed(), 0)
  assert.equal(
    quick.entries.map((it) => [it.file.path, it.roots, it.nouns]),
    slow.entries.map((it) => [it.file.path, it.roots, it.nouns]),
  )
})

test('a tree is read when it is asked for, and once', async () => {
  const { files, parsed } = await reading(join(ROOT, 'xsd/part100'))
  const [file] = files
  assert.is(file?.root, file?.root)
  assert.is(parsed(), 1)
  assert.equal(file?.root, (await reading(join(ROOT, 'xsd/part100'), NOTHING)).files[0]?.root)
})

test('a file that has changed since is parsed', async () => {
  const path = join(folder, 'changed')
  cpSync(join(ROOT, 'xsd/part100'), path, { recursive: true })
  assert.is((await reading(path)).parsed(), 0)
  appendFileSync(join(path, 'Message.xsd'), '\n')
  const { files, parsed } = await reading(path)
  assert.is(parsed(), files.length)
})

test('a file of the build that nobody has written is read when it is asked for', async () => {
  const path = join(folder, 'later')
  cpSync(join(ROOT, 'xsd/part100'), path, { recursive: true, preserveTimestamps: true })
  await buildFacts({ path, shipped: true }, FACTS)
  const listed = (await reading(path)).files[0] as SchemaFile
  const kept = (await reading(path, lastingFacts(FACTS))).files[0] as SchemaFile
  const at = join(path, 'Message.xsd')
  const { mtime } = statSync(at)
  writeFileSync(at, readFileSync(at, 'utf8').replace('Message', 'message'))
  utimesSync(at, mtime, new Date(mtime.getTime() + 1))
  assert.throws(() => listed.root, /Message\.xsd has changed since cimgate started; run it again\./)
  assert.is(kept.root.name, 'schema')
  // Others begin with what it is now, though it is as long as it was.
  const fresh = await reading(path)
  assert.is(fresh.parsed(), 1)
  assert.is.not(fresh.files[0]?.sha256, listed.sha256)
})

test('of a folder that is not shipped every file is read', async () => {
  const path = join(folder, 'own')
  cpSync(join(ROOT, 'xsd/part100'), path, { recursive: true, preserveTimestamps: true })
  await buildFacts({ path, shipped: true }, FACTS)
  const { files } = await readSchemas([{ path, shipped: false }], parseXml, builtFacts(FACTS))
  rmSync(path, { recursive: true })
  assert.is(files[0]?.root.name, 'schema')
})

test('without facts, or with what is none, nothing is known', () => {
  const path = join(folder, 'none.json')
  assert.equal(builtFacts(pathToFileURL(path)), NOTHING)
  for (const text of ['', '{', 'null', '{}']) {
    writeFileSync(path, text)
    assert.equal(builtFacts(pathToFileURL(path)), NOTHING)
  }
})

test.run()
