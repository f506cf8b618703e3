// For tests only: the tester as server, asked as on the command line, and clients that call it.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { conformance } from './index.ts'
import type { ConformanceOptions } from './index.ts'
import type { Results } from './results-shape.ts'
import { openStrangerClient } from './stranger-client.fixture.ts'
import type { Wrong } from './stranger-client.fixture.ts'

type Asked = { readonly [K in keyof ConformanceOptions]?: ConformanceOptions[K] | undefined }

/** A folder for runs, with the statement of a product that sends everything in it. */
export interface Lab {
  readonly folder: string
  readonly ics: string
  /** Asks the command. @param heard is told each line as it is written */
  readonly told: (action: string, options: Asked, heard?: (line: string) => void) => Promise<Told>
  /** A client of its own plays all that it is told to. */
  readonly playedBy: (wrong: Wrong, options?: Asked) => Promise<Told>
  readonly close: () => void
}

/** What the command has said. */
export interface Told {
  readonly exit: number
  readonly out: string
  readonly err: string
  readonly results: () => Results
}

/** Removed when it is closed. */
export async function openLab(): Promise<Lab> {
  const folder = mkdtempSync(join(tmpdir(), 'cimgate-server-'))
  const ics = join(folder, 'ics.json')
  let runs = 0
  writeFileSync(ics, (await told('list', { role: 'AGG', ics: undefined })).out)
  return {
    folder,
    ics,
    told,
    playedBy,
    close: () => rmSync(folder, { recursive: true, force: true }),
  }

  async function told(
    action: string,
    options: Asked,
    heard: (line: string) => void = () => undefined,
  ): Promise<Told> {
    let [out, err] = ['', '']
    const report = join(folder, `run-${(runs += 1)}`)
    const terminal = {
      out: (it: string) => void (out += it),
      err: (it: string) => {
        err += it
        heard(it)
      },
    }
    const own = { only: [], strict: false, wait: 0.4, header: {}, mode: 'server' as const }
    const all = { ...own, ics, report, ...options } as ConformanceOptions
    const exit = await conformance(action, all, { xsd: [] }, terminal)
    const results = () => JSON.parse(readFileSync(join(report, 'results.json'), 'utf8')) as Results
    return { exit, out, err, results }
  }

  async function playedBy(wrong: Wrong, options: Asked = {}): Promise<Told> {
    const client = await openStrangerClient(wrong)
    try {
      return await told('run', { backchannel: client.control, ...options })
    } finally {
      await client.close()
    }
  }
}
