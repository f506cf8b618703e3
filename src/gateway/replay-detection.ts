// ReplayDetection in the Header of a message: what somebody else sends once more is refused (MSG-REPLAY). Which Nonces have
// come is in the store, so that it is known after a restart and to every node; how long, is bounded by Created.

import type { ReplyError } from '../envelope/reply.ts'
import { isObject, member } from '../schema/json-text.ts'
import type { JsonObject } from '../schema/json-text.ts'
import type { Clock, Store } from './ports.ts'
import type { Received } from './received.ts'
import { shifted } from './delivery/outcome.ts'

/** How far Created may be from our clock, in either direction, in milliseconds. */
export const REPLAY_WINDOW_MS = 300_000

/** A message, as one use of its Nonce. */
export interface NonceUse {
  /** Nonces of two parties are two, or one could use up those of the other */
  readonly party: string
  readonly nonce: string
  /** ISO 8601 with Z, to the millisecond */
  readonly createdAt: string
  /** tells the message from all others: the same one may be there already, where `mayRepeat` */
  readonly message: string
  readonly mayRepeat: boolean
  /** Nonces of messages that were made before this time need not be known any more: their Created refuses them */
  readonly forgetBefore: string
}

/** Why a message is taken for one that somebody else has sent again. */
export type Replayed = 'used' | 'old' | 'future'

/** What the Header says; undefined when it says nothing. */
export function detectionIn(
  message: JsonObject,
): { readonly nonce: string; readonly createdMs: number } | undefined {
  const it = member(member(message, 'header'), 'ReplayDetection')
  if (!isObject(it)) return undefined
  const created = String(member(it, 'Created') ?? '').trim()
  // Without a zone it is UTC, as everywhere in the envelope; digits behind the milliseconds do not count.
  const zoned = /(Z|[+-]\d\d:\d\d)$/.test(created) ? created : `${created}Z`
  const whole = zoned.replace(/(\.\d{3})\d+/, '$1')
  return { nonce: String(member(it, 'Nonce') ?? ''), createdMs: Date.parse(whole) }
}

/**
 * Notes that a message has come, where it has a Nonce.
 * @param mayRepeat false where its reply is not kept, so that it cannot be answered as before
 * @returns why it is refused; undefined when it is not
 */
export async function replayOf(
  { sender, bodyHash }: Pick<Received, 'sender' | 'bodyHash'>,
  message: JsonObject,
  mayRepeat: boolean,
  { store, clock }: { readonly store: Pick<Store, 'commit'>; readonly clock: Clock },
): Promise<Replayed | undefined> {
  const detection = detectionIn(message)
  if (detection === undefined) return undefined
  const { nonce, createdMs } = detection
  const now = clock()
  const aheadMs = createdMs - Date.parse(now)
  if (!(aheadMs >= -REPLAY_WINDOW_MS)) return 'old'
  if (aheadMs > REPLAY_WINDOW_MS) return 'future'
  const createdAt = new Date(createdMs).toISOString()
  const forgetBefore = shifted(now, -REPLAY_WINDOW_MS)
  const use = { party: sender.party, nonce, createdAt, message: bodyHash, mayRepeat, forgetBefore }
  const { kind } = await store.commit({ puts: [], removals: [], events: [], nonce: use })
  return kind === 'used' || kind === 'old' ? kind : undefined
}

/** What the sender hears. */
export function replayError(why: Replayed): ReplyError {
  const [reason, details] = SAID[why]
  return { code: '7.7', level: 'FATAL', rule: 'MSG-REPLAY', reason, details }
}

const MINUTES = REPLAY_WINDOW_MS / 60_000

const SAID: Readonly<Record<Replayed, readonly [reason: string, details: string]>> = {
  used: [
    'Another message has come with the Nonce of its ReplayDetection.',
    'Write a new Nonce into each message; to ask again after a timeout, send the same message unchanged.',
  ],
  old: [
    `Created of its ReplayDetection is more than ${MINUTES} minutes old, or so old that its Nonce may have been used.`,
    'Write the message anew, with Created as it is sent, and look at the clock.',
  ],
  future: [
    `Created of its ReplayDetection is more than ${MINUTES} minutes ahead.`,
    'Set the clock of the sender, or that of the gateway, by a time server.',
  ],
}
