// The tester as server: the product under test is a client. It says where to call, waits, answers as the peer of each role,
// and tells of every message that came for which case it was taken, or why for none.

import type { Checks } from '../checks/checks.ts'
import type { ClientCase } from '../shapes.ts'
import { listen } from '../transport/listen.ts'
import type { Place } from '../transport/listen.ts'
import type { Playable } from './answering.ts'
import type { Bell } from './bell.ts'
import { openGame } from './game.ts'
import type { Judged } from './judge.ts'
import type { Ran, Run } from './summary.ts'

/** What the tester is told to have the product send. */
export interface Trigger {
  readonly case: string
  readonly step: string
  readonly title: string
  readonly address: string
  /** to be used where the product lets it be chosen: by it the message is found, whatever its address */
  readonly correlationID: string
  readonly expects: ClientCase['message']
}

/** What a run as server is made with. */
export interface ServerRun extends Omit<Run, 'target'> {
  readonly judge: (bytes: Uint8Array) => Promise<Judged>
  /** all, where nothing is said */
  readonly checks?: Checks
  /** that of the machine, where nothing is said */
  readonly bell?: Bell
  /** in the addresses; by default it follows from the seed */
  readonly token?: string
  readonly clients: readonly ClientCase[]
  readonly peers: readonly Playable[]
  readonly place: Place
  /** how long the product may take for its next message, and for doing what it should not */
  readonly waitMs: number
  /** how long the whole may take; undefined = until every case is over, or it is stopped */
  readonly forMs: number | undefined
  /** Has the product send something. @returns why it cannot. undefined = a person does that */
  readonly trigger: ((it: Trigger) => Promise<string | undefined>) | undefined
  /** resolves when somebody has had enough */
  readonly stopped: Promise<unknown>
  /** told as it happens, a line each */
  readonly tell: (line: string) => void
}

/** Listens, waits, answers, judges. */
export async function serve(run: ServerRun): Promise<Ran> {
  const startedAt = run.now()
  const game = openGame(run)
  const { address, close } = await listen(run.place, game.answer)
  let isStopped = false
  const stopped = Promise.race([
    run.stopped.then(() => run.tell('stopped: what is open now stays open')),
    ...(run.forMs === undefined ? [] : [game.later(run.forMs)]),
  ]).then(() => void (isStopped = true))
  await Promise.race([stopped, game.play(address, () => isStopped)])
  const ran = game.end(startedAt, address)
  await close()
  return ran
}
