// Starts the load generator beside a gateway, and looks at the gateway meanwhile.

import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { FloodPlan, Flooded } from './flood.fixture.ts'

const SCRIPT = fileURLToPath(new URL('./flood-process.fixture.js', import.meta.url))

/** Floods from another process. */
export function flooding(plan: FloodPlan): Promise<Flooded> {
  const child = spawn(process.execPath, [SCRIPT, JSON.stringify(plan)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  child.stdout.setEncoding('utf8').on('data', (it: string) => (said += it))
  return new Promise((done, fail) => {
    child.once('error', fail)
    child.once('close', (code) =>
      code === 0
        ? done(JSON.parse(said) as Flooded)
        : fail(new Error(`the generator ended with ${code}`)),
    )
  })
}

/** Megabytes that a process has in memory now; 0 where the system does not tell. */
export function residentMb(pid: number): number {
  const file = `/proc/${pid}/status`
  if (!existsSync(file)) return 0
  return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(file, 'utf8'))?.[1] ?? 0) / 1_024
}

/** Most memory that a process has had until it is stopped. */
export function watchMemory(pid: number): () => number {
  let most = residentMb(pid)
  const timer = setInterval(() => (most = Math.max(most, residentMb(pid))), 50)
  return () => {
    clearInterval(timer)
    return most
  }
}

/** A value of /metrics. */
export function metricIn(text: string, name: string): number {
  const line = text.split('\n').find((it) => it.startsWith(`${name} `))
  return Number(line?.slice(name.length + 1) ?? NaN)
}
