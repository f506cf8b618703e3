// The gateway as its users start it: a process of its own.

import { spawn } from 'node:child_process'
import type { ChildProcess, ChildProcessWithoutNullStreams } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { HANG_MS } from '../shell/wait.fixture.ts'

const LAUNCH = fileURLToPath(new URL('../../../src/launch.cjs', import.meta.url))

/** A process that has said where it listens. */
export interface Served {
  readonly address: string
  readonly child: ChildProcess
  /** Sends a signal; the exit code, null when the signal ended it, or it hung and was killed. */
  readonly end: (signal: NodeJS.Signals) => Promise<number | null>
  readonly said: () => string
}

const running = new Set<ChildProcess>()
const folders: string[] = []

/** A folder of its own, removed by `endAll`. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'cimgate-serve-'))
  folders.push(folder)
  return folder
}

/** Starts a gateway on any free port; rejects with what it said when it ends instead. */
export function start(data: string, ...more: readonly string[]): Promise<Served> {
  return startIn({}, data, ...more)
}

/** The same with these variables in its environment. */
export function startIn(
  variables: Readonly<Record<string, string>>,
  data: string,
  ...more: readonly string[]
): Promise<Served> {
  const args = [LAUNCH, 'serve', '--port', '0', '--data', data, ...more]
  return servedBy(spawn(process.execPath, args, { env: { ...process.env, ...variables } }))
}

/** Waits until a process that has been started says where it listens. */
export async function servedBy(child: ChildProcessWithoutNullStreams): Promise<Served> {
  running.add(child)
  const exited = once(child, 'exit').then(([code]) => code as number | null)
  let said = ''
  child.stderr.on('data', (it: Buffer) => (said += it.toString()))
  const address = await new Promise<string>((done, fail) => {
    let out = ''
    child.stdout.on('data', (it: Buffer) => {
      out += it.toString()
      const found = /at (http:\S+)\n/.exec(out)?.[1]
      if (found !== undefined) done(found)
    })
    void exited.then((code) => fail(new Error(`exit ${code}: ${said}`)))
  })
  const end = (signal: NodeJS.Signals) => {
    child.kill(signal)
    const hanging = setTimeout(() => child.kill('SIGKILL'), HANG_MS)
    return exited.finally(() => (clearTimeout(hanging), running.delete(child)))
  }
  return { address, child, end, said: () => said }
}

/** Ends what is still running and removes the folders. */
export async function endAll(): Promise<void> {
  for (const child of running) {
    if (child.exitCode !== null || child.signalCode !== null) continue
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
}
