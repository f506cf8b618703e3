// What is counted and timed. Every label is one of a bounded set: parties of the configuration, nouns of the catalogue,
// results, states, paths of routes; never an id.

import type { Result } from '../envelope/message-object.ts'
import { isVerb } from '../envelope/verbs.ts'
import type { Exchange } from './exchange.ts'
import type { MessageState } from './ledger.ts'
import type { Peer, PeerAnswer } from './peer.ts'
import type { Log, Store, Unit, Validated } from './ports.ts'
import type { Answer, Received, Unrendered } from './received.ts'

/** Counts what happens. */
export interface Meter {
  readonly received: (it: ReceivedMark) => void
  readonly tried: (it: TriedMark) => void
  /** a message has come to a state */
  readonly stepped: (to: MessageState) => void
  /** what was awaited has not come */
  readonly overdue: (count: number) => void
}

/** One message that has been answered. */
export interface ReceivedMark {
  readonly party: string
  /** of the catalogue; empty where it is not known there */
  readonly noun: string
  readonly result: Result | 'duplicate'
  readonly tookMs: number
}

/** One try to send a message. */
export interface TriedMark {
  readonly party: string
  readonly outcome: TryOutcome
  readonly tookMs: number
}

/** `unknown` was sent, and no answer came. */
export type TryOutcome = '2xx' | '3xx' | '4xx' | '5xx' | 'unreachable' | 'unknown'

/** Milliseconds since some moment; never goes back. */
export type Elapsed = () => number

/** What measuring an exchange takes. */
export interface ExchangeMeter {
  readonly meter: Meter
  readonly elapsed: Elapsed
  readonly isNoun: (noun: string) => boolean
  readonly log: Log
}

/** The exchange, with every message counted and every refusal logged. */
export function meteredExchange(exchange: Exchange, parts: ExchangeMeter): Exchange {
  const { meter, elapsed, isNoun, log } = parts
  return {
    ...exchange,
    receive: async (received) => {
      const begun = elapsed()
      const { answer, last } = await heardOf(exchange, received)
      const { noun } = last?.validated ?? { noun: null }
      const result = answer.repeated ? 'duplicate' : (last?.result ?? 'OK')
      meter.received({
        party: received.sender.party,
        noun: noun !== null && isNoun(noun) ? noun : '',
        result,
        tookMs: elapsed() - begun,
      })
      if (result === 'FAILED' && last !== undefined)
        log.info(refusalFields(received, last, { answer, isNoun }), 'a message was refused')
      return answer
    },
  }
}

/** The answer, and what was told of it last. */
export async function heardOf(exchange: Pick<Exchange, 'receive'>, received: Received) {
  const heard: { last?: Unrendered } = {}
  const told = (it: Unrendered) => {
    heard.last = it
    received.told?.(it)
  }
  const answer = await exchange.receive({ ...received, told })
  return { answer, last: heard.last }
}

/** A Verb and a Noun that there are; anything else that stands in their place may be whatever a sender has written there. */
export function knownNames(
  { verb, noun }: Pick<Validated, 'verb' | 'noun'>,
  isNoun: (noun: string) => boolean,
): { readonly verb: string | null; readonly noun: string | null } {
  return {
    verb: verb === null || isVerb(verb) ? verb : UNKNOWN,
    noun: noun === null || isNoun(noun) ? noun : UNKNOWN,
  }
}

const UNKNOWN = '(unknown)'

/** Ids and codes; nothing of what is in the message. */
function refusalFields(
  { sender, traceparent }: Received,
  said: Unrendered,
  { answer, isNoun }: { readonly answer: Answer } & Pick<ExchangeMeter, 'isNoun'>,
) {
  const { messageID, correlationID } = said.validated
  const { noun, verb } = knownNames(said.validated, isNoun)
  return {
    party: sender.party,
    exchangeId: said.exchangeId,
    messageID,
    correlationID,
    noun,
    verb,
    replyMessageID: answer.messageID,
    codes: [...new Set(said.errors.map(({ code }) => code))],
    rules: [...new Set(said.errors.flatMap(({ rule }) => (rule === undefined ? [] : [rule])))],
    traceparent,
  }
}

/** The peers, with every try counted and timed. */
export function meteredPeer(
  peer: Peer,
  { meter, elapsed }: Pick<ExchangeMeter, 'meter' | 'elapsed'>,
): Peer {
  return {
    ...peer,
    send: async (party, leg, signal) => {
      const begun = elapsed()
      const answer = await peer.send(party, leg, signal)
      meter.tried({ party: party.id, outcome: outcomeOf(answer), tookMs: elapsed() - begun })
      return answer
    },
  }
}

function outcomeOf(answer: PeerAnswer): TryOutcome {
  if (answer.kind === 'unreachable') return answer.sent ? 'unknown' : 'unreachable'
  const hundreds = Math.min(Math.max(Math.floor(answer.status / 100), 2), 5)
  return `${hundreds as 2 | 3 | 4 | 5}xx`
}

/** The store, with what has become durable counted. */
export function meteredStore(store: Store, meter: Meter): Store {
  return {
    ...store,
    commit: async (unit) => {
      const committed = await store.commit(unit)
      if (committed.kind === 'committed') count(unit, meter)
      return committed
    },
  }
}

function count({ message, legs = [], steps = [], overdue = [] }: Unit, meter: Meter): void {
  for (const { state } of message === undefined ? legs : [message, ...legs]) meter.stepped(state)
  for (const { to } of steps) meter.stepped(to)
  if (overdue.length > 0) meter.overdue(overdue.length)
}
