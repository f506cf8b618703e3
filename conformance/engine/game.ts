// One run of the tester as server: it takes what comes, one message after the other, until all cases are over, and sums up.

import type { CaseResult } from '../results-shape.ts'
import type { Asked, Told } from '../transport/listen.ts'
import { addressOf, isPast, openBoard } from './board.ts'
import type { Board } from './board.ts'
import { isOver, seenOf } from './client-steps.ts'
import type { Planned } from './plan.ts'
import type { ServerRun } from './server.ts'
import { summed } from './summary.ts'
import type { Ran } from './summary.ts'
import { take } from './taking.ts'
import { beginning } from './telling.ts'
import { triggered } from './triggering.ts'
import { strayCases } from './unmatched.ts'
import { weighed } from './weigh.ts'

/** A run while it goes on. */
export interface Game {
  /** what comes, and what is sent back */
  readonly answer: (asked: Asked) => Promise<Told>
  /** tells where to call, has the product send, and resolves when all cases are over. @param address of the tester */
  readonly play: (address: string, isStopped: () => boolean) => Promise<void>
  /** resolves after so long, where the run goes on until then */
  readonly later: (ms: number) => Promise<void>
  /** what it has come to; nothing is waited for after that */
  readonly end: (startedAt: string, address: string) => Ran
}

/** @param run what it is made with */
export function openGame(run: ServerRun): Game {
  const board = openBoard(run)
  return {
    answer: answering(board),
    play: async (address, isStopped) => {
      for (const line of beginning(board, address)) run.tell(line)
      if (run.trigger === undefined) await board.bell.until(() => isPast(board))
      else await triggered(board, run.trigger, address, isStopped)
    },
    later: board.bell.later,
    end: (startedAt, address) => {
      board.bell.end()
      return ranOf(board, startedAt, address)
    },
  }
}

/** One after the other: what comes second is judged by what the first has left. */
function answering(board: Board): Game['answer'] {
  const { run, bell } = board
  let chain: Promise<unknown> = Promise.resolve()
  return async (asked) => {
    const taken = chain.then(() => take(asked, board))
    chain = taken.then(bell.ring, bell.ring)
    const { told, isLate } = await taken
    if (isLate) await bell.later(run.waitMs)
    return told
  }
}

function ranOf(board: Board, startedAt: string, address: string): Ran {
  const { run, wire, unmatched } = board
  const target = addressOf(board, address)
  const today = startedAt.slice(0, 10)
  const cases = [
    ...run.plan.cases.map((it) => resultOf(it, board, today)),
    ...strayCases(unmatched, run, today),
  ]
  for (const [at, it] of cases.entries()) run.progress(it, at + 1, cases.length)
  const why = `Nothing came to ${target}: see whether the product was told to send, and where to.`
  return summed(
    { ...run, target },
    {
      ...{ mode: 'server', transport: 'http', startedAt, cases, wire },
      unmatched: unmatched.map(({ file, why }) => ({ file, why })),
      ...(wire.passed.length === 0 ? { why } : {}),
    },
  )
}

/** Where no backchannel has the product send, a person has seen to it. */
function resultOf(planned: Planned, { run, cases, bell }: Board, today: string): CaseResult {
  const open = cases.get(planned.scenario.id)
  const seen =
    open === undefined ? undefined : seenOf(open, run.waitMs, isOver(open, bell.now()), run.checks)
  const result = weighed(planned, seen, { plan: run.plan, waivers: run.waivers, today })
  const isAttested = run.trigger === undefined && open?.played.first !== undefined
  return isAttested ? { ...result, attested: true } : result
}
