// The supply chain: packages, licences, floors, the bill of materials, what the code may not do, secrets.

import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { ROOT, isTest, listFiles, matches, readSources } from './layers/sources.fixture.ts'
import { supplyFaults } from './supply/faults.fixture.ts'
import { licencesFile } from './supply/licences.fixture.ts'
import { compareVersions, lockedIn, readJson, runtimeOf } from './supply/lockfile.fixture.ts'
import type { Locked, Manifest, Supply } from './supply/lockfile.fixture.ts'
import { secretsIn } from './supply/secrets.fixture.ts'

const test = suite('supply')

const MANIFEST = readJson<Manifest>('package.json')
const LOCKED = lockedIn(readJson('package-lock.json'))
const SUPPLY = readJson<Supply>('deploy/supply.json')

const faults = (locked: readonly Locked[], manifest = MANIFEST) =>
  supplyFaults(manifest, locked, SUPPLY)

test('T18: versions, licences, floors and numbers are as deploy/supply.json has them', () => {
  assert.equal(faults(LOCKED), [])
})

const PLANTED: readonly (readonly [string, Partial<Locked>, RegExp])[] = [
  ['an older ws', { name: 'ws', version: '8.21.0' }, /below 8\.21\.1/],
  ['another engine', { name: 'libxml2-wasm', version: '0.7.3' }, /is not 0\.7\.2/],
  ['a version before its floor', { name: 'koa', version: '3.1.2-rc.1' }, /below 3\.1\.2/],
  ['no integrity', { integrity: '' }, /has no sha512/],
  ['a weak integrity', { integrity: 'sha1-aaaa' }, /has no sha512/],
  ['a host', { resolved: 'https://packages.example/a.tgz' }, /names the host/],
  ['an install script', { hasInstallScript: true }, /when it is installed/],
  ['another licence', { license: 'GPL-3.0-only' }, /the licence GPL-3\.0-only/],
  ['no licence', { license: 'none' }, /the licence none/],
  ['a refused package', { name: 'libxmljs2', version: '0.37.0' }, /no longer maintained/],
]

for (const [what, planted, told] of PLANTED) {
  test(`T18: ${what} is found`, () => {
    const sound = { path: 'node_modules/a', name: 'a', version: '1.0.0', license: 'MIT' }
    const found = faults([...LOCKED, { ...sound, integrity: 'sha512-a', ...planted }])
    assert.is(found.length, 1)
    assert.match(found[0] ?? '', told)
  })
}

test('T18: a version that is not pinned, and one package too many, are found', () => {
  const loose = { ...MANIFEST, dependencies: { ...MANIFEST.dependencies, koa: '^3.3.0' } }
  assert.match(faults(LOCKED, loose).join(), /koa is \^3\.3\.0/)
  const [first] = runtimeOf(LOCKED)
  assert.ok(first)
  const many = Array.from({ length: SUPPLY.mostRuntimePackages }, () => first)
  assert.match(faults([...LOCKED, ...many]).join(), /are the most/)
})

test('T18: the Node that runs is no older than the floor, and engines says it', () => {
  assert.is(MANIFEST.engines.node, `>=${SUPPLY.node.floor.replace(/\.0$/, '')}`)
  assert.ok(compareVersions(process.versions.node, SUPPLY.node.floor) >= 0)
})

test('T18: nothing runs, and nothing is younger than a week, when npm installs', () => {
  const settings = readFileSync(`${ROOT}.npmrc`, 'utf8').split('\n')
  const asked = ['ignore-scripts=true', 'save-exact=true', 'min-release-age=7']
  for (const it of [...asked, 'omit-lockfile-registry-resolved=true'])
    assert.ok(settings.includes(it))
  assert.match(readFileSync(`${ROOT}.ci/run`, 'utf8'), /^npm ci && npm test$/m)
})

