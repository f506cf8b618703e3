// For tests only: an action of the suite, asked as on the command line, and all that it has said.

import { conformance } from './index.ts'
import type { ConformanceOptions } from './index.ts'

/** What an action has ended with, and written. */
export interface Told {
  readonly exit: number
  readonly out: string
  readonly err: string
}

/** Asks where nothing but this is said. @param wait seconds for an answer */
export function asking(wait: number) {
  const defaults: ConformanceOptions = { only: [], strict: false, wait, header: {} }
  return async (
    action: string,
    options: Partial<ConformanceOptions> = {},
    xsd: readonly string[] = [],
  ): Promise<Told> => {
    let [out, err] = ['', '']
    const terminal = {
      out: (it: string) => void (out += it),
      err: (it: string) => void (err += it),
    }
    const exit = await conformance(action, { ...defaults, ...options }, { xsd }, terminal)
    return { exit, out, err }
  }
}
