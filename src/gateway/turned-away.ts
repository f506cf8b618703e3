// What was refused without taking its MessageID, on record all the same: its sender asks later why. The corrected message
// may come under the same MessageID, and so may one that is just as wrong; each is a leg of its own.

import { legible } from '../envelope/escape.ts'
import type { BusinessKey, Leg } from './ledger.ts'
import { REFUSED_MESSAGE } from './ledger.ts'
import { recordOf } from './message-record.ts'
import type { Clock, Log, NewId, Store, Validated } from './ports.ts'
import type { Answer, Received } from './received.ts'
import { keysOf } from './relay/business-keys.ts'

/** Keeps one with what was answered. Never rejects: a refusal is told also where it cannot be kept. */
export type KeepRefused = (
  received: Received,
  validated: Validated,
  answer: Answer,
) => Promise<void>

/** What keeping needs. */
export interface RefusedParts {
  readonly store: Pick<Store, 'commit'>
  readonly clock: Clock
  readonly newId: NewId
  readonly log: Log
}

/** of each party in each hour of the clock: whoever repeats what is wrong without end does not fill the disk */
export const MOST_REFUSED = { messages: 10_000, octets: 256 * 1024 * 1024 } as const

/** characters of what the message says of itself: nobody has found it short enough */
const LONGEST = 200

/** Over one store. */
export function keepingRefused({ store, clock, newId, log }: RefusedParts): KeepRefused {
  const isRoom = roomFor(log)
  return async (received, validated, answer) => {
    const at = clock()
    const { party } = received.sender
    if (!isRoom(party, at, received.bytes.length + answer.rendered.text.length)) return
    const id = newId()
    const exchangeId = received.exchangeId ?? newId()
    const message = legOf(received, validated, answer, { id, exchangeId, at })
    try {
      const keys = [...messageIDKey(message, validated), ...keysOf(message, validated.json ?? {})]
      await store.commit({ puts: [], removals: [], events: [], message, keys })
    } catch (err) {
      log.error({ err, party, exchangeId }, 'a refused message could not be kept')
    }
  }
}

function legOf(
  received: Received,
  validated: Validated,
  answer: Answer,
  ids: Pick<Leg, 'id' | 'exchangeId' | 'at'>,
): Leg {
  const kept = { ...ids, flow: '', state: 'REJECTED' } as const
  const leg = recordOf(received, validated, kept, answer)
  return {
    ...leg,
    messageID: `${prefixOf(leg)}${cut(validated.messageID)}`,
    correlationID: cut(leg.correlationID),
    verb: cut(validated.verb),
    noun: cut(validated.noun),
  }
}

/** By this key it is found, because the MessageID of the leg is one of ours. */
function messageIDKey(leg: Leg, { messageID }: Validated): readonly BusinessKey[] {
  const value = cut(messageID)
  return value === '' ? [] : [{ leg: leg.id, name: REFUSED_MESSAGE, value }]
}

/** Short enough for its column, and without what no database keeps: JSON can have NUL and half a character in a name. */
function cut(text: string | null): string {
  return Array.from(legible((text ?? '').slice(0, LONGEST * 2)))
    .slice(0, LONGEST)
    .join('')
}

function prefixOf({ id }: Pick<Leg, 'id'>): string {
  return `refused ${id} `
}

/** The MessageID as its sender has written it, also of what was refused. */
export function shownMessageID(leg: Pick<Leg, 'id' | 'messageID'>): string {
  const prefix = prefixOf(leg)
  return leg.messageID.startsWith(prefix) ? leg.messageID.slice(prefix.length) : leg.messageID
}

/** Counts by party, of which there are as many as the configuration has. */
function roomFor(log: Log): (party: string, at: string, octets: number) => boolean {
  const counts = new Map<
    string,
    { readonly hour: string; messages: number; octets: number; isFull: boolean }
  >()
  return (party, at, octets) => {
    const hour = at.slice(0, 'YYYY-MM-DDThh'.length)
    const known = counts.get(party)
    const count = known?.hour === hour ? known : { hour, messages: 0, octets: 0, isFull: false }
    counts.set(party, count)
    const isRoom =
      count.messages < MOST_REFUSED.messages && count.octets + octets <= MOST_REFUSED.octets
    if (isRoom) {
      count.messages += 1
      count.octets += octets
    } else if (!count.isFull) {
      count.isFull = true
      log.warn(
        { party, hour },
        'too many messages of a party are refused; more of this hour are not kept',
      )
    }
    return isRoom
  }
}