test('T18: the bill of materials has what the lockfile has for running, and nothing else', () => {
  const path = `${ROOT}src/launch.cjs`
  const text = execFileSync(process.execPath, [path, '--run', 'src/supply/sbom-run.fixture.js'])
  const bill = JSON.parse(text.toString()) as {
    readonly bomFormat: string
    readonly components: readonly {
      readonly name: string
      readonly version: string
      readonly purl: string
      readonly hashes: readonly { readonly alg: string; readonly content: string }[]
    }[]
  }
  assert.is(bill.bomFormat, 'CycloneDX')
  const hash = (integrity = '') =>
    Buffer.from(integrity.replace('sha512-', ''), 'base64').toString('hex')
  const due = runtimeOf(LOCKED).map((it) => `${it.name}@${it.version} ${hash(it.integrity)}`)
  const listed = bill.components.map((it) => `${it.name}@${it.version} ${it.hashes[0]?.content}`)
  assert.equal([...listed].sort(), [...new Set(due)].sort())
})

test('T18: deploy/licences.md is what npm run licences writes', () => {
  assert.is(readFileSync(`${ROOT}deploy/licences.md`, 'utf8'), licencesFile(LOCKED))
})

/** What the gateway never does, with the files that may: they compile, or ask another engine for its opinion. */
const NEVER = [/\beval\s*\(/g, /\bnew\s+Function\s*\(/g, /\bchild_process\b/g]
const MAY = ['conformance/report/xmllint.ts']

test('T18: no text is run as code, and no other program is started', () => {
  const sources = readSources(['src', 'conformance']).filter((it) => !isTest(it.path))
  const found = sources.flatMap((it) =>
    NEVER.flatMap((word) => matches(it, it.code, word, () => ['', ''])),
  )
  assert.equal([...new Set(found.map((it) => it.path))], MAY)
})

/** What .gitignore lists. */
const IGNORED = /^(node_modules|dist.*|coverage|data|\.git)$/

test('T18: no file holds a secret', () => {
  const ours = readdirSync(ROOT, { withFileTypes: true }).filter((it) => !IGNORED.test(it.name))
  const paths = ours.flatMap((it) => (it.isFile() ? [it.name] : listFiles(it.name)))
  assert.ok(paths.length > 1000)
  assert.equal(
    paths.flatMap((it) => secretsIn(it, readFileSync(`${ROOT}${it}`, 'latin1'))),
    [],
  )
})

test('T18: a planted secret is found', () => {
  const key = ['-----BEGIN EC PRIVATE', ' KEY-----\n', 'a'.repeat(60)].join('')
  const planted = [key, `gh${'p'}_${'a'.repeat(36)}`]
  for (const it of planted) assert.is(secretsIn('a.ts', `\n${it}`)[0]?.slice(0, 7), 'a.ts:2 ')
})

/** Levels 1 and 2 of the chapters that are answered, as ASVS 5.0 numbers them: how many rows each section has. */
const ASVS: Readonly<Record<string, readonly number[]>> = {
  V1: [2, 9, 11, 3, 2],
  V2: [3, 3, 4, 1],
  V4: [3, 1, 2, 4],
  V8: [2, 3, 1, 1],
  V9: [3, 4],
  V12: [3, 2, 4],
}

test('deploy/asvs.md answers every row once, and the tests that it names are there', () => {
  const text = readFileSync(`${ROOT}deploy/asvs.md`, 'utf8')
  const rows = text.split('\n').filter((it) => /^\| \d/.test(it))
  const ids = rows.flatMap((it) => it.split('|')[1]?.match(/\d+\.\d+\.\d+/g) ?? [])
  assert.equal(
    ids.filter((it, at) => ids.indexOf(it) !== at),
    [],
  )
  for (const [chapter, sections] of Object.entries(ASVS)) {
    const own = sections.map((_, at) =>
      ids.filter((it) => it.startsWith(`${chapter.slice(1)}.${at + 1}.`)),
    )
    assert.equal(
      own.map((it) => it.length),
      sections,
      chapter,
    )
  }
  for (const row of rows)
    assert.match(row.split('|')[3]?.trim() ?? '', /^(met|in part|operator|none here)$/)
  for (const [, path] of text.matchAll(/`([a-z]+\/[\w/.-]+\.ts)`/g))
    assert.ok(existsSync(`${ROOT}${path}`), path)
})

test.run()
