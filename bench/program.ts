// Other programs: whether they are here, how long they run, and a gateway of our own to talk to.

import { spawn, spawnSync } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { ROOT } from './schema.ts'

/** The command line as `npx cimgate` starts it. */
export const CIMGATE = [join(ROOT, 'src/launch.cjs')] as const

/** True when a program can be started. */
export function isInstalled(program: string): boolean {
  return spawnSync(program, ['--version']).error === undefined
}

/** Runs a program to its end, its output thrown away. @throws when its exit code is another one */
export async function runs(program: string, args: readonly string[], due = 0): Promise<void> {
  const child = spawn(program, args, { stdio: 'ignore' })
  const [code] = await once(child, 'close')
  if (code !== due) throw new Error(`${program} ended with ${code}, ${due} was due`)
}

/** A server in a process of its own. */
export interface Served {
  readonly address: string
  readonly child: ChildProcess
  readonly stop: () => Promise<void>
}

/** Starts a Node program that prints its address when it is ready. */
export async function serving(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Served> {
  const env = { ...process.env, ...environment }
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'], env })
  for await (const line of createInterface({ input: child.stdout })) {
    const address = /http:\/\/\S+/.exec(line)?.[0]
    if (address === undefined) continue
    return { address, child, stop: () => stopped(child) }
  }
  throw new Error(`${args.join(' ')} has not become ready`)
}

/** A gateway with an empty store in a folder. */
export function gateway(
  data: string,
  more: readonly string[] = [],
  environment: Readonly<Record<string, string>> = {},
): Promise<Served> {
  const args = ['serve', '--port', '0', '--data', data, '--log', 'error', ...more]
  return serving([...CIMGATE, ...args], environment)
}

const MIB = 1024 * 1024

/** MB in use by the process of a gateway, as it says itself. @param headers for one that knows its callers */
export async function residentMb(
  address: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<number> {
  const text = await (await fetch(`${address}/metrics`, { headers })).text()
  return Number(/^process_resident_memory_bytes (\d+)$/m.exec(text)?.[1]) / MIB
}

async function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  child.kill('SIGTERM')
  await once(child, 'close')
}
