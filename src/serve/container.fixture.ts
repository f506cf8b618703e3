// What is in the container that deploy/Containerfile makes, laid out and started as there, without a container.

import { execFileSync, spawn } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { ROOT } from '../layers/sources.fixture.ts'
import { lockedIn, readJson, runtimeOf } from '../supply/lockfile.fixture.ts'
import { newFolder, servedBy } from './process.fixture.ts'
import type { Served } from './process.fixture.ts'

/** One line of a container file: `COPY`, `--from=build /cimgate /cimgate`. */
export interface Instruction {
  readonly keyword: string
  readonly rest: string
}

/** The instructions of each stage, in order, without comments. */
function stagesIn(text: string): readonly (readonly Instruction[])[] {
  const lines = text
    .replace(/\\\n/g, ' ')
    .split('\n')
    .filter((it) => it.trim() !== '' && !it.startsWith('#'))
  const stages: Instruction[][] = []
  for (const line of lines) {
    const [keyword = '', ...rest] = line.split(' ')
    if (keyword === 'FROM') stages.push([])
    stages.at(-1)?.push({ keyword, rest: rest.join(' ') })
  }
  return stages
}

/** The last stage of deploy/Containerfile: what is started. */
export const STAGES = stagesIn(readFileSync(`${ROOT}deploy/Containerfile`, 'utf8'))

/** What the last stage says behind a keyword, the first time. */
export function said(keyword: string): string {
  return STAGES.at(-1)?.find((it) => it.keyword === keyword)?.rest ?? ''
}

/** A command in its JSON form, also the one behind `CMD` in a health check. */
export function commandOf(keyword: string): readonly string[] {
  const text = said(keyword)
  return JSON.parse(text.slice(text.indexOf('['))) as readonly string[]
}

const folder = mkdtempSync(join(tmpdir(), 'cimgate-container-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))

/** Lays out the files of the image: those of the published package, and of other packages those that run. */
export function layOut(): void {
  for (const path of [...published(), ...packages()]) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    cpSync(join(ROOT, path), join(folder, path), { recursive: true })
  }
}

function published(): readonly string[] {
  const args = ['pack', '--dry-run', '--json', '--ignore-scripts']
  const shell = process.platform === 'win32'
  const text = execFileSync('npm', args, { cwd: ROOT, shell, stdio: ['ignore', 'pipe', 'ignore'] })
  const [pack] = JSON.parse(text.toString()) as readonly {
    readonly files: readonly { readonly path: string }[]
  }[]
  return (pack?.files ?? []).map((it) => it.path)
}

function packages(): readonly string[] {
  const locked = runtimeOf(lockedIn(readJson('package-lock.json')))
  return locked.map((it) => it.path).filter((it) => existsSync(join(ROOT, it)))
}

/** A folder of its own that the user of the container may write to. */
export function ownFolder(): string {
  const path = newFolder()
  chmodSync(path, 0o777)
  return path
}

/** Starts it as the container is started, as its user where this process may, at any free port of loopback. */
export function startContainer(
  variables: Readonly<Record<string, string>>,
  places: Readonly<Record<string, string>>,
): Promise<Served> {
  const own = { '0.0.0.0': '127.0.0.1', '8080': '0', ...places }
  const [, ...args] = [...commandOf('ENTRYPOINT'), ...commandOf('CMD')].map(
    (it) => (own as Readonly<Record<string, string>>)[it] ?? it,
  )
  const [uid, gid] = said('USER').split(':').map(Number)
  const isRoot = process.getuid?.() === 0
  chmodSync(folder, 0o755)
  return servedBy(
    spawn(process.execPath, args, {
      cwd: folder,
      env: { NODE_ENV: 'production', TMPDIR: tmpdir(), ...variables },
      ...(isRoot && uid !== undefined && gid !== undefined ? { uid, gid } : {}),
    }),
  )
}
