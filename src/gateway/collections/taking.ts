// Takes a long list in: on disk as a whole, cut into collections that are in the outbox one behind the other, and
// acknowledged (0.3) before any of them is carried out.

import { listFor } from '../../flows/lists.ts'
import type { Common, LongList } from '../../flows/long-list.ts'
import { keysOf as namesOf } from '../../flows/reference.ts'
import { shifted } from '../delivery/outcome.ts'
import { entered } from '../delivery/transition.ts'
import { idKey, identityOf } from '../identity.ts'
import type { Leg, Slot } from '../ledger.ts'
import { recordOf } from '../message-record.ts'
import { USUAL_COLLECTION, mostFor, unfit } from '../parties/index.ts'
import type { Choice } from '../parties/index.ts'
import type { Party, Way } from '../parties/party.ts'
import type { Peer } from '../peer.ts'
import type { Answer } from '../received.ts'
import { awaitedBy } from '../relay/awaited.ts'
import { keysOf } from '../relay/business-keys.ts'
import { earlier } from '../relay/hours.ts'
import { asSender } from '../relay/inward.ts'
import { pieceId } from '../relay/joined.ts'
import { orderOf } from '../relay/order-of.ts'
import { blank } from '../relay/outgoing.ts'
import type { RelayParts } from '../relay/relay.ts'
import { replyAddressOff } from '../relay/reply-address.ts'
import { failing, peerDown } from '../relay/said.ts'
import type { Failing } from '../relay/said.ts'
import type { Pending } from '../relay/waiting.ts'
import type { Refused } from '../ways.ts'
import { heldOf } from '../world.ts'
import { COLLECTION } from './draft.ts'
import { slotsOf } from './lanes.ts'
import { listedIn } from './listed.ts'
import type { Listed } from './listed.ts'
import { targetOf } from './run.ts'

const NOTHING = { puts: [], removals: [] }

/** What taking in needs from outside. */
export interface TakingParts extends RelayParts {
  readonly pause: () => Promise<void>
  readonly peer: Pick<Peer, 'probe'>
  /** asks a party for its health before anything is sent to it */
  readonly doubt: (party: string) => void
}

/**
 * Undefined for a message that is no long list.
 * @param replay what is known already under its MessageID
 */
export type TakeIn = (
  it: Pending,
  choice: Exclude<Choice, { readonly kind: 'none' }>,
  replay: (leg: Leg) => Promise<Answer>,
) => Promise<Answer | Refused | undefined>

/** Where the collections go: to a party, or here in the name of whoever has sent the list. */
interface Target {
  readonly party: Party | undefined
  readonly way: Way | undefined
  readonly size: number
}

