// What ends a server, seen from outside: a signal, or the end of the npm that started it.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'

const test = suite('stopped')

const folder = mkdtempSync(join(tmpdir(), 'cimgate-stopped-'))
test.after(() => rmSync(folder, { recursive: true }))

const module = JSON.stringify(new URL('./stopped.js', import.meta.url).href)

/** A program that waits to be stopped, and leaves behind why it was. */
function waiting(file: string): string {
  const out = JSON.stringify(file)
  return `import { stopped } from ${module}
import { renameSync, writeFileSync } from 'node:fs'
const keep = setInterval(() => {}, 1000)
const ended = stopped()
writeFileSync(${out} + '.ready', '')
writeFileSync(${out} + '.part', await ended)
renameSync(${out} + '.part', ${out})
clearInterval(keep)`
}

/** A hang guard and no measure of speed. */
const MOST_TURNS = 600

async function written(file: string): Promise<string> {
  for (let turn = 0; turn < MOST_TURNS && !existsSync(file); turn += 1) await sleep(100)
  return readFileSync(file, 'utf8')
}

const NODE = ['--input-type=module', '-e']

test('a signal is named', async () => {
  const file = join(folder, 'signal')
  const child = spawn(process.execPath, [...NODE, waiting(file)])
  await written(`${file}.ready`)
  child.kill('SIGTERM')
  assert.equal(await once(child, 'exit'), [0, null])
  assert.is(readFileSync(file, 'utf8'), 'SIGTERM')
})

test('what npm has started ends when npm is killed', async () => {
  const file = join(folder, 'parent')
  const inner = JSON.stringify([...NODE, waiting(file)])
  const env = JSON.stringify({ npm_lifecycle_event: 'start' })
  const outer = `import { spawn } from 'node:child_process'
spawn(process.execPath, ${inner}, { env: { ...process.env, ...${env} }, detached: true, stdio: 'ignore' })
setInterval(() => {}, 1000)`
  const parent = spawn(process.execPath, [...NODE, outer])
  await written(`${file}.ready`)
  parent.kill('SIGKILL')
  assert.is(await written(file), 'npm has ended')
})

test.run()
