// What is said of a message that is not taken at all: invalid, unread, or failed inside. Nothing of it is kept.

import { CimError } from '../envelope/errors.ts'
import { errorsOfFailure } from '../envelope/reply-errors.ts'
import type { ReplyError } from '../envelope/reply.ts'
import type { Log, Validated } from './ports.ts'
import type { Answer, Received, Rendered } from './received.ts'
import { UNREAD, discreet, errorsOf, refusalOf } from './refusals.ts'
import { isAnswerable } from './responder.ts'
import type { Responder } from './responder.ts'

/** In what form bytes are refused. */
export interface RefusalForm extends Pick<Received, 'render'> {
  readonly validated?: Validated
}

/** The ways to say no. */
export interface Refusing {
  /** to what is not valid */
  readonly refuse: (received: Received, validated: Validated) => Promise<Answer>
  /** to what could not be decided */
  readonly failed: (received: Received, validated: Validated, cause: unknown) => Promise<Answer>
  /** to bytes that nobody has read, or little of them */
  readonly refusal: (error: ReplyError, status: number, how?: RefusalForm) => Promise<Rendered>
}

/** All of them by one responder. */
export function refusingBy({ reply, fault }: Responder, log: Log): Refusing {
  async function refuse(received: Received, validated: Validated): Promise<Answer> {
    const errors = errorsOf(validated)
    const failure = refusalOf(validated)
    // What exceeds a limit is refused as a document, however much of it is known.
    if (failure !== undefined || !isAnswerable(validated))
      return fault(received, validated, errors, failure)
    return reply(received, validated, { result: 'FAILED', errors })
  }

  /** What failed inside is logged; what is said is only what the sender can do. */
  async function failed(received: Received, validated: Validated, cause: unknown): Promise<Answer> {
    const failure =
      cause instanceof CimError ? cause : new CimError('internal', undefined, { cause })
    const { messageID, noun, verb } = validated
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

  return { refuse, failed, refusal }
}
