// What is said of a message that is not taken at all: invalid, unread, or failed inside. What is refused is kept; what
// has failed inside is logged.

import { errorsOfFailure } from '../envelope/reply-errors.ts'
import type { ReplyError } from '../envelope/reply.ts'
import type { Said } from './answer.ts'
import { failureOf } from './guarded.ts'
import { knownNames } from './meter.ts'
import type { Validated } from './ports.ts'
import type { Answer, Received, Rendered } from './received.ts'
import { UNREAD, discreet, errorsOf, refusalOf } from './refusals.ts'
import { isAnswerable } from './responder.ts'
import type { Background, Responder } from './responder.ts'
import { keepingRefused } from './turned-away.ts'
import type { KeepRefused, RefusedParts } from './turned-away.ts'

/** In what form bytes are refused. */
export interface RefusalForm extends Pick<Received, 'render'> {
  readonly validated?: Validated
}

/** The ways to say no. */
export interface Refusing {
  /** to what is not valid */
  readonly refuse: (received: Received, validated: Validated) => Promise<Answer>
  /** to what is valid, and refused without a decision about its objects */
  readonly deny: (
    received: Received,
    validated: Validated,
    said: Said,
    background?: Background,
  ) => Promise<Answer>
  /** to what could not be decided */
  readonly failed: (received: Received, validated: Validated, cause: unknown) => Promise<Answer>
  /** on record, without taking its MessageID */
  readonly keep: KeepRefused
  /** to bytes that nobody has read, or little of them */
  readonly refusal: (error: ReplyError, status: number, how?: RefusalForm) => Promise<Rendered>
}

/** All of them by one responder. */
export function refusingBy({ reply, fault }: Responder, parts: RefusedParts): Refusing {
  const { log } = parts
  const keep = keepingRefused(parts)

  async function refuse(received: Received, validated: Validated): Promise<Answer> {
    const answer = await no(received, validated)
    await keep(received, validated, answer)
    return answer
  }

  async function no(received: Received, validated: Validated): Promise<Answer> {
    const errors = errorsOf(validated)
    const failure = refusalOf(validated)
    // What exceeds a limit is refused as a document, however much of it is known.
    if (failure !== undefined || !isAnswerable(validated))
      return fault(received, validated, errors, failure)
    return reply(received, validated, { result: 'FAILED', errors })
  }

  const deny: Refusing['deny'] = async (received, validated, said, background) => {
    const answer = await reply(received, validated, said, background)
    await keep(received, validated, answer)
    return answer
  }

  /** What failed inside is logged; what is said is only what the sender can do. */
  async function failed(received: Received, validated: Validated, cause: unknown): Promise<Answer> {
    const failure = failureOf(cause)
    const { messageID } = validated
    // What is not valid may have anything in the place of its Noun.
    const { noun, verb } = knownNames(validated, () => validated.verdict === 'valid')
    // Where and by which rule, and not what was found: a log holds no payload.
    const findings = failure.findings.map(({ rule, path }) => ({ rule, path }))
    const { exchangeId, sender } = received
    log.error(
      { err: cause, party: sender.party, exchangeId, messageID, noun, verb, findings },
      'a message could not be decided',
    )
    const [errors, background] = [errorsOfFailure(failure), { failure: failure.code }]
    const told = discreet(validated)
    if (!isAnswerable(told)) return fault(received, told, errors, failure.code)
    return reply(received, told, { result: 'FAILED', errors }, background)
  }

  async function refusal(
    error: ReplyError,
    status: number,
    { validated = UNREAD, ...form }: RefusalForm = {},
  ): Promise<Rendered> {
    const received = { bytes: new Uint8Array(), sender: { party: '' }, bodyHash: '', ...form }
    const { rendered } = await fault(received, validated, [error])
    return { ...rendered, status }
  }

  return { refuse, deny, failed, refusal, keep }
}
