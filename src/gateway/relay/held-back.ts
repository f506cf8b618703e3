// A message that its receiver cannot be sent yet, because something has to be there first that is on its way: kept as HELD, its
// sender told so (6.2), and received once more when that may have come.

import type { ReplyError } from '../../envelope/reply.ts'
import type { Flow } from '../../flows/flow.ts'
import { businessRule } from '../../flows/rules/index.ts'
import { anew } from '../delivery/anew.ts'
import { transition } from '../delivery/transition.ts'
import type { Leg } from '../ledger.ts'
import type { Clock, Log, Store } from '../ports.ts'
import type { Received } from '../received.ts'
import type { Refused } from '../ways.ts'
import type { NotTaken } from './again.ts'
import type { ToldLater } from './later-reply.ts'

/** What is said of a message that is not sent on: refused, or held for as long as it is refused by nothing else. */
export function turnedBack(
  errors: readonly ReplyError[],
  { again }: Pick<Received, 'again'>,
): Refused {
  const own = errors.filter(({ rule }) => businessRule(rule)?.isHold === true)
  // Beside what is held the others of the message are not sent on, either.
  const isHeld = own.length > 0 && errors.every((it) => own.includes(it) || it.code === '5.9')
  if (!isHeld || again === true) return { errors, state: 'REJECTED', isKept: !isHeld }
  const reason = own.map((it) => it.reason ?? it.code).join(' ')
  return { errors: own.map((it) => ({ ...it, level: 'WARNING' })), state: 'HELD', reason }
}

/** What releasing needs from outside. */
export interface ReleasingParts {
  readonly store: Pick<Store, 'commit' | 'legs' | 'leg'>
  readonly clock: Clock
  readonly log: Pick<Log, 'error'>
  /** Receives it once more. @returns why it is still not taken */
  readonly again: (leg: Leg) => Promise<NotTaken | undefined>
  readonly flow: (noun: string, verb: string) => Flow | undefined
  readonly wake: () => void
}

/** messages that are looked at in one turn */
const MOST_HELD = 1_000

const NOTHING = { puts: [], removals: [], events: [] }

/** Looks at all that is held, the oldest first; asked while it does so, it looks once more. */
export function releasingOn({ store, clock, log, again, flow, wake }: ReleasingParts): () => void {
  let [isLooking, isAsked] = [false, false]

  async function look(): Promise<void> {
    const { legs } = await store.legs({ direction: 'in', state: ['HELD'], limit: MOST_HELD })
    for (const { id } of legs.toReversed()) {
      const leg = await store.leg(id)
      if (leg?.state !== 'HELD') continue
      const refusal = await again(leg)
      if (refusal === undefined) await released(leg, 'It has gone on.')
      else if (isOver(leg, refusal))
        await released(leg, `It was refused: ${refusal.reason}`, refusal.told?.())
    }
  }

  /** What has waited for an object to be made waits no longer when that was not made. */
  function isOver({ noun, verb }: Leg, { isHeld }: NotTaken): boolean {
    return !isHeld && flow(noun, verb)?.making !== undefined
  }

  /** What it has become has a leg of its own; so has the word to its sender that it is refused after all. */
  async function released(leg: Leg, reason: string, later?: ToldLater): Promise<void> {
    const step = { leg: leg.id, from: 'HELD', to: 'CLOSED', reason } as const
    await anew(async () => {
      const told = transition(leg, step, { at: clock(), revision: 0 })
      const events = [told, ...(later?.events ?? [])]
      const done = await store.commit({ ...NOTHING, ...later, steps: [step], events })
      if (later !== undefined && done.kind === 'committed') wake()
      return done.kind === 'committed' || done.kind === 'late' ? true : undefined
    })
  }

  return () => {
    isAsked = true
    if (isLooking) return
    isLooking = true
    void (async () => {
      while (isAsked) {
        isAsked = false
        await look().catch((err: unknown) => log.error({ err }, 'what is held is not looked at'))
      }
      isLooking = false
    })()
  }
}