/** Over one store. */
export function takingIn(parts: TakingParts): TakeIn {
  const { store, clock, newId } = parts

  return async (it, choice, replay) => {
    const { noun, verb } = it.validated
    if (it.received.isPart || listFor(noun ?? '', verb ?? '') === undefined) return undefined
    const to = targetOfChoice(choice)
    const listed = await listedIn(it, to.size, parts)
    if (listed === undefined) return undefined
    if ('errors' in listed) return { errors: listed.errors, state: 'REJECTED' }
    const failure =
      replyAddressOff(it.received.sender.party, it.message, parts.topology()) ??
      (await cannot(to, listed))
    if (failure !== undefined)
      return { errors: [failure.error], state: 'REJECTED', failure: failure.code }
    return taken(it, listed, to, replay)
  }

  /** Why its party is sent nothing of it. */
  async function cannot({ party, way }: Target, { list }: Listed): Promise<Failing | undefined> {
    if (party === undefined || way === undefined) return undefined
    const shape = { noun: list.noun, verb: 'create', isOperationSet: false }
    const reason = unfit(party, shape)
    if (reason !== undefined) return failing('unsendable', 'NOT-SENT', reason)
    if (way.whenTargetDown === 'queue') return undefined
    const circuit = parts.circuits().get(party.id)
    if (circuit?.state === 'open') return peerDown(party.id, circuit.until - Date.parse(clock()))
    return (await isWell(party)) ? undefined : peerDown(party.id, 0)
  }

  async function isWell(party: Party): Promise<boolean> {
    const { binding } = party
    const isAsked =
      binding !== undefined && 'healthUrl' in binding && binding.healthUrl !== undefined
    return !isAsked || (await parts.peer.probe(party).catch(() => false))
  }

  async function taken(
    it: Pending,
    listed: Listed,
    to: Target,
    replay: Parameters<TakeIn>[2],
  ): Promise<Answer> {
    const { received, validated, message } = it
    const now = clock()
    const [id, first, exchangeId] = [newId(), newId(), received.exchangeId ?? newId()]
    const notAfter = await latestOf(listed, to, now)
    const about = {
      message,
      exchangeId,
      flow: '',
      answers: id,
      now,
      notAfter,
      first,
      traceparent: received.traceparent ?? '',
    }
    const made = await legsOf(listed, to, received.sender.party, about)
    const answer = await parts.responder.reply(received, validated, {
      result: 'OK',
      errors: [{ code: '0.3', level: 'INFORM', reason: receivedAs(id, listed) }],
    })
    const kept = { id, exchangeId, flow: '', at: now, state: 'ACCEPTED' } as const
    const record = recordOf(received, validated, kept, answer)
    const own: Leg = { ...record, answers: first, target: targetOf(listed.count, to.size) }
    const rules = awaitedBy(it, { id, exchangeId, at: now }, parts)
    const committed = await store.commit({
      ...NOTHING,
      message: own,
      ...made,
      keys: [...keysOf(own, message), ...keysOf(own, listed.first)],
      events: entered([own, ...made.legs], now),
      ...rules,
    })
    if (committed.kind === 'duplicate') return replay(committed.message)
    if (to.party !== undefined) parts.doubt(to.party.id)
    parts.wake()
    return { ...answer, leg: id }
  }

  /** After the start of what it is for nothing of it is sent any more; what is carried out here is judged by its rules. */
  async function latestOf(listed: Listed, { party, way }: Target, now: string): Promise<string> {
    if (party === undefined) return ''
    const expires = way?.expiresMs === undefined ? '' : shifted(now, way.expiresMs)
    const at = Date.parse(listed.list.latest(await commonWith(listed)) ?? '')
    return earlier(expires, Number.isNaN(at) ? '' : new Date(at).toISOString())
  }

  /** What the list itself does not say of what it is about, as far as our own record does. */
  async function commonWith({ list, common }: Listed): Promise<Common> {
    const [own] = list.common
    if (list.latest(common) !== undefined || own === undefined) return common
    const { mRID, names } = identityOf(common.references[own.member])
    const ids = mRID === undefined ? [] : [idKey(mRID)]
    const [held] = await store.objects(list.below.noun, ids, names)
    if (held === undefined) return common
    const part = list.part(heldOf(held).object, partNamed(list, common))
    return 'common' in part ? part.common : common
  }

  function targetOfChoice(choice: Parameters<TakeIn>[1]): Target {
    const { way } = choice
    const usual = way?.collection ?? USUAL_COLLECTION
    if (choice.kind === 'local') return { party: undefined, way, size: usual }
    const [party] = choice.parties
    const most = party === undefined ? Infinity : mostFor(party)
    return { party, way, size: Math.min(usual, most) }
  }

  async function legsOf(
    { drafts, list, first: sample }: Listed,
    { party, way }: Target,
    sender: string,
    about: Omit<Parameters<typeof blank>[0], 'party'> & {
      readonly notAfter: string
      readonly first: string
    },
  ): Promise<{ readonly legs: readonly Leg[]; readonly slots: readonly Slot[] }> {
    const { notAfter, first } = about
    const orderKey = way === undefined ? '' : await orderOf(sample, way.order, parts)
    const id = party?.id ?? parts.source
    const target = party === undefined ? asSender(sender) : ''
    const base: Leg = {
      ...blank({ ...about, party: { id } }, first),
      ...{ verb: 'create', noun: list.noun, state: 'QUEUED', reason: '', findings: '[]' },
      ...{ contentType: COLLECTION, target, orderKey, notAfter, request: '' },
      ...{ messageID: '', correlationID: '' },
    }
    const legs = drafts.map((request, at): Leg => {
      const messageID = newId()
      return { ...base, id: pieceId(first, at), messageID, correlationID: messageID, request }
    })
    const priority = way?.priority ?? 0
    return { legs, slots: slotsOf(legs, { priority, dueAt: about.now }) }
  }

  function receivedAs(id: string, { count, drafts }: Listed): string {
    const size = `${count} records in ${drafts.length} collections`
    return `Received: ${size}; what becomes of each is found at /api/v1/messages/${id}/results.`
  }
}

function partNamed({ common: [, part] }: LongList, { references }: Common): string | undefined {
  return part === undefined ? undefined : namesOf(references[part.member])[0]
}
