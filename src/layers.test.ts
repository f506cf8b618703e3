// The rules of src/README.md, checked. Each failure names file, line and remedy.

import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { basename } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { DIALECTS } from './dialects/index.ts'
import { FLOWS } from './flows/index.ts'
import { idleExports, untoldFunctions } from './layers/exports.fixture.ts'
import { impure, namedNouns, secondImporters } from './layers/purity.fixture.ts'
import { markedTable, readmeTables } from './layers/readme-tables.fixture.ts'
import {
  incompleteFlow,
  incompleteResources,
  installScripts,
  load,
  missing,
  nounFiles,
  unlistedFlows,
} from './layers/registries.fixture.ts'
import { ringOf, wrongImports } from './layers/rings.fixture.ts'
import { ROOT, isTest, matches, readSources, report, sourceOf } from './layers/sources.fixture.ts'
import { withoutText } from './layers/sources.fixture.ts'
import type { Source, Violation } from './layers/sources.fixture.ts'
import { LIFECYCLES } from './lifecycles/index.ts'

const test = suite('layers')

const ALL = readSources(['src', 'conformance', 'bench', 'demo'])
const SOURCES = ALL.filter((it) => !isTest(it.path))
const PURE = ['envelope', 'schema', 'lifecycles', 'flows', 'dialects', 'gateway']
const NOUNLESS = ['envelope', 'schema', 'lifecycles', 'gateway', 'shell']

/** What breaks a rule today, with what will mend it. A line that is no longer true fails too, so the list only shrinks. */
const KNOWN: readonly string[] = []

