#!/usr/bin/env node
// Starts the compiled program. In a clone it compiles first whenever a source is newer than the last
// build, so that `npm ci` alone is enough, also where install scripts are switched off.
// CommonJS, because Node takes 6 ms more to start with anything else.
const { existsSync, readFileSync, statSync, writeFileSync } = require('node:fs')
const loader = require('node:module')
const { join } = require('node:path')
const { pathToFileURL } = require('node:url')
const { Script, constants } = require('node:vm')

const root = join(__dirname, '..')
const dist = join(root, 'dist')
const FOLDERS = ['src', 'conformance', 'bench', 'demo']
const [flag, path] = process.argv.slice(2)

void (async () => {
  // A published package has no tsconfig.json and brings its dist/ along.
  if (flag !== '--compile' && existsSync(join(root, 'tsconfig.json')) && stale()) {
    const { buildOnce } = await import('./build.mjs')
    await buildOnce(FOLDERS, stale)
  }
  if (flag === '--run') await runModule(path)
  else if (flag === '--compile') compileBundle(path)
  else if (flag !== '--build') await runCommand()
})()

/** The command line, bundled where there is a bundle. */
async function runCommand() {
  const command = bundled(join(dist, 'command/cli.cjs'))
  startFast()
  if (command === undefined) await import(pathToFileURL(join(dist, 'src/cli.js')).href)
  else command.run()
}

/** Another program of the build. */
async function runModule(path) {
  const program = join(dist, path)
  process.argv.splice(1, 3, program)
  startFast()
  await import(pathToFileURL(program).href)
}

/**
 * The bundle at this path, ready to run; undefined where there is none. The same version of Node takes the code that the
 * build has kept, every other one compiles for itself. Flags of V8 are set afterwards: other flags, other code.
 */
function bundled(path) {
  const source = read(path, 'utf8')
  if (source === undefined) return undefined
  // The wrapper of Node's own loader, which takes no compiled code.
  const script = new Script(`(function (exports, require, module, __filename) {${source}\n})`, {
    filename: path,
    cachedData: read(`${path}.code`),
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  })
  const run = () => {
    const made = new loader.Module(path)
    const require = loader.createRequire(path)
    // The other files of the bundle find it there.
    require.cache[path] = made
    script.runInThisContext()(made.exports, require, made, path)
  }
  return { script, run }
}

function read(path, encoding) {
  try {
    return readFileSync(path, encoding)
  } catch {
    return undefined
  }
}

/** Runs a command by the bundle of a new build, and keeps the code that this took. */
function compileBundle(path) {
  const { script, run } = bundled(path)
  process.argv.splice(2, 2)
  process.on('exit', () => writeFileSync(`${path}.code`, script.createCachedData()))
  run()
}

/**
 * Newer sources; newer folders too, so that what was deleted does not live on in dist/. A start looks only at what the
 * program is made of, and a build at the tests too. Both look at what the last build has found: to search for it again
 * takes as long as to look at it.
 */
function stale() {
  const stamp = join(dist, '.built.json')
  const built = statSync(stamp, { throwIfNoEntry: false })?.mtimeMs
  if (built === undefined) return true
  const { program, tests } = JSON.parse(readFileSync(stamp, 'utf8'))
  const newer = (path) =>
    !(statSync(`${root}/${path}`, { throwIfNoEntry: false })?.mtimeMs <= built)
  const unknown = (folder) => !program.includes(folder) && existsSync(join(root, folder))
  return program.some(newer) || FOLDERS.some(unknown) || (flag === '--build' && tests.some(newer))
}

/** Most commands end before the optimizing compilers have paid for themselves. */
function startFast() {
  // from Node 22.1: what was compiled by an earlier start is kept
  loader.enableCompileCache?.()
  const { setFlagsFromString } = require('node:v8')
  // As much garbage as there is alive, and not three times as much: a small heap would grow so under load.
  if (flag === 'serve') setFlagsFromString('--heap-growing-percent=100')
  if (parseInt(process.versions.v8) > 11) return
  // Node 20 optimizes WebAssembly after 1,800,000 octets run, later versions after 13,000,000.
  setFlagsFromString('--wasm-tiering-budget=13000000')
  // It optimizes JavaScript so early, after 67,584, that much of it is thrown away and done again: to judge 2,000 messages
  // takes half as long by this, and only from 20,000 on it is the other way round. What runs for long has the time.
  if (flag !== 'serve' && flag !== '--run') setFlagsFromString('--interrupt-budget=300000')
}
