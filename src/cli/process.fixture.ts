// For tests of the command line: one process for each call, a folder for files that goes away with the process.

import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The repository: paths in arguments are relative to it. */
export const ROOT = fileURLToPath(new URL('../../..', import.meta.url))

/** The compiled command line. */
export const CLI = fileURLToPath(new URL('../cli.js', import.meta.url))

/** For whatever a test writes. */
export const folder = mkdtempSync(join(tmpdir(), 'cimgate-cli-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))

/** What a process has left behind. */
export interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** Runs one command with nothing on standard input. */
export function cimgate(...args: readonly string[]): Promise<Ended> {
  return run(args, '')
}

/** Runs one command. */
export function run(args: readonly string[], input: string | Buffer): Promise<Ended> {
  const child = spawn(process.execPath, [CLI, ...args], { cwd: ROOT })
  child.stdin.on('error', () => undefined).end(input)
  const [out, err]: [Buffer[], Buffer[]] = [[], []]
  child.stdout.on('data', (it: Buffer) => void out.push(it))
  child.stderr.on('data', (it: Buffer) => void err.push(it))
  const text = (it: readonly Buffer[]) => Buffer.concat(it).toString('utf8')
  return new Promise((done) =>
    child.on('close', (code) => done({ code, out: text(out), err: text(err) })),
  )
}

/** A file of the folder. */
export function file(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

/** A folder of the folder. */
export function subfolder(name: string, texts: Readonly<Record<string, string>> = {}): string {
  const path = join(folder, name)
  mkdirSync(path)
  for (const [it, text] of Object.entries(texts)) writeFileSync(join(path, it), text)
  return path
}

/** A file of the repository. */
export function read(path: string): Buffer {
  return readFileSync(join(ROOT, path))
}
