// The exchange: one received message from its bytes to its reply. Valid, accepted and stored are three steps,
// and the reply leaves only when the change is on disk and the reply itself is valid.

import type { ErrorCode } from '../envelope/errors.ts'
import { verbRow } from '../envelope/verbs.ts'
import { areKeptFirst } from '../flows/acknowledged.ts'
import { sourceError } from './access/source.ts'
import { answerOf } from './answer.ts'
import type { Said } from './answer.ts'
import { NOBODY, changingOn } from './changing.ts'
import { contentsOf } from './content.ts'
import type { Decision } from './deciding/decide.ts'
import { ALL_HERE, decidingOn } from './deciding/deciding.ts'
import { IN_FLIGHT } from './delivery/verdict.ts'
import { guarded } from './guarded.ts'
import { judgedBy } from './judged.ts'
import { reasonOf, recordOf, repeatKeyOf, stateOf, storedReply } from './message-record.ts'
import type { Leg } from './ledger.ts'
import type { ExchangeParts } from './exchange-parts.ts'
import { query } from './query.ts'
import type { Answer, Received } from './received.ts'
import { NOT_AWAITED, errorOf, undecided } from './refusals.ts'
import { type Refusing, refusingBy } from './refusing.ts'
import { detectionIn, replayError, replayOf } from './replay-detection.ts'
import { createResponder, isAnswerable } from './responder.ts'
import type { Background } from './responder.ts'
import { aloneWith } from './standing.ts'
import { bySteps, verbOf } from './tasks.ts'
import type { Task } from './tasks.ts'
import { alarmsOfErrors } from './rule-alarms.ts'
import { isEvent } from './relay/courier.ts'
import { makingIn } from './relay/among.ts'
import { behindOn } from './relay/behind.ts'
import { keysOf } from './relay/business-keys.ts'
import { goesOn } from './relay/joined.ts'
import { keepingBack } from './relay/kept-back.ts'
import { sendingOn } from './relay/sending-on.ts'
import type { Pending } from './relay/waiting.ts'
import { noRoute } from './relay/said.ts'
import { unpacked } from './unpack.ts'
import { waysOf } from './ways.ts'
import type { Refused } from './ways.ts'

/** The way of every message. */
export interface Exchange {
  /**
   * Judges, decides, stores and answers one message; a repeated one gets its stored reply. What fails on our
   * side is answered FAILED with 5.1 (the store) or 5.3, and is not stored.
   * @throws {CimError} `internal`, when not even a fault can be written
   */
  readonly receive: (received: Received) => Promise<Answer>
  /** The fault for bytes that are refused unread, or for what little was read of them, with the HTTP status of that refusal. */
  readonly refusal: Refusing['refusal']
  /** Keeps what was refused before it could become a message. */
  readonly keepRefused: Refusing['keep']
}

const NOTHING = { puts: [], removals: [], events: [] }

const WRONG_SOURCE = { failure: 'wrong-source' } as const

/** A message that is valid, together with its content. */
type Accepted = Pending

