// A gateway that is ended by SIGTERM while clients write (T14): what they have begun is answered, and what was answered is
// there afterwards.

import * as assert from 'uvu/assert'
import { waitFor } from '../shell/wait.fixture.ts'
import { allEvents, create, storedIds } from './client.fixture.ts'
import { newGroup } from './messages.fixture.ts'
import { newFolder, start } from './process.fixture.ts'

const CLIENTS = 8

/** Ends one gateway under load so many times, on one folder. @returns what was acknowledged over all rounds */
export async function endUnderLoad(rounds: number, random: () => number): Promise<number> {
  const folder = newFolder()
  const acked = new Set<string>()
  /** by a reset: of a connection that the listener had not taken yet when it closed, or of one under way */
  const unknown = new Set<string>()
  for (let round = 1; round <= rounds; round += 1) {
    const served = await start(folder, '--log', 'error')
    const due = acked.size + 5 + Math.floor(random() * 30)
    let isEnding = false
    const client = async (_: unknown, at: number) => {
      while (!isEnding) {
        const group = newGroup(2)
        // Begun before the signal: it is answered, or the round fails. What was not let in has not begun.
        const made = await create(served.address, group, at % 2 === 0 ? 'xml' : 'json').catch(
          notLetIn,
        )
        if (made === 'ECONNRESET') unknown.add(group.mRID)
        if (typeof made === 'string') return
        acked.add(group.mRID)
      }
    }
    const loading = Promise.all(Array.from({ length: CLIENTS }, client))
    await waitFor(() => acked.size >= due, `${due} acknowledgements`)
    isEnding = true
    const [code] = await Promise.all([served.end('SIGTERM'), loading])
    assert.is(code, 0, `round ${round}: ${served.said()}`)
  }
  const served = await start(folder, '--log', 'error')
  const stored = await storedIds(served.address)
  const lost = [...acked].filter((it) => !stored.includes(it))
  const unheard = [...stored].filter((it) => !acked.has(it) && !unknown.has(it))
  assert.equal([lost, unheard], [[], []])
  assert.is((await allEvents(served.address, stored.length)).length, stored.length)
  await served.end('SIGTERM')
  return acked.size
}

/** Whoever comes too late finds the port closed, or its connection reset before it was taken; any other failure is a fault. */
function notLetIn(error: Error): 'ECONNREFUSED' | 'ECONNRESET' {
  const { code } = (error.cause ?? {}) as { readonly code?: string }
  if (code === 'ECONNREFUSED' || code === 'ECONNRESET') return code
  throw new Error(`${error.message}: ${code}`, { cause: error })
}
