// One subscription: hello, what has been missed, then what happens, each event once and in order. What cannot be
// sent at once is read again from the store, so that a reader costs little memory however far it is behind.

import type { SequencedEvent, Store } from '../../gateway/ports.ts'

/** Where frames go. */
export interface Reader {
  readonly isOpen: () => boolean
  readonly onClose: (stop: () => void) => void
  /** @param frame JSON */
  readonly send: (frame: string) => void
  /** sends at once what is sent meanwhile */
  readonly together: (send: () => void) => void
  /** octets that have been sent and not yet taken */
  readonly waiting: () => number
  /** resolves when little is waiting; false when nothing at all was taken for too long */
  readonly takes: () => Promise<boolean>
  /** ends it as too slow; it may resume */
  readonly cut: () => void
  /** ends it because of us */
  readonly fail: (error: unknown) => void
}

/** Whether a subscription gets an event. */
type Wanted = (event: SequencedEvent) => boolean

/** What a subscriber asks for. */
export interface Asked {
  readonly wanted: Wanted
  /** last seq that it has seen; 0 = from the oldest; absent = from now on */
  readonly since?: number
}

/** Events read, or sent without reading, at once: about 200 kB. */
const PAGE = 500
/** octets behind which nothing more is sent to a reader until it has taken them; one event stays far below the other half of 1 MiB */
const MOST_WAITING = 512 * 1024

/** Serves one subscription until its reader is gone. */
export async function subscribe(reader: Reader, asked: Asked, store: Store): Promise<void> {
  const horizon = await store.horizon()
  if (!reader.isOpen()) return
  reader.send(JSON.stringify({ type: 'hello', seq: horizon.last, oldest: horizon.oldest }))
  const { start, isReset } = startOf(asked.since, horizon)
  if (isReset) reader.send(resetFrame(horizon.oldest))
  const feed = feedFor(reader, asked.wanted, start)
  const pump = pumpOf(async () => {
    if (!reader.isOpen()) return false
    if (!(await reader.takes())) return (reader.cut(), false)
    // Somebody else may have ended it while nothing was taken: nothing is read for nobody.
    if (!reader.isOpen()) return false
    const events = await store.events(feed.cursor(), PAGE)
    feed.deliver(events)
    return events.length > 0
  })
  const isNext = (events: readonly SequencedEvent[]) =>
    events[0]?.seq === feed.cursor() + 1 && events.length <= PAGE && !pump.isBusy()
  const stop = store.onEvents((events) => {
    if (!isNext(events) || !feed.deliver(events)) pump.wake().catch(reader.fail)
  })
  reader.onClose(stop)
  await pump.wake()
}

/** Behind which seq a subscription starts, and whether what lies between is lost to it. */
function startOf(
  since: number | undefined,
  { oldest, last }: { readonly oldest: number; readonly last: number },
): { readonly start: number; readonly isReset: boolean } {
  if (since === undefined) return { start: last, isReset: false }
  const first = Math.max(oldest - 1, 0)
  if (since === 0) return { start: first, isReset: false }
  // A seq from the future is one of another store, or of this one before an old backup was put back.
  if (since > last) return { start: last, isReset: true }
  return since < first ? { start: first, isReset: true } : { start: since, isReset: false }
}

interface Feed {
  /** seq of the last event that was looked at */
  readonly cursor: () => number
  /** @returns false when it stopped at one because too much is waiting already */
  readonly deliver: (events: readonly SequencedEvent[]) => boolean
}

function feedFor(reader: Reader, wanted: Wanted, start: number): Feed {
  let cursor = start
  let prev = start
  const deliver = (event: SequencedEvent) => {
    // The horizon has moved past a reader that was far behind.
    if (event.seq > cursor + 1) reader.send(resetFrame(event.seq))
    if (event.seq > cursor + 1) prev = event.seq - 1
    cursor = event.seq
    if (!wanted(event)) return
    reader.send(statusFrame(event, prev))
    prev = event.seq
  }
  return {
    cursor: () => cursor,
    deliver: (events) => {
      const rest = events.filter(({ seq }) => seq > cursor)
      reader.together(() => {
        for (const event of rest) {
          if (reader.waiting() >= MOST_WAITING) return
          deliver(event)
        }
      })
      return cursor === (rest.at(-1)?.seq ?? cursor)
    },
  }
}

/** Runs steps one after the other while there is something to do; a call during a run makes it look once more. */
function pumpOf(step: () => Promise<boolean>) {
  let isBusy = false
  let again = false
  const wake = async () => {
    again = true
    if (isBusy) return
    isBusy = true
    try {
      while (again) {
        again = false
        while (await step());
      }
    } finally {
      // Together with the last look at `again`: no turn of the loop may lie between them.
      isBusy = false
    }
  }
  return { wake, isBusy: () => isBusy }
}

const FIELDS = [
  'revision',
  'at',
  'exchangeId',
  'flow',
  'noun',
  'verb',
  'subject',
  'state',
  'previous',
  'result',
  'code',
] as const satisfies readonly (keyof SequencedEvent)[]

/** @param prev the last seq that this subscription matched, so that a gap shows */
function statusFrame(event: SequencedEvent, prev: number): string {
  return `{"type":"status","seq":${event.seq},"prev":${prev},${commonOf(event)}`
}

/** What every subscriber is told alike is written once, because hundreds may hear of one event. */
function commonOf(event: SequencedEvent): string {
  const known = written.get(event)
  if (known !== undefined) return known
  const fields = FIELDS.map((name) => [name, event[name]] as const)
  const common = JSON.stringify(Object.fromEntries(fields)).slice(1)
  written.set(event, common)
  return common
}

const written = new WeakMap<SequencedEvent, string>()

function resetFrame(oldest: number): string {
  return JSON.stringify({ type: 'reset', oldest })
}
