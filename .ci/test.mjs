// Builds, runs every *.test.js under uvu with per-file coverage floors, and ends with one plain line
// that any CI can read: `N passed, N failed`.
import { spawn, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

const bin = (name, path) => join(root, 'node_modules', name, path)

const build = spawnSync(process.execPath, [join(root, 'src/launch.mjs'), '--build'], { stdio: 'inherit' })
if (build.status !== 0) finish(0, 1)

const pattern = process.argv[2] ?? ''
const uvu = [bin('uvu', 'bin.js'), 'dist', `${pattern}.*\\.test\\.js$`]
const command = pattern ? uvu : [bin('c8', 'bin/c8.js'), process.execPath, ...uvu]
// A server that a test has left open would keep the run from ending.
const child = spawn(process.execPath, command, {
  cwd: root,
  stdio: ['ignore', 'pipe', 'inherit'],
  timeout: 9 * 60_000,
})

let output = ''
child.stdout.on('data', (chunk) => {
  output += chunk
  process.stdout.write(chunk)
})
child.on('close', (code, signal) => {
  if (signal !== null) console.log(`stopped by ${signal}: after nine minutes, or from outside`)
  const plain = output.replace(/\x1b\[[0-9;]*m/g, '')
  const count = (label) =>
    Number([...plain.matchAll(new RegExp(`^ *${label}: +(\\d+)`, 'gm'))].at(-1)?.[1] ?? 0)
  const failed = count('Total') - count('Passed')
  // A crash, or a coverage floor not met, fails the run although no single test did.
  finish(count('Passed'), code === 0 ? failed : Math.max(failed, 1))
})

function finish(passed, failed) {
  console.log(`${passed} passed, ${failed} failed`)
  process.exit(failed === 0 && passed > 0 ? 0 : 1)
}
