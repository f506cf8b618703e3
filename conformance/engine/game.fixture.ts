// For tests only: a run of the tester as server, in memory, with a client that is told what to send. Nobody waits.

import { LISTENERS } from '../peers/listeners.ts'
import { scenarioOf } from '../register.ts'
import { runFor } from '../selftest/playing.ts'
import type { Ground } from '../selftest/playing.ts'
import type { Role } from '../shapes.ts'
import { statementOf } from '../statement.ts'
import { strangerClient } from '../stranger-client.fixture.ts'
import type { Wrong } from '../stranger-client.fixture.ts'
import { playable } from './answering.ts'
import { openGame } from './game.ts'
import { planFor } from './plan.ts'
import type { ServerRun } from './server.ts'
import { openVirtualBell } from './virtual-bell.fixture.ts'

/** How a game is played, where it is not as usual. */
export interface GameOptions extends Partial<
  Pick<ServerRun, 'checks' | 'judge' | 'peers' | 'waitMs' | 'bell' | 'trigger'>
> {
  readonly role?: Role
  /** ids of cases; empty = all of the role */
  readonly only?: readonly string[]
  readonly tell?: (line: string) => void
}

/** What a game is made with. */
export function serverRun(ground: Ground, options: GameOptions): ServerRun {
  const { role = 'AGG', only = [], ...rest } = options
  const { register } = ground
  const capability = statementOf(role, register)
  const scenarios = register.clients.map(scenarioOf)
  const plan = planFor(capability, { ...register, scenarios }, { only, strict: false }, 'sends')
  const due = plan.cases.filter((it) => it.notApplicable === undefined)
  const ids = due.map(({ scenario }) => scenario.id)
  return {
    ...{ ...runFor(capability, ground), judge: ground.judge, plan },
    clients: register.clients.filter((it) => ids.includes(it.id)),
    peers: LISTENERS.map((it) => playable(it)),
    ...{ place: { host: '', port: 0 }, waitMs: 0, forMs: undefined, trigger: undefined },
    ...{ stopped: new Promise(() => undefined), tell: () => undefined, ...rest },
  }
}

const WAIT_MS = 1000
const PATIENCE_MS = 300

/** A client in every case that it is told to send for. @param path where it sends everything; by default where it is told to */
export async function playedBy(
  wrong: Wrong,
  ground: Ground,
  { path, ...options }: GameOptions & { readonly path?: string } = {},
) {
  const bell = openVirtualBell()
  const lines: string[] = []
  let judging = 0
  const client = strangerClient(wrong, post, { path })
  const run = serverRun(ground, {
    ...{ bell, waitMs: WAIT_MS, ...options, tell: (line) => void lines.push(line) },
    judge: async (bytes) => {
      judging += 1
      const judged = await ground.judge(bytes)
      judging -= 1
      return judged
    },
    trigger: async (order) => {
      void client.obey(order)
      return undefined
    },
  })
  const game = openGame(run)
  await bell.run(
    game.play('http://tester', () => false),
    () => judging > 0,
  )
  return { ...game.end(run.now(), ''), lines }

  async function post(address: string, body: string): Promise<string | undefined> {
    const asked = {
      ...{ method: 'POST', path: new URL(address).pathname, bytes: new TextEncoder().encode(body) },
      headers: { 'content-type': 'application/xml' },
    }
    const told = game.answer(asked).then((it) => {
      const text = new TextDecoder().decode(it?.bytes)
      if (it === undefined || (text === '' && it.status >= 500)) return undefined
      return text === '' && it.status >= 400 ? `HTTP ${it.status}` : text
    })
    return Promise.race([told, bell.later(PATIENCE_MS).then(() => undefined)])
  }
}
