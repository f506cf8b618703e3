// The gateway itself, as its users start it: a process of its own, with the configuration file of the demonstration.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const LAUNCH = fileURLToPath(new URL('../../src/launch.cjs', import.meta.url))
const CONFIG = fileURLToPath(new URL('../../demo/cimgate.yaml', import.meta.url))

/** A gateway that listens. */
export interface Gateway {
  readonly address: string
  /** what it has logged: warnings and errors */
  readonly log: () => string
  /** resolves with its exit code. @param signal SIGTERM by default, after which it answers what is under way */
  readonly stop: (signal?: 'SIGTERM' | 'SIGKILL') => Promise<number | null>
}

/** How it is started. */
export interface Starting {
  /** path of its configuration; that of the figures by default */
  readonly config?: string
  /** a free one by default */
  readonly port?: number
}

/** What a party has in the configuration. */
export interface Place {
  /** `tp:acme:cs` */
  readonly id: string
  readonly key: string
  /** absent = it is not sent anything */
  readonly url?: string
}

/** Starts it. @param data its folder @throws what it says when it does not start */
export async function startGateway(
  data: string,
  places: readonly Place[],
  { config = CONFIG, port = 0 }: Starting = {},
): Promise<Gateway> {
  const where = ['--port', `${port}`, '--data', data, '--config', config]
  const args = [LAUNCH, 'serve', ...where, '--log', 'warn']
  const env = { ...process.env, ...Object.fromEntries(places.flatMap(variablesOf)) }
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let log = ''
  child.stderr.on('data', (it: Buffer) => (log += it.toString()))
  const ended = once(child, 'exit').then(([code]) => code as number | null)
  for await (const line of createInterface({ input: child.stdout })) {
    const address = / at (http:\S+)/.exec(line)?.[1]
    if (address === undefined) continue
    child.stdout.resume()
    const stop: Gateway['stop'] = (signal = 'SIGTERM') => {
      child.kill(signal)
      return ended
    }
    return { address, log: () => log, stop }
  }
  throw new Error(`The gateway has not started (${await ended}).\n${log}`)
}

function variablesOf({ id, key, url }: Place): readonly (readonly [string, string])[] {
  const name = id.toUpperCase().replace(/\W/g, '_')
  return [
    [`${name.replace(/^TP_/, '')}_KEY`, key],
    ...(url === undefined ? [] : [[`CIMGATE_PARTIES_${name}_BINDING_URL`, url] as const]),
  ]
}