/** The exchange of one gateway. */
export function createExchange(parts: ExchangeParts): Exchange {
  const { schemas, validate, courier } = parts
  const store = guarded(parts.store)
  const responder = createResponder(parts)
  const { reply } = responder
  const {
    refuse,
    deny,
    failed,
    refusal,
    keep: keepRefused,
  } = refusingBy(responder, { ...parts, store })
  const contentOf = contentsOf(schemas)
  const { isKept, organisations, isOwn, due } = courier ?? ALL_HERE
  const deciding = decidingOn({ ...parts, store, contentOf, isKept, organisations, isOwn, due })
  const { flow, readAll, workOf } = deciding
  const unguarded = courier?.unguarded ?? (() => [])
  const { chosen, wayIsOne } = waysOf(courier, contentOf)
  const isMade = makingIn(parts.store, flow)
  const keptBack = keepingBack({ deciding, unguarded, looked, store, isMade })
  const sendOn = sendingOn({ ...parts, keptBack, refused, known, contentOf })
  const behind = behindOn(flow, isMade)
  const change = changingOn({
    ...{ ...parts, store, deciding, contentOf, reply, deny, replay, refused, behind },
  })

  async function receive(given: Received): Promise<Answer> {
    const received = { ...given, exchangeId: given.exchangeId ?? parts.newId() }
    const validated = await judgedBy(validate, received)
    try {
      const { verdict, json: message } = validated
      if (verdict === 'engine-error') throw undecided(validated)
      if (verdict !== 'valid' || message === undefined) return await refuse(received, validated)
      return await accept({ received, validated, message: await unpacked(message, validate) })
    } catch (error) {
      return failed(received, validated, error)
    }
  }

  async function accept(it: Accepted): Promise<Answer> {
    const { received, validated, message } = it
    if (!isAnswerable(validated)) return refuse(received, validated)
    const wrong = sourceError(received.sender, message)
    if (wrong !== undefined)
      return deny(received, validated, { result: 'FAILED', errors: [wrong] }, WRONG_SOURCE)
    const again = (leg: Leg) => replay(leg, it)
    const before = received.again === true ? undefined : await detected(it)
    if (before !== undefined) return before
    if (verbRow(validated.verb ?? undefined)?.kind === 'reply')
      return (
        courier?.replied(it, again) ??
        deny(received, validated, { result: 'FAILED', errors: [NOT_AWAITED] })
      )
    const answer = isEvent(validated.verb) ? await courier?.answering(it) : undefined
    if (answer !== undefined && courier !== undefined) return courier.replied(answer, again)
    const standing = await (courier?.standings.of(message, received.sender) ??
      aloneWith(received.sender))
    const choice = chosen(it, standing)
    // Asking changes nothing, so it is not kept: asked again, it is answered anew.
    if (choice.kind === 'local' && verbOf(message) === 'get') return asked(it)
    const list = choice.kind === 'none' ? undefined : await courier?.takeIn(it, choice, again)
    if (list !== undefined) return 'errors' in list ? refused(it, list) : list
    const { party } = received.sender
    const work = bySteps(workOf(message, party), received.step)
    // Asked at once, because the way to the store costs more than the question.
    const [record, known] = await Promise.all([
      store.message(party, repeatKeyOf(received, validated)),
      choice.kind === 'local' ? readAll(work) : undefined,
    ])
    if (record !== undefined) return replay(record, it)
    if (received.foregone !== undefined) return told(it, received.foregone)
    const apart = wayIsOne(it, standing)
    if (apart !== undefined) return refused(it, apart)
    if (choice.kind === 'none') return stranded(it, choice.reason)
    if (courier === undefined || choice.kind === 'local')
      return change(it, work, standing, NOBODY, known)
    if (isEvent(validated.verb) || areKeptFirst(work.tasks, flow))
      return change(it, work, standing, (told) => courier.tellOn(it, choice, standing.owner, told))
    return sendOn(courier, it, { work, standing, choice, again })
  }

  /**
   * What has a ReplayDetection: the same message under its MessageID is a repeat, however old, and harmless; any other that
   * has its Nonce is a replay. A query has no reply that is kept, so that it cannot be repeated.
   */
  async function detected(it: Accepted): Promise<Answer | undefined> {
    const { received, validated, message } = it
    if (detectionIn(message) === undefined) return undefined
    const { party } = received.sender
    const record = await store.message(party, repeatKeyOf(received, validated))
    if (record !== undefined) return replay(record, it)
    const why = await replayOf(received, message, verbOf(message) !== 'get', { ...parts, store })
    if (why === undefined) return undefined
    return deny(received, validated, { result: 'FAILED', errors: [replayError(why)] })
  }

  async function asked(it: Accepted): Promise<Answer> {
    const said = await looked(it)
    return (said.result === 'FAILED' ? deny : reply)(it.received, it.validated, said)
  }

  /** What the sender may look at, as far as it is there. */
  function looked({ message, received }: Accepted): Promise<Said> {
    const seen = courier?.standings.seenBy(store, received.sender) ?? store
    return query(message, { store: seen, schemas, flow, contentOf })
  }

  /** No route: told, and parked, so that nothing is lost (5.2). */
  async function stranded(it: Accepted, reason: string): Promise<Answer> {
    const { code: failure, error } = noRoute(reason)
    return refused(it, { errors: [error], state: 'PARKED', reason, failure })
  }

  /** Refused without a change, and on record. */
  async function refused(it: Accepted, how: Refused): Promise<Answer> {
    const { errors, state, reason = reasonOf('FAILED', errors), failure } = how
    const { received, validated } = it
    const said = { result: state === 'HELD' ? 'OK' : 'FAILED', errors } as const
    if (how.isKept === false) return reply(received, validated, said)
    const answer = await reply(received, validated, said, failure === undefined ? {} : { failure })
    const kept = { ...fresh(received), flow: '', state } as const
    const message = { ...recordOf(received, validated, kept, answer), reason }
    const alarms = alarmsOfErrors(errors, validated.noun ?? '', kept, parts.newId)
    const keys = keysOf(message, it.message)
    const committed = await store.commit({ ...NOTHING, ...alarms, message, keys })
    if (state === 'HELD' && !(await isBehind(it, errors))) courier?.held()
    return committed.kind === 'duplicate' ? replay(committed.message, it) : answer
  }

  /** False where what it waits for to be made has come in the meantime. */
  async function isBehind({ message }: Accepted, errors: Refused['errors']): Promise<boolean> {
    const { tasks } = workOf(message)
    const isMaking = ({ noun, verb }: Task) =>
      errors.some(({ rule }) => rule !== undefined && rule === flow(noun, verb)?.making)
    if (!tasks.some(isMaking)) return true
    return (await Promise.all(tasks.map(isMade))).includes(true)
  }

  /** All of it is there already: answered as if it were kept here, and sent to nobody. */
  function known(it: Accepted, decision: Decision): Promise<Answer> {
    return told(it, answerOf(decision, parts.mixedBatch, contentOf), { decision })
  }

  /** Answered and on record, without a change. */
  async function told(it: Accepted, said: Said, background: Background = {}): Promise<Answer> {
    const { received, validated } = it
    const answer = await reply(received, validated, said, background)
    const kept = { ...fresh(received), flow: '', state: stateOf(said.result) }
    const reason = reasonOf(said.result, said.errors)
    const message = { ...recordOf(received, validated, kept, answer), reason }
    const keys = keysOf(message, it.message)
    const committed = await store.commit({ ...NOTHING, message, keys })
    return committed.kind === 'duplicate' ? replay(committed.message, it) : answer
  }

  function fresh({ exchangeId }: Received) {
    return { id: parts.newId(), exchangeId: exchangeId ?? parts.newId(), at: parts.clock() }
  }

  /** The stored reply; another body under the same id is a conflict. */
  async function replay(record: Leg, it: Accepted): Promise<Answer> {
    const stored = storedReply(record, it.received.bodyHash)
    if (stored === undefined) return denied(it, 'duplicate-message', 'MSG-CONFLICT')
    const isKnown = record.replyStatus !== 0 && !(await goesOn(record, store))
    return isKnown ? stored : denied(it, 'message-in-flight', IN_FLIGHT)
  }

  /** Refused with a row of the error table. */
  function denied({ received, validated }: Accepted, failure: ErrorCode, rule: string) {
    const said = { result: 'FAILED', errors: [errorOf(failure, rule)] } as const
    return deny(received, validated, said, { failure })
  }

  return { receive, refusal, keepRefused }
}
