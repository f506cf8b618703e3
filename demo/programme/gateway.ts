// The gateway of a season: a process that is killed in the middle of each step and started again where it was, on the same port
// and the same folder.

import { startGateway } from '../gateway.ts'
import type { Gateway, Place } from '../gateway.ts'

/** A gateway that does not stay. */
export interface Killable {
  readonly address: string
  /** what has been logged since the first start */
  readonly log: () => string
  /** `kill -9`, and another one in its place. Resolves when that one listens. */
  readonly kill: () => Promise<void>
  readonly stop: () => Promise<void>
}

/** @param data an empty folder @param config path of the configuration */
export async function killable(
  data: string,
  config: string,
  places: readonly Place[],
): Promise<Killable> {
  let current: Gateway = await startGateway(data, places, { config })
  const { address } = current
  const port = Number(new URL(address).port)
  let before = ''
  let renewing = Promise.resolve()

  async function renewed(): Promise<void> {
    await current.stop('SIGKILL')
    before += current.log()
    current = await startGateway(data, places, { config, port })
  }

  return {
    address,
    log: () => before + current.log(),
    kill: () => (renewing = renewed()),
    stop: async () => {
      await renewing
      await current.stop()
    },
  }
}
