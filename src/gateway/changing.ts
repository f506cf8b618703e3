// A message that changes what is kept here: decided on what the store holds, and committed together with its reply and with all
// that others hear of it; decided anew when the store held something else by then.

import { CimError } from '../envelope/errors.ts'
import type { ReplyError } from '../envelope/reply.ts'
import { answerOf } from './answer.ts'
import type { ContentOf } from './content.ts'
import type { Decision } from './deciding/decide.ts'
import type { Deciding, Known } from './deciding/deciding.ts'
import { anew } from './delivery/anew.ts'
import { entered } from './delivery/transition.ts'
import type { ExchangeParts } from './exchange-parts.ts'
import { isLate } from './judged.ts'
import type { Leg } from './ledger.ts'
import { noted, reasonOf, recordOf, stateOf } from './message-record.ts'
import type { Store } from './ports.ts'
import type { Answer } from './received.ts'
import { errorOf } from './refusals.ts'
import type { Refusing } from './refusing.ts'
import type { Origin } from './relay/awaited.ts'
import type { Behind } from './relay/behind.ts'
import { keysOf } from './relay/business-keys.ts'
import type { Told } from './relay/courier.ts'
import { turnedBack } from './relay/held-back.ts'
import { NOTHING_SENT, joined } from './relay/outgoing.ts'
import type { Outgoing } from './relay/outgoing.ts'
import type { Pending } from './relay/waiting.ts'
import type { Responder } from './responder.ts'
import { alarmsOfErrors, saidIn } from './rule-alarms.ts'
import type { Standing } from './standing.ts'
import type { Work } from './tasks.ts'
import type { Refused } from './ways.ts'

/** Who else hears of a message. */
export type Tell = (told: Told) => Promise<Outgoing>

/** Nobody does. */
export const NOBODY: Tell = async () => NOTHING_SENT

/** A change of what is kept here, and its answer. @param first what the store holds of it, where that is known already */
export type Change = (
  it: Pending,
  work: Work,
  standing: Standing,
  tell: Tell,
  first?: Known,
) => Promise<Answer>

/** What changing is made of. */
interface ChangingParts {
  readonly behind: Behind
  /** answered and on record, without a change */
  readonly refused: (it: Pending, how: Refused) => Promise<Answer>
  readonly deciding: Pick<Deciding, 'readAll' | 'decided'>
  readonly contentOf: ContentOf
  readonly reply: Responder['reply']
  readonly deny: Refusing['deny']
  /** the answer to a message that has come before, from its record */
  readonly replay: (record: Leg, it: Pending) => Promise<Answer>
}

type Outside = 'courier' | 'patience' | 'newId' | 'clock' | 'mixedBatch'
type All = ChangingParts & Pick<ExchangeParts, Outside> & { readonly store: Pick<Store, 'commit'> }

/** What stands against a message that came before its time, and may not by and by. */
interface Early {
  readonly against: readonly ReplyError[]
}

/** Changes of one gateway. @throws {CimError} `overloaded` where others were quicker each time */
export function changingOn(parts: All): Change {
  const { store, courier, patience, contentOf, reply, deciding } = parts
  const { readAll, decided } = deciding

  return async (it, work, standing, tell, first) => {
    let [known, isPatient] = [first, patience !== undefined]
    const turn = async () => {
      const read = known ?? (await readAll(work))
      known = undefined
      return attempted(it, work, standing, tell, read, isPatient)
    }
    for (;;) {
      const done = await anew(turn)
      if (done === undefined)
        throw new CimError('overloaded', 'The object is being changed by others without a pause.')
      if (!('against' in done)) return done
      // Outside of the turns, which are for those whom others were quicker than.
      isPatient = (await patience?.wait(it, work, done.against)) ?? false
    }
  }

  /** Decides on what the store holds; undefined when it held something else by the time of the commit. */
  async function attempted(
    it: Pending,
    work: Work,
    standing: Standing,
    tell: Tell,
    known: Known,
    isPatient: boolean,
  ): Promise<Answer | Early | undefined> {
    const { received, validated } = it
    const shown = known.stored.filter((one) => standing.isShown(one.owner))
    if (isLate(received, shown)) {
      const said = { result: 'FAILED', errors: [errorOf('stale-revision', 'STALE')] } as const
      return parts.deny(received, validated, said, { failure: 'stale-revision' })
    }
    const origin = originOf(it)
    const { exchangeId, at } = origin
    const messageID = validated.messageID ?? ''
    const ids = { ...standing, messageID, exchangeId, isLocal: tell === NOBODY }
    const decision = await decided(work, known, ids)
    const said = answerOf(decision, parts.mixedBatch, contentOf)
    const { errors = [] } = said
    if (said.result === 'FAILED' && isPatient && patience?.isDue(work, errors) === true)
      return { against: errors }
    if (said.result === 'FAILED') {
      const waits = await parts.behind(decision.outcomes)
      if (waits.length > 0) return parts.refused(it, turnedBack(waits, received))
    }
    const answer = await reply(received, validated, said, { decision })
    // What is refused here is told to nobody.
    const sent = said.result === 'FAILED' ? NOTHING_SENT : await toldOf(decision, origin, tell)
    const [flow = ''] = decision.events.map((one) => one.flow)
    const kept = { id: origin.id, exchangeId, at, flow, state: stateOf(said.result) }
    const reason = reasonOf(said.result, said.errors)
    const message = { ...recordOf(received, noted(validated, decision), kept, answer), reason }
    const alarms = alarmsOfErrors(saidIn(decision), validated.noun ?? '', kept, parts.newId)
    const own = said.result === 'FAILED' ? {} : courier?.awaits(it, origin)
    const committed = await store.commit({
      ...sent,
      keys: [...keysOf(message, it.message), ...sent.keys],
      ...own,
      ...alarms,
      awaits: [...(own?.awaits ?? []), ...alarms.awaits],
      message,
      ...decision.world.difference(),
      events: [...decision.events, ...entered(sent.legs, at)],
    })
    if (committed.kind === 'committed' && sent.slots.length > 0) courier?.wake()
    if (committed.kind === 'committed') return answer
    return committed.kind === 'duplicate' ? parts.replay(committed.message, it) : undefined
  }

  function originOf({ received }: Pending): Origin {
    const { exchangeId = parts.newId(), traceparent = '' } = received
    return { id: parts.newId(), exchangeId, at: parts.clock(), traceparent }
  }

  /** What others hear of it, on disk together with the change itself. */
  async function toldOf(decision: Decision, origin: Origin, tell: Tell): Promise<Outgoing> {
    if (courier === undefined) return tell({ origin, decision })
    const [own, next] = [courier.publish(decision, origin), courier.follow(decision, origin)]
    return joined([await own, await tell({ origin, decision }), await next])
  }
}