/** Tables and lists, which may be longer than 300 lines. */
const LONG = [/^src\/envelope\/(errors|reply-codes)\.ts$/, /^src\/lifecycles\//]
const MOST_LINES = 300

/** The only names at the top; what .gitignore lists is not looked at. */
const TOP_LEVEL = [
  ...['package.json', 'package-lock.json', 'tsconfig.json', 'xsd', 'src', 'conformance', 'samples'],
  ...['README.md', 'bench', 'demo', 'deploy', 'LICENSE', 'CHANGELOG.md', 'SECURITY.md'],
  // demanded by tools
  ...['.git', '.gitattributes', '.gitignore', '.npmrc', '.ci', '.github', '.dockerignore'],
]

const IN_SRC = [
  ...['README.md', 'index.ts', 'main.ts', 'cli.ts', 'launch.cjs', 'layers'],
  'main',
  ...['build.mjs', 'bundle.mjs'],
  'layers.test.ts',
  ...['readme.test.ts', 'readme', 'main.test.ts', 'serve.test.ts', 'serve'],
  ...['cli.test.ts', 'cli', 'launch.test.ts', 'samples.test.ts', 'index.test.ts', 'drafts.test.ts'],
  ...['xsd.test.ts', 'supply.test.ts', 'supply'],
  ...['envelope', 'schema', 'lifecycles', 'flows', 'dialects', 'gateway', 'shell'],
]

/** Every violation that was seen in this run; KNOWN is compared with it at the end. */
const seen = new Set<string>()

function none(violations: readonly Violation[]): void {
  const named = violations.map((it) => ({ it, name: `${it.path} ${it.message}` }))
  named.forEach(({ name }) => seen.add(name))
  const fresh = named.filter(({ name }) => !KNOWN.includes(name)).map(({ it }) => it)
  if (fresh.length > 0) assert.unreachable(report(fresh))
}

function inRing(ring: string): readonly Source[] {
  return SOURCES.filter((it) => ringOf(it.path) === ring)
}

const FLOW_FILES = inRing('flows')
  .filter((it) => /^export default /m.test(it.code))
  .map((it) => it.path)

function directions(sources: readonly Source[]): readonly Violation[] {
  return wrongImports(sources, (path) => FLOW_FILES.includes(path))
}

test('imports point one way, siblings stay apart, units of the shell meet in main.ts', () => {
  none(directions(SOURCES))
})

test('a planted import to the right, to a sibling or to a test is found, type-only too', () => {
  const planted = [
    sourceOf('src/envelope/x.ts', "import type {\n  Model,\n} from '../schema/model.ts'"),
    sourceOf('src/shell/http/x.ts', "export * from '../log.ts'"),
    sourceOf('src/flows/x.ts', "\nconst it = import('./der-group-form.ts')"),
    sourceOf('src/dialects/other/x.ts', "import { a } from '../example/groups.ts'"),
    sourceOf('src/gateway/x.ts', "import './gateway.fixture.ts' // import '../shell/x.ts'"),
    sourceOf('src/cli.ts', "import { a } from './shell/log.ts'"),
    sourceOf('conformance/x.ts', "import { a } from '../src/main.ts'"),
  ]
  assert.equal(
    directions(planted).map((it) => `${it.path}:${it.line}`),
    planted.map(({ path }, at) => `${path}:${[3, 1, 2][at] ?? 1}`),
  )
})

test('what is pure knows no clock, no chance, no process and no outside', () => {
  none(SOURCES.filter((it) => PURE.includes(ringOf(it.path))).flatMap(impure))
})

test('a planted clock is found; a word in a comment, a text or an expression is not', () => {
  const text = "// Date.now()\nconst a = 'Date.now'\nconst b = /'/\nDate.now()\nnew Date(text)"
  assert.equal(
    impure(sourceOf('src/envelope/x.ts', text)).map((it) => it.line),
    [4],
  )
})

test('one dependency, one file', () => {
  none(secondImporters(SOURCES))
})

test('a planted second importer and a planted noun are found', () => {
  const first = sourceOf('src/shell/a.ts', "import Koa from 'koa'\nimport a from 'koa/lib/a'")
  const second = sourceOf('src/shell/b.ts', "\nimport type { Context } from 'koa'")
  assert.equal(
    secondImporters([first, second, sourceOf('bench/a.ts', first.text)]).map((it) => it.path),
    ['src/shell/b.ts'],
  )
  const named = sourceOf('src/shell/b.ts', "// Things\nconst a = 'CreateThings'\nmyThings()")
  assert.equal(
    namedNouns(named, ['Things']).map((it) => it.line),
    [2, 3],
  )
})

test('no dependency runs anything when it is installed', () => {
  none(installScripts())
})

test(`no file has more than ${MOST_LINES} lines`, () => {
  const long = ALL.filter((it) => it.text.trimEnd().split('\n').length > MOST_LINES)
  none(
    long
      .filter(({ path }) => !LONG.some((it) => it.test(path)))
      .map((it) => missing(it.path, `has more than ${MOST_LINES} lines`, 'draw a line through it')),
  )
})

test('every flow is listed and has its samples and its schema', () => {
  none([...unlistedFlows(FLOW_FILES, FLOWS), ...FLOWS.flatMap(incompleteFlow)])
})

test('every lifecycle is listed', async () => {
  const files = inRing('lifecycles').map((it) => it.path)
  const tables = files.filter((it) => !['index.ts', 'lifecycle.ts'].includes(basename(it)))
  const listed: readonly unknown[] = LIFECYCLES
  const exported = await Promise.all(tables.map(async (it) => [it, await load(it)] as const))
  const unlisted = exported.filter(
    ([, it]) => !Object.values(it).every((one) => listed.includes(one)),
  )
  none(
    unlisted.map(([it]) =>
      missing(it, 'exports what LIFECYCLES lacks', 'add the line to src/lifecycles/index.ts'),
    ),
  )
})

test('every dialect resource is listed and exports toCim, toVendor, routes, nothing else', async () => {
  const files = inRing('dialects').map((it) => it.path)
  none(
    await incompleteResources(
      files.filter((it) => it.split('/').length === 4),
      DIALECTS,
    ),
  )
})

test('no noun is named where all nouns are equal', () => {
  const nouns = nounFiles()
  assert.ok(nouns.length > 0)
  none(
    SOURCES.filter((it) => NOUNLESS.includes(ringOf(it.path))).flatMap((it) =>
      namedNouns(it, nouns),
    ),
  )
})

test('the tables of README.md are those of the code', () => {
  const readme = existsSync(`${ROOT}README.md`) ? readFileSync(`${ROOT}README.md`, 'utf8') : ''
  const limits = readFileSync(`${ROOT}src/envelope/limits.ts`, 'utf8')
  for (const [name, table] of Object.entries(readmeTables(limits))) {
    const written = markedTable(readme, name)
    if (written === undefined || written === '')
      console.log(`skipped: README.md has no <!-- ${name} --> table yet`)
    else assert.is(written, table, `README.md: put the derived table between the ${name} marks`)
  }
})

test('what is exported is used by another file, and a function says what it is for', () => {
  // What others may import is made for them.
  const own = SOURCES.filter(({ path }) => path !== 'src/index.ts')
  none([...untoldFunctions(own), ...idleExports(own, ALL)])
})

test('a planted export that nobody takes is found, and so is a function without a comment', () => {
  const offers = sourceOf(
    'src/a/x.ts',
    '/** A. */\nexport function a() {}\n\nexport function b() {}',
  )
  const takes = sourceOf('src/b/y.ts', "import {\n  type T,\n  b as c,\n} from '../a/x.ts'")
  assert.equal(
    untoldFunctions([offers]).map((it) => it.line),
    [4],
  )
  assert.equal(
    idleExports([offers], [offers, takes]).map((it) => it.line),
    [2],
  )
  const whole = sourceOf('src/b/z.ts', "const it = await import('../a/x.ts')")
  assert.equal(idleExports([offers], [offers, whole]), [])
})

test('every suite runs', () => {
  none(
    ALL.filter((it) => /\.(test|contract)\.ts$/.test(it.path))
      .filter((it) => count(it, /\bsuite\(/g) > count(it, /\.run\(\)/g))
      .map((it) => missing(it.path, 'has a suite that never runs', 'end the file with test.run()')),
  )
})

function count(source: Source, pattern: RegExp): number {
  return matches(source, withoutText(source), pattern, () => ['', '']).length
}

test('every file is named for what it is', () => {
  const vague = /(^|\/)(utils?|types|common|misc|helpers?)(\.[a-z]+)*(\/|\.ts$)/
  none(
    ALL.filter((it) => vague.test(it.path)).map((it) =>
      missing(it.path, 'has a name that fits anything', 'name it for the thing in it'),
    ),
  )
})

test('the top level and src have the fixed names only', () => {
  const ignored = readFileSync(`${ROOT}.gitignore`, 'utf8').split('\n')
  // A build beside the one in use: src/launch.cjs.
  const top = readdirSync(ROOT).filter((it) => !ignored.includes(`${it}/`) && !/^dist-/.test(it))
  const odd = [
    ...top.filter((it) => !TOP_LEVEL.includes(it)),
    ...readdirSync(`${ROOT}src`)
      .filter((it) => !IN_SRC.includes(it))
      .map((it) => `src/${it}`),
  ]
  none(odd.map((it) => missing(it, 'is no name of this level', 'put it where it belongs')))
})

test('src/README.md names every folder of src, of flows and of the gateway, and none that is not there', () => {
  const readme = readFileSync(`${ROOT}src/README.md`, 'utf8')
  const named = new Set([...readme.matchAll(/`([a-z]+)\/`/g)].map(([, name = '']) => name))
  const below = (path: string) =>
    readdirSync(`${ROOT}${path}`, { withFileTypes: true })
      .filter((it) => it.isDirectory())
      .map(({ name }) => name)
  const all = ['src', 'src/flows', 'src/gateway'].flatMap(below)
  assert.equal(
    all.filter((it) => !named.has(it)),
    [],
  )
  const known = [...all, ...below(''), ...below('src/shell')]
  assert.equal(
    [...named].filter((it) => !known.includes(it)),
    [],
  )
})

test('every known exception is still one', () => {
  const gone = KNOWN.filter((it) => existsSync(`${ROOT}${it.split(' ')[0]}`) && !seen.has(it))
  assert.equal(gone, [], 'it is mended: take its line out of KNOWN in src/layers.test.ts')
})

test.run()
