// Answers that are not given at once: they come to an address of the tester, which the request has named in ReplyAddress, and
// are known by the CorrelationID of that request (IEC 61968-100 5.2.5).

import { textAt } from '../find.ts'
import type { Answer } from './answer.ts'
import { arrived } from './arrived.ts'
import { listen } from './listen.ts'
import type { Asked, Place, Told } from './listen.ts'
import { received } from './received.ts'

/** Where answers come later. */
export interface Later {
  /** what requests name */
  readonly address: string
  /** The first that has come with this CorrelationID, or comes in time. */
  readonly reply: (correlationID: string) => Promise<Answer>
}

/** One that listens until it is closed. */
export interface OpenLater extends Later {
  readonly close: () => Promise<void>
}

const TAKEN: Told = { status: 204, headers: {}, bytes: new Uint8Array() }
/** Of what cannot be read nobody can say which request it answers. */
const UNREADABLE: Told = { ...TAKEN, status: 400 }

/** @param token in the address, as in those of the tester as server @param waitMs how long an answer may take */
export async function listenLater(place: Place, token: string, waitMs: number): Promise<OpenLater> {
  const came = new Map<string, Answer>()
  const waiting = new Map<string, (answer: Answer) => void>()
  const take = async (asked: Asked): Promise<Told> => {
    const { bytes, unread } = arrived(asked)
    const { root } = received(bytes, unread === undefined)
    const id = textAt(root, 'Header/CorrelationID')
    if (id === undefined) return UNREADABLE
    const contentType = asked.headers['content-type'] ?? ''
    const answer = { kind: 'answered', status: 200, contentType, bytes } as const
    // The same answer may be told twice: the first one counts.
    if (!came.has(id)) came.set(id, answer)
    waiting.get(id)?.(came.get(id) ?? answer)
    return TAKEN
  }
  const { address, close } = await listen(place, take)
  return {
    address: `${address}/t/${token}/later`,
    reply: (id) => {
      const known = came.get(id)
      return known === undefined ? inTime(id, waiting, waitMs) : Promise.resolve(known)
    },
    close,
  }
}

function inTime(
  id: string,
  waiting: Map<string, (answer: Answer) => void>,
  waitMs: number,
): Promise<Answer> {
  return new Promise((done) => {
    const end = (answer: Answer) => {
      clearTimeout(timer)
      waiting.delete(id)
      done(answer)
    }
    const timer = setTimeout(() => end({ kind: 'late', waitedMs: waitMs }), waitMs)
    waiting.set(id, end)
  })
}
