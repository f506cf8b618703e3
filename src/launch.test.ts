// The launcher in a clone of its own, with a program of one line: what it compiles and bundles, when, and when not.

import { spawn } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { readFileSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'

const test = suite('launch')

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'cimgate-launch-'))
test.after(() => rmSync(folder, { recursive: true }))

const LAUNCHER = ['src/launch.cjs', 'src/build.mjs', 'src/bundle.mjs']

/** A clone in which `npm ci` has run and nothing else. */
function clone(name: string, program = "process.stdout.write('started')"): string {
  const path = join(folder, name)
  mkdirSync(join(path, 'src'), { recursive: true })
  for (const it of ['package.json', 'tsconfig.json', ...LAUNCHER])
    cpSync(join(ROOT, it), join(path, it))
  writeFileSync(join(path, 'src/cli.ts'), program)
  symlinkSync(join(ROOT, 'node_modules'), join(path, 'node_modules'))
  return path
}

function launch(path: string, ...args: readonly string[]) {
  // The test runner asks everybody for colours.
  const { FORCE_COLOR: _, ...env } = process.env
  const child = spawn(process.execPath, [join(path, 'src/launch.cjs'), ...args], { env })
  const texts = { out: '', err: '' }
  child.stdout.on('data', (it: Buffer) => (texts.out += it.toString()))
  child.stderr.on('data', (it: Buffer) => (texts.err += it.toString()))
  return new Promise<{ readonly code: number | null; readonly out: string; readonly err: string }>(
    (done) => child.on('close', (code) => done({ code, ...texts })),
  )
}

const STARTED = { code: 0, out: 'started', err: '' }

/** Changes with every build. */
function buildOf(path: string): number {
  return statSync(join(path, 'dist/src/cli.js')).ino
}

/** In a second from now, so that it is newer on every file system. */
function touch(path: string): void {
  const soon = new Date(Date.now() + 1000)
  utimesSync(path, soon, soon)
}

function leftovers(path: string): readonly string[] {
  return readdirSync(path).filter((it) => it.startsWith('dist-'))
}

test('the first start compiles, the second does not', async () => {
  const path = clone('first')
  assert.equal(await launch(path), STARTED)
  const build = buildOf(path)
  assert.equal(await launch(path), STARTED)
  assert.is(buildOf(path), build)
  assert.equal(leftovers(path), [])
})

test('the bundle is started: one file, and one for each part that is loaded later', async () => {
  assert.ok(existsSync(join(ROOT, 'node_modules/rolldown')), 'rolldown is missing: run npm ci')
  const path = clone('bundled', "import { here, say } from './here.ts'\nsay('started ')\nhere()")
  mkdirSync(join(path, 'src/later'))
  const later = 'src/later/later.ts'
  writeFileSync(join(path, later), "import { say } from '../here.ts'\nsay(import.meta.url)")
  writeFileSync(
    join(path, 'src/here.ts'),
    "export const say = (it: string) => process.stdout.write(it)\nexport const here = () => void import('./later/later.ts')",
  )
  // What stands beside a module is found beside it, whichever file the module is in.
  const url = pathToFileURL(join(path, 'dist/src/later/later.js')).href
  // once: the other files find the first one loaded.
  assert.equal(await launch(path), { ...STARTED, out: `started ${url}` })
  rmSync(join(path, 'dist/src'), { recursive: true })
  assert.equal(await launch(path), { ...STARTED, out: `started ${url}` })
  const files = readdirSync(join(path, 'dist/command')).sort()
  assert.is(files.length, 4)
  assert.equal(files.slice(0, 3), ['LICENSE.commander', 'cli.cjs', 'cli.cjs.code'])
  assert.match(files[3] ?? '', /^later-.*\.cjs$/)
})

test('code that another version has compiled, or nobody, is compiled anew', async () => {
  const path = clone('foreign')
  const code = join(path, 'dist/command/cli.cjs.code')
  await launch(path, '--build')
  assert.ok(statSync(code).size > 0)
  writeFileSync(code, 'code of another version')
  assert.equal(await launch(path), STARTED)
  rmSync(code)
  assert.equal(await launch(path), STARTED)
})

