#!/usr/bin/env node
// Starts the compiled program. In a clone it compiles first whenever a source is newer than the last
// build, so that `npm ci` alone is enough, also where install scripts are switched off.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const dist = join(root, 'dist')
const stamp = join(dist, '.built')

const [flag, file] = process.argv.slice(2)
if (flag === '--build') {
  if (stale()) build()
} else {
  // A published package has no tsconfig.json and brings its dist/ along.
  if (existsSync(join(root, 'tsconfig.json')) && stale()) build()
  if (flag === '--run') process.argv.splice(1, 3, join(dist, file))
  await import(pathToFileURL(join(dist, flag === '--run' ? file : 'src/cli.js')).href)
}

function stale() {
  if (!existsSync(stamp)) return true
  const built = statSync(stamp).mtimeMs
  const newer = (path) => statSync(path).mtimeMs > built
  const sources = ['src', 'conformance', 'bench'].flatMap((folder) =>
    existsSync(join(root, folder))
      ? readdirSync(join(root, folder), { recursive: true })
          .filter((name) => name.endsWith('.ts'))
          .map((name) => join(root, folder, name))
      : [],
  )
  return newer(join(root, 'tsconfig.json')) || newer(join(root, 'package.json')) || sources.some(newer)
}

// Compiles beside the old build and swaps it in by renaming, so that a program that starts meanwhile
// never reads half-written files.
function build() {
  const fresh = `${dist}-${process.pid}`
  const old = `${dist}-old-${process.pid}`
  const startedAt = new Date()
  const compiler = createRequire(import.meta.url).resolve('typescript/package.json')
  const { bin } = createRequire(import.meta.url)(compiler)
  const tsc = join(compiler, '..', bin.tsc)
  const run = spawnSync(process.execPath, [tsc, '-p', root, '--outDir', fresh], { encoding: 'utf8' })
  if (run.status !== 0) {
    rmSync(fresh, { recursive: true, force: true })
    process.stderr.write(`${run.stdout ?? ''}${run.stderr ?? ''}${run.error ?? ''}\ncimgate does not compile.\n`)
    process.exit(2)
  }
  writeFileSync(join(fresh, '.built'), startedAt.toISOString())
  try {
    if (existsSync(dist)) renameSync(dist, old)
    renameSync(fresh, dist)
  } catch (error) {
    if (!existsSync(stamp)) throw error
    rmSync(fresh, { recursive: true, force: true }) // another start was quicker; its build is as good
  }
  rmSync(old, { recursive: true, force: true })
}
