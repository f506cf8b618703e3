// The terminal that a process has: what its streams and its environment say of it.

import type { Terminal } from './terminal.ts'

/** What is looked at of a process. */
export interface Streams {
  readonly stdout: Stream
  readonly stderr: Stream
  readonly env: Readonly<Record<string, string | undefined>>
}

interface Stream {
  readonly isTTY?: boolean
  readonly columns?: number
  write(text: string): unknown
}

const COLUMNS = 100

/** The terminal that a process has by its streams, with colours where these show them and nobody has switched them off. */
export function terminalOf({ stdout, stderr, env }: Streams): Terminal {
  const isScreen = stdout.isTTY === true
  return {
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
    // https://no-color.org: any value but an empty one
    colour: isScreen && !env['NO_COLOR'] && env['TERM'] !== 'dumb',
    // Where results scroll by on the same screen, they are progress enough.
    watched: stderr.isTTY === true && !isScreen,
    width: stdout.columns ?? COLUMNS,
  }
}
