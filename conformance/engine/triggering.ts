// Has the product send what the cases wait for, one after the other, where it has a control for that.

import { uuidOf } from '../ids.ts'
import type { ClientCase } from '../shapes.ts'
import { addressOf, isPast } from './board.ts'
import type { Board } from './board.ts'
import type { Trigger } from './server.ts'

/** Asks for each case in turn, and waits until it is over. @param isStopped nobody wants to wait any more */
export async function triggered(
  board: Board,
  trigger: (it: Trigger) => Promise<string | undefined>,
  address: string,
  isStopped: () => boolean,
): Promise<void> {
  for (const client of board.run.clients)
    if (!isStopped()) await ask(client, board, trigger, address)
}

async function ask(
  client: ClientCase,
  board: Board,
  trigger: (it: Trigger) => Promise<string | undefined>,
  address: string,
): Promise<void> {
  const { run, issued } = board
  const { id, title, message: expects, peer } = client
  const correlationID = uuidOf(run.seed, 'asked', id)
  issued.set(correlationID, client)
  board.current = id
  run.tell(`asking for ${expects.verb} ${expects.noun}: ${id}`)
  const to = addressOf(board, address, peer)
  const notAsked = await trigger({
    ...{ case: id, step: 'request', title, address: to, correlationID, expects },
  })
  if (notAsked !== undefined) run.tell(`${id}: ${notAsked}`)
  put(board, id, notAsked)
  if (notAsked === undefined) await came(board, id)
}

/** It may have come already, while the product was still being asked. */
function put({ cases }: Board, id: string, notAsked: string | undefined): void {
  const open = cases.get(id)
  if (open !== undefined) cases.set(id, { ...open, notAsked, isAsked: notAsked === undefined })
}

async function came(board: Board, id: string): Promise<void> {
  const { run, bell, cases } = board
  const end = bell.now() + run.waitMs
  const isThere = () => cases.get(id)?.played.first !== undefined
  bell.ringIn(run.waitMs)
  await bell.until(() => isThere() || bell.now() >= end)
  if (isThere()) await bell.until(() => isPast(board, id))
}