test('what the build has compiled is the code that runs', async () => {
  const path = clone('compiled', 'const it = () => process.stdout.write("started")\nit()')
  await launch(path, '--build')
  const file = join(path, 'dist/command/cli.cjs')
  const source = readFileSync(file, 'utf8')
  writeFileSync(file, source.replace('"started"', '"changed"'))
  // V8 knows a source by its length: were it compiled here, it would say something else.
  assert.equal(await launch(path), STARTED)
  rmSync(`${file}.code`)
  assert.is((await launch(path)).out, 'changed')
})

test('without a bundle the modules are started', async () => {
  const path = clone('unbundled')
  await launch(path, '--build')
  rmSync(join(path, 'dist/command'), { recursive: true })
  assert.equal(await launch(path), STARTED)
})

test('a changed source is compiled, and a deleted one does not live on', async () => {
  const path = clone('changed')
  const extra = join(path, 'src/extra.ts')
  writeFileSync(extra, 'export const extra = 1')
  await launch(path)
  assert.ok(existsSync(join(path, 'dist/src/extra.js')))
  rmSync(extra)
  touch(join(path, 'src'))
  assert.equal(await launch(path), STARTED)
  assert.not.ok(existsSync(join(path, 'dist/src/extra.js')))
})

test('a changed test is compiled by a build, and holds up no start', async () => {
  const path = clone('tested')
  writeFileSync(join(path, 'src/cli.test.ts'), 'export {}')
  await launch(path, '--build')
  const before = buildOf(path)
  touch(join(path, 'src/cli.test.ts'))
  assert.equal(await launch(path), STARTED)
  assert.is(buildOf(path), before)
  await launch(path, '--build')
  assert.is.not(buildOf(path), before)
})

test('a folder of sources that was not there before is compiled', async () => {
  const path = clone('grown')
  await launch(path)
  mkdirSync(join(path, 'bench'))
  writeFileSync(join(path, 'bench/new.ts'), 'export {}')
  assert.equal(await launch(path), STARTED)
  assert.ok(existsSync(join(path, 'dist/bench/new.js')))
})

test('two first starts at once both work, and one of them compiles', async () => {
  const path = clone('both')
  const [one, two] = await Promise.all([launch(path), launch(path)])
  assert.equal([one, two], [STARTED, STARTED])
  assert.equal(leftovers(path), [])
})

test('a lock whose owner is gone holds up nobody', async () => {
  const path = clone('abandoned')
  // above the highest process id that any system gives
  writeFileSync(join(path, 'dist-lock'), String(2 ** 30))
  assert.equal(await launch(path), STARTED)
  assert.equal(leftovers(path), [])
})

test('what does not compile is not started, and the compiler says why', async () => {
  const path = clone('wrong', "const it: number = 'text'; console.log(it)")
  const { code, out, err } = await launch(path)
  assert.equal([code, out], [2, ''])
  assert.match(err, /cli\.ts\(1,7\): error TS2322[^]*cimgate does not compile\.\n$/)
  assert.equal(leftovers(path), [])
  assert.not.ok(existsSync(join(path, 'dist')))
})

test('without a compiler it says how to get one', async () => {
  const path = clone('bare')
  rmSync(join(path, 'node_modules'))
  const { code, err } = await launch(path)
  assert.is(code, 2)
  assert.is(
    err,
    'cimgate is not compiled yet, and no compiler is installed: run npm ci --include=dev.\n',
  )
})

test('a published package is started as it is; --build and --run start other things', async () => {
  const path = clone('published')
  assert.equal(await launch(path, '--build'), { code: 0, out: '', err: '' })
  rmSync(join(path, 'tsconfig.json'))
  touch(join(path, 'src/cli.ts'))
  const build = buildOf(path)
  assert.equal(await launch(path), STARTED)
  assert.is(buildOf(path), build)
  writeFileSync(join(path, 'dist/other.js'), 'process.stdout.write(process.argv.slice(2).join())')
  assert.is((await launch(path, '--run', 'other.js', 'a', 'b')).out, 'a,b')
})

test.run()
