// The tour of README.md as steps: fenced blocks whose language is followed by `tour`, each with the block
// of its output. In that block `…` stands for anything.

import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { ROOT } from '../layers/sources.fixture.ts'

/** One command and what it prints. */
export interface Step {
  /** `serve` and `watch` go on until they are ended */
  readonly kind: 'run' | 'serve' | 'watch'
  readonly command: string
  readonly output: string
}

/** The steps in their order; one without an output block prints nothing that matters. */
export function stepsOf(readme: string): readonly Step[] {
  const block =
    /^```sh tour( serve| watch)?\n([\s\S]*?)^```\n(?:\n```\w+ output\n([\s\S]*?)^```\n)?/gm
  return [...readme.matchAll(block)].map(([, kind = ' run', command = '', output = '']) => ({
    kind: kind.trim() as Step['kind'],
    command: command.trim(),
    output: output.trim(),
  }))
}

/** True when a text is what an output block announces; how white space is broken does not matter. */
export function agrees(output: string, text: string): boolean {
  const escaped = (it: string) => it.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\s+/g, '\\s+')
  return new RegExp(`^\\s*${output.trim().split('…').map(escaped).join('[\\s\\S]*?')}\\s*`).test(
    text,
  )
}

/** A running step. */
export interface Running {
  readonly child: ChildProcess
  /** what it has printed so far on standard output */
  readonly text: () => string
  /** the same on standard error */
  readonly errors: () => string
  /** settles when it has ended, and nothing more is printed */
  readonly ended: Promise<void>
}

/** Starts a step as a reader would, in the clone; `PATH` decides what `npx` and `curl` are. */
export function start(command: string, path: string): Running {
  const env = { ...process.env, PATH: path }
  const child = spawn('sh', ['-c', command], {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true, // a group of its own, so that what the shell has started ends with it
  })
  let [text, errors] = ['', '']
  child.stdout.on('data', (chunk) => (text += chunk))
  child.stderr.on('data', (chunk) => (errors += chunk))
  const ended = new Promise<void>((done) => child.once('close', () => done()))
  return { child, text: () => text, errors: () => errors, ended }
}

/** Ends a step and all that it has started. */
export function end({ child }: Running): void {
  if (child.exitCode === null && child.pid !== undefined) process.kill(-child.pid, 'SIGTERM')
}

/** Waits until a running step has printed something; false when it has ended or the time is over first. */
export async function printed(it: Running, isDue: () => boolean, mostMs: number): Promise<boolean> {
  const until = Date.now() + mostMs
  while (!isDue() && Date.now() < until && it.child.exitCode === null)
    await new Promise((done) => setTimeout(done, 20))
  return isDue()
}

/**
 * A PATH on which `npx cimgate` is this build, without npm in between, and `curl` one of ours where there is none.
 * @param folder an empty one, for the stand-ins
 */
export function pathWith(folder: string, hasCurl: boolean): string {
  const program = (name: string, run: string) => {
    writeFileSync(join(folder, name), `#!/bin/sh\n${run}\n`)
    chmodSync(join(folder, name), 0o755)
  }
  mkdirSync(folder, { recursive: true })
  program('npx', `shift; exec "${process.execPath}" "${ROOT}dist/src/cli.js" "$@"`)
  if (!hasCurl)
    program('curl', `exec "${process.execPath}" "${ROOT}dist/src/readme/curl.fixture.js" "$@"`)
  return [folder, process.env['PATH']].join(delimiter)
}
