// A message that comes before another one that has to be first is held for a while: its sender is told that it is out of order
// only when the other one has not come. It waits here without an answer, so that nothing is acknowledged that a crash could lose.

import type { ReplyError } from '../envelope/reply.ts'
import type { Flow } from '../flows/flow.ts'
import type { Timers } from './peer.ts'
import type { Clock, Store } from './ports.ts'
import { nobodyHeld } from './relay/held.ts'
import type { Held } from './relay/held.ts'
import type { Pending } from './relay/waiting.ts'
import type { Work } from './tasks.ts'

/** What holding needs from outside. */
export interface PatienceParts {
  readonly store: Pick<Store, 'onEvents'>
  /** the flow of a noun and verb; undefined when the noun's flows have no such verb */
  readonly flow: (noun: string, verb: string) => Flow | undefined
  readonly clock: Clock
  /** absent = nothing is held */
  readonly timers?: Timers
}

/** Holds messages. */
export interface Patience {
  /** True where everything that stands against a message may be over by and by. */
  readonly isDue: (work: Work, errors: readonly ReplyError[]) => boolean
  /**
   * Resolves true when the message is to be decided anew: something has happened to what it is about. False at once where
   * it is refused by anything else, and when its time is over.
   */
  readonly wait: (it: Pending, work: Work, errors: readonly ReplyError[]) => Promise<boolean>
  /** The errors that stand against it in the end. @param against those that do now */
  readonly outlasts: (
    it: Pending,
    work: Work,
    against: () => Promise<readonly ReplyError[]>,
  ) => Promise<readonly ReplyError[]>
  /** messages of a party, or of all, that are held */
  readonly held: Held['count']
}

/** looks in this part of the time, for what other processes have done */
const LOOKS = 10

/** Over one store. */
export function patienceOver({ store, flow, clock, timers }: PatienceParts): Patience {
  const held = nobodyHeld()
  const waiting = new WeakMap<Pending, Waiter>()

  const isDue: Patience['isDue'] = (work, errors) =>
    timers !== undefined && longest(work, errors, flow) > 0

  const wait: Patience['wait'] = async (it, work, errors) => {
    const forMs = longest(work, errors, flow)
    if (timers === undefined || forMs === 0) return false
    const known = waiting.get(it)
    const own = known ?? waiterFor(store, nounsOf(work), Date.parse(clock()) + forMs)
    waiting.set(it, own)
    const leftMs = own.until - Date.parse(clock())
    if (leftMs <= 0) {
      own.over()
      return false
    }
    // From here on nothing is missed: what has happened until now is seen by deciding once more.
    if (known === undefined) {
      timers.after(forMs, own.over)
      return true
    }
    const { party } = it.received.sender
    await held.during(party, own.changed(timers, Math.min(leftMs, forMs / LOOKS)))
    return true
  }

  const outlasts: Patience['outlasts'] = async (it, work, against) => {
    let errors = await against()
    while (await wait(it, work, errors)) errors = await against()
    return errors
  }

  return { isDue, wait, outlasts, held: held.count }
}

/** One message that waits. */
interface Waiter {
  /** milliseconds */
  readonly until: number
  /** Resolves when something has happened since it was asked last, or after a while. */
  readonly changed: (timers: Timers, ms: number) => Promise<void>
  readonly over: () => void
}

function waiterFor(
  store: Pick<Store, 'onEvents'>,
  nouns: readonly string[],
  until: number,
): Waiter {
  let [hasChanged, wake]: [boolean, () => void] = [false, () => undefined]
  const stop = store.onEvents((events) => {
    if (!events.some((it) => nouns.includes(it.noun))) return
    hasChanged = true
    wake()
  })
  return {
    until,
    over: () => {
      stop()
      wake()
    },
    changed: async (timers, ms) => {
      if (!hasChanged)
        await new Promise<void>((done) => {
          const cancel = timers.after(ms, done)
          wake = () => {
            cancel()
            done()
          }
        })
      hasChanged = false
    },
  }
}

function nounsOf({ tasks }: Work): readonly string[] {
  return [...new Set(tasks.map(({ noun }) => noun))]
}

/** Milliseconds; 0 where anything is refused by a rule that nothing is waited for. */
function longest(
  { tasks }: Work,
  errors: readonly ReplyError[],
  flowOf: PatienceParts['flow'],
): number {
  if (errors.length === 0) return 0
  const all = tasks.flatMap(({ noun, verb }) => flowOf(noun, verb)?.waits ?? [])
  const isWaited = ({ rule = '' }: ReplyError) =>
    all.some(({ rules }) => (rules as readonly string[]).includes(rule))
  if (!errors.every(isWaited)) return 0
  return Math.max(...all.map(({ forMs }) => forMs))
}
