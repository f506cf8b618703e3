// A PostgreSQL server for tests, and what keeps it: it ends with whoever has started this process, whatever becomes of
// them. Commands are lines of standard input (`start`, `kill`, `stop`, `standby`, `primary`), each answered by a line of standard output.
// Arguments: folder of the programs, encoding, then settings such as fsync=off, or copy=HOME of the server that it follows.

import { spawn, spawnSync } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import {
  accessSync,
  chmodSync,
  chownSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, delimiter, dirname, join } from 'node:path'
import { createInterface } from 'node:readline'

const COPY = 'copy='
const [given = '', encoding = 'UTF8', ...more] = process.argv.slice(2)
/** home of a server that is stopped, of which this one is to be the standby */
const [original] = more.flatMap((it) => (it.startsWith(COPY) ? [it.slice(COPY.length)] : []))
const settings = more.filter((it) => !it.startsWith(COPY))
/** PostgreSQL refuses to run as root: nobody, then. */
const NOBODY = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : undefined

const home = mkdtempSync(join(tmpdir(), 'cimgate-postgres-'))
const data = join(home, 'data')
let server: ChildProcess | undefined

process.on('exit', () => {
  kill()
  rmSync(home, { recursive: true, force: true, maxRetries: 5 })
})
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const)
  process.on(signal, () => process.exit(1))

own(home)
const native = reachable(given) ? given : copied(given)
const libraries = [linked(native), join(native, 'lib')].join(delimiter)
const env = { ...process.env, LD_LIBRARY_PATH: libraries, DYLD_LIBRARY_PATH: libraries }
const port = await freePort()
if (original === undefined) makeCluster()
else copyCluster(original)

const COMMANDS: Readonly<Record<string, () => Promise<void>>> = {
  start,
  kill: killed,
  stop,
  standby: () => restartAs('standby'),
  primary: () => restartAs('primary'),
}
const lines = createInterface({ input: process.stdin })
for await (const line of lines) {
  await COMMANDS[line]?.()
  process.stdout.write(`${line} ${port} ${home}\n`)
}
await ended('SIGQUIT')
process.exit(0)

function makeCluster(): void {
  const locale = encoding === 'UTF8' ? ['--locale-provider=icu', '--icu-locale=en-US'] : []
  const how = [
    '--no-sync',
    '-U',
    'postgres',
    '-A',
    'trust',
    '-E',
    encoding,
    '--locale=C',
    ...locale,
  ]
  const made = spawnSync(program('initdb'), ['-D', data, ...how], {
    env,
    ...NOBODY,
    encoding: 'utf8',
  })
  if (made.status !== 0) throw new Error(`initdb: ${made.error?.message ?? made.stderr}`)
}

function copyCluster(from: string): void {
  cpSync(join(from, 'data'), data, { recursive: true })
  for (const it of readdirSync(data, { recursive: true })) own(join(data, it as string))
  own(data)
  chmodSync(data, 0o700)
  writeFileSync(join(data, 'standby.signal'), '')
  own(join(data, 'standby.signal'))
}

/** Resolves when it takes connections. */
async function start(): Promise<void> {
  const set = [
    `port=${port}`,
    `unix_socket_directories=${home}`,
    // Else what a killed server has in memory stays there.
    'dynamic_shared_memory_type=mmap',
    'listen_addresses=127.0.0.1',
    ...settings,
  ]
  const args = ['-D', data, ...set.flatMap((it) => ['-c', it])]
  // The memory of a server that was killed a moment ago may not be free yet.
  for (let n = 0; ; n += 1) {
    const child = spawn(program('postgres'), args, {
      env,
      ...NOBODY,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    server = child
    const said = await ready(child)
    if (said === undefined) return
    if (n > 50) throw new Error(said)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

/** @returns what it said instead, when it has ended */
function ready(child: ChildProcess): Promise<string | undefined> {
  let said = ''
  return new Promise((resolve) => {
    child.stderr?.on('data', (chunk: Buffer) => {
      said += said.length < 10_000 ? chunk.toString() : ''
      if (said.includes('is ready to accept')) resolve(undefined)
    })
    child.once('exit', () => resolve(said))
    child.once('error', (error) => resolve(error.message))
  })
}

/** As a power cut would end it, and all that belongs to it. */
async function killed(): Promise<void> {
  const end = ending()
  kill()
  await end
}

function kill(): void {
  if (server?.pid === undefined || server.exitCode !== null || server.signalCode !== null) return
  const all = [server.pid, ...childrenOf(server.pid)]
  for (const it of all)
    try {
      process.kill(it, 'SIGKILL')
    } catch {
      // It has ended by itself.
    }
}

function childrenOf(pid: number): readonly number[] {
  try {
    const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim()
    return text === '' ? [] : text.split(' ').map(Number)
  } catch {
    return []
  }
}

/** As its operator would, without waiting for whoever is connected. */
function stop(): Promise<void> {
  return ended('SIGINT')
}

/** A standby has nobody here to follow; it can be read. */
async function restartAs(role: 'standby' | 'primary'): Promise<void> {
  await stop()
  const signal = join(data, 'standby.signal')
  if (role === 'primary') rmSync(signal, { force: true })
  else writeFileSync(signal, '')
  await start()
}

async function ended(signal: NodeJS.Signals): Promise<void> {
  const end = ending()
  server?.kill(signal)
  await end
}

function ending(): Promise<void> {
  const child = server
  if (child === undefined || child.exitCode !== null || child.signalCode !== null)
    return Promise.resolve()
  return new Promise((resolve) => child.once('exit', () => resolve()))
}

function program(name: string): string {
  return join(native, 'bin', name)
}

/** The links that a package cannot hold, and that are made at installation where scripts may run. */
function linked(from: string): string {
  const folder = join(home, 'lib')
  mkdirSync(folder)
  const list = join(from, 'pg-symlinks.json')
  const links = JSON.parse(readFileSync(list, 'utf8')) as readonly {
    readonly source: string
    readonly target: string
  }[]
  for (const { source, target } of links)
    symlinkSync(join(dirname(from), source), join(folder, basename(target)))
  return folder
}

function reachable(path: string): boolean {
  if (NOBODY === undefined) return true
  for (let at = path; at !== dirname(at); at = dirname(at))
    if ((statSync(at).mode & 0o005) !== 0o005) return false
  return true
}

/** Nobody may look into a checkout of root. */
function copied(from: string): string {
  const folder = join(home, 'package', 'native')
  cpSync(from, folder, { recursive: true, verbatimSymlinks: true })
  return folder
}

function own(path: string): void {
  if (NOBODY !== undefined) chownSync(path, NOBODY.uid, NOBODY.gid)
  accessSync(path)
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const asking = createServer().listen(0, '127.0.0.1', () => {
      const { port: free } = asking.address() as AddressInfo
      asking.close(() => resolve(free))
    })
  })
}
