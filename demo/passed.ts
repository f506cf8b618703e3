// What has really passed: the legs of the messages as the gateway has tracked them, and the changes of state that it has
// published. Nothing of it comes from the parties or from the scenario.

import type { Json, JsonObject } from '../src/index.ts'

/** One leg, as GET /api/v1/exchanges/{id} has it. */
export interface Leg {
  readonly id: string
  readonly exchangeId: string
  readonly direction: 'in' | 'out'
  readonly party: string
  readonly verb: string
  readonly noun: string
  readonly state: string
  /** of a received message: the leg whose reply counts */
  readonly answers: string
  readonly at: string
  readonly request: string | null
  readonly reply: string | null
}

/** A change of an object, as WS /status tells it. */
export interface Change {
  readonly exchangeId: string
  readonly noun: string
  readonly subject: string
  readonly previous: string
  readonly state: string
}

/** One arrow: a message from its sender to its receiver. */
export interface Passed {
  readonly from: string
  readonly to: string
  readonly verb: string
  readonly noun: string
  /** changes that came with it; those of a message with several receivers stand at the first */
  readonly changes: readonly Change[]
  /** Result, and code and rule where it was refused */
  readonly reply: string
  readonly legs: readonly Leg[]
}

/** What a message has that the gateway keeps to itself, or sends on its own. */
export const GATEWAY = 'cimgate'

/** States in which nothing more becomes of a leg by itself. */
const SETTLED = ['REJECTED', 'ACKED', 'PARTIAL', 'EXPIRED', 'CANCELED', 'CLOSED', 'PARKED']

/** True when every leg is over. */
export function areSettled(legs: readonly Leg[]): boolean {
  return legs.every((it) => SETTLED.includes(it.state))
}

/** The arrows of all conversations, in the order in which they began. */
export function passedIn(legs: readonly Leg[], changes: readonly Change[]): readonly Passed[] {
  const sorted = [...legs].sort((a, b) => (a.id < b.id ? -1 : 1))
  const exchanges = [...new Set(sorted.map((it) => it.exchangeId))]
  return exchanges.flatMap((id) =>
    arrowsOf(
      sorted.filter((it) => it.exchangeId === id),
      changes.filter((it) => it.exchangeId === id),
    ),
  )
}

function arrowsOf(legs: readonly Leg[], changes: readonly Change[]): readonly Passed[] {
  const received = legs.filter((it) => it.direction === 'in')
  const sent = legs.filter((it) => it.direction === 'out')
  const arrows = received.flatMap((it) => {
    const onward = sent
      .filter((one) => one.verb === it.verb && one.noun === it.noun)
      .sort((a, b) => placeOf(a, it).localeCompare(placeOf(b, it)))
    return onward.length === 0
      ? [arrow(it.party, GATEWAY, [it])]
      : onward.map((one) => arrow(it.party, one.party, [it, one]))
  })
  const own = sent
    .filter((it) => !received.some((one) => one.verb === it.verb && one.noun === it.noun))
    .map((it) => arrow(it.verb === 'reply' ? answering(sent, received) : GATEWAY, it.party, [it]))
  return [...arrows, ...own].map((it, at) => (at === 0 ? { ...it, changes } : it))
}

/** The one whose reply counts, then the others by name. */
function placeOf({ id, party }: Leg, { answers }: Leg): string {
  return id === answers ? '' : party
}

/** Whose reply is told later. */
function answering(sent: readonly Leg[], received: readonly Leg[]): string {
  return sent.find(({ id }) => received.some((it) => it.answers === id))?.party ?? GATEWAY
}

function arrow(from: string, to: string, legs: readonly [Leg, ...Leg[]]): Passed {
  const [{ verb, noun }] = legs
  const [last = legs[0]] = legs.slice(-1)
  return { from, to, verb, noun, changes: [], reply: replyOf(last), legs }
}

/** What the receiver has said; an event may be taken without a word. */
function replyOf({ reply, state }: Leg): string {
  const text = reply ?? ''
  const [, result = state === 'ACKED' ? 'OK' : state] = /"Result":\s*"(\w+)"|<(?:\w+:)?Result>(\w+)/
    .exec(text)
    ?.filter((it) => it !== undefined) ?? ['']
  if (result === 'OK') return 'OK'
  const code = /"code":\s*"([\d.]+)"|<(?:\w+:)?code>([\d.]+)/.exec(text)?.slice(1).find(Boolean)
  const rule = /rule=([\w-]+)/.exec(text)?.[1]
  return [result, code, rule].filter((it) => it !== undefined).join(' ')
}

/** The gateway as an operator asks it. */
export interface Tracking {
  /** Every leg so far, with its texts. */
  readonly legs: () => Promise<readonly Leg[]>
}

/** @param key that of an operator */
export function trackingOf(address: string, key: string): Tracking {
  const known = new Map<string, readonly Leg[]>()
  const ask = async (path: string): Promise<JsonObject> => {
    const response = await fetch(`${address}${path}`, { headers: { 'X-API-Key': key } })
    if (!response.ok) throw new Error(`${path} was answered ${response.status}`)
    return (await response.json()) as JsonObject
  }
  const listed = (it: Json | undefined) =>
    (Array.isArray(it) ? it : []) as unknown as readonly Leg[]
  return {
    legs: async () => {
      const facts = listed((await ask('/api/v1/messages?limit=1000'))['messages'])
      const exchanges = [...new Set(facts.map((it) => it.exchangeId))]
      for (const id of exchanges) {
        const own = facts.filter((it) => it.exchangeId === id)
        const before = known.get(id)
        if (before?.length === own.length && areSettled(before)) continue
        known.set(id, listed((await ask(`/api/v1/exchanges/${id}`))['messages']))
      }
      return [...known.values()].flat()
    },
  }
}
