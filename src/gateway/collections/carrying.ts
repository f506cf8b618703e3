// Carries one collection out when its turn has come: written as a message from its draft, and sent to its party, or received
// here in the name of whoever has sent the list. What cannot be written, and what our own record says against a record, is
// refused record by record, and the others go.

import { listFor } from '../../flows/lists.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import type { Deciding } from '../deciding/deciding.ts'
import type { Tried } from '../delivery/outcome.ts'
import type { Verdict } from '../delivery/verdict.ts'
import type { Leg } from '../ledger.ts'
import type { PeerAnswer, Unreachable } from '../peer.ts'
import type { Answer, Received, Sender } from '../received.ts'
import { forwarded } from '../relay/forwarded.ts'
import { guardingOn } from '../relay/guarding.ts'
import { inNameOf } from '../relay/inward.ts'
import { written } from '../relay/outgoing.ts'
import type { OutgoingParts } from '../relay/outgoing.ts'
import type { Standings } from '../standing.ts'
import { documentOf } from '../translate.ts'
import { entriesOf, isCollection, messageOf, readDraft } from './draft.ts'
import type { Draft, Entry } from './draft.ts'
import { failureBy, failureIn, failuresIn, inOrder, readResult, writeResult } from './result.ts'
import type { Failure } from './result.ts'

/** What carrying out needs from outside. */
export interface CarryingParts extends OutgoingParts {
  readonly deciding: Deciding
  readonly standings: Pick<Standings, 'of'>
  readonly senderOf: (party: string) => Sender
  readonly receive: (received: Received) => Promise<Answer>
  /** what an answer means for the leg */
  readonly judged: (leg: Leg, answer: PeerAnswer) => Promise<Verdict>
}

type Sent = Pick<Tried, 'answer' | 'verdict'>

/** Sends one message to its party. */
export type Send = (leg: Leg) => Promise<Sent>

/** Carries collections out. */
export interface Carrying {
  /** Undefined for a leg that is none. */
  readonly carry: (leg: Leg, send: Send) => Promise<Sent> | undefined
  /** What a reply that comes by itself means for the records of a collection; the verdict as it is for all other legs. */
  readonly completed: (leg: Leg, verdict: Verdict) => Verdict
}

/** A collection, ready to go. */
interface Ready {
  readonly draft: Draft
  readonly entries: readonly Entry[]
  /** that are sent, in the order of the message */
  readonly sent: readonly Entry[]
  /** why the others are not */
  readonly here: readonly Failure[]
  readonly message: JsonObject
}

/** Over one store. */
export function carryingOn(parts: CarryingParts): Carrying {
  const { contentOf, deciding, schemas } = parts
  const unguarded = () => parts.topology().unguarded ?? []
  const guarding = guardingOn(deciding, unguarded)

  const carry: Carrying['carry'] = (leg, send) =>
    isCollection(leg) ? carried(leg, send) : undefined

  async function carried(leg: Leg, send: Send): Promise<Sent> {
    const sender = inNameOf(leg)
    const all = readyOf(leg)
    const ready = sender === undefined ? await guarded(leg, all) : all
    if (ready.sent.length === 0) return nothingSent(ready)
    const done =
      sender === undefined ? await toParty(leg, ready, send) : await here(leg, ready, sender)
    return { ...done, verdict: resulting(done.verdict, ready) }
  }

  function readyOf(leg: Leg): Ready {
    const draft = readDraft(leg)
    const list = listFor(draft.noun, 'create')
    const entries = list === undefined ? [] : entriesOf(draft, list, leg.answers)
    return without(draft, entries, [])
  }

  function without(draft: Draft, entries: readonly Entry[], refused: readonly Failure[]): Ready {
    const gone = new Set(refused.map(({ index }) => index))
    const sent = entries.filter((it) => it.object !== undefined && !gone.has(it.index))
    const here = inOrder([...entries.flatMap(failureIn), ...refused])
    return { draft, entries, sent, here, message: messageAbout(draft, sent) }
  }

  function messageAbout(draft: Draft, sent: readonly Entry[]): JsonObject {
    const content = contentOf(draft.noun)
    const objects = sent.flatMap(({ object }) => (object === undefined ? [] : [object]))
    return content === undefined ? {} : messageOf(draft, objects, content)
  }

  /** Without the records that our own record speaks against: what a party has done cannot be taken back. */
  async function guarded(leg: Leg, ready: Ready): Promise<Ready> {
    if (ready.sent.length === 0) return ready
    const { message, sent, draft, entries } = ready
    const standing = await parts.standings.of(message, parts.senderOf(draft.sender))
    const ids = { messageID: leg.messageID, exchangeId: leg.exchangeId, ...standing }
    const work = deciding.workOf(message, draft.sender)
    const against = await guarding.each(work, ids, standing.isNear(leg.party))
    const refused = against.flatMap(([error], at) => {
      const index = sent[at]?.index
      return error === undefined || index === undefined ? [] : [failureBy(index, error)]
    })
    return refused.length === 0 ? ready : without(draft, entries, refused)
  }

  async function toParty(leg: Leg, { message, draft }: Ready, send: Send): Promise<Sent> {
    const party = parts.topology().parties.find((it) => it.id === leg.party)
    if (party === undefined) return send(leg)
    const { owner } = await parts.standings.of(message, parts.senderOf(draft.sender))
    const { messageID } = leg
    const made = await written({ message, party, owner, now: leg.at, messageID }, parts)
    if ('reason' in made) return unwritten(made.reason)
    let last: Sent | undefined
    for (const body of made.bodies) {
      last = await send({ ...leg, ...body })
      if (last.verdict.kind !== 'done') return last
    }
    return last ?? unwritten('There is nothing to send.')
  }

  async function here(leg: Leg, { message }: Ready, party: string): Promise<Sent> {
    const stamp = { messageID: leg.messageID, timestamp: leg.at, source: party }
    const made = forwarded(message, stamp, schemas)
    if ('refused' in made) return unwritten(made.refused.reason)
    const bytes = new TextEncoder().encode(documentOf(made.message, schemas))
    const { messageID, exchangeId, traceparent } = leg
    const about = { bytes, sender: parts.senderOf(party), bodyHash: messageID }
    const answer = await answered({
      ...about,
      exchangeId,
      traceparent,
      repeatKey: messageID,
      isPart: true,
      again: true,
    })
    return { answer, verdict: await parts.judged(leg, answer) }
  }

  async function answered(received: Received): Promise<PeerAnswer> {
    try {
      const { rendered } = await parts.receive(received)
      const { text, status, contentType } = rendered
      return { kind: 'answered', status, contentType, bytes: new TextEncoder().encode(text) }
    } catch (error) {
      const reason = (error as Error).message
      return { kind: 'unreachable', reason, sent: true, permanent: false }
    }
  }

  function resulting(verdict: Verdict, { sent, here: own, message, entries }: Ready): Verdict {
    const count = entries.length
    if (verdict.kind === 'received')
      return { ...verdict, kept: writeResult({ count, failed: own, open: true }) }
    const isAnswered = verdict.kind === 'done' || (verdict.kind === 'refused' && isReply(verdict))
    if (!isAnswered) return verdict
    const theirs = failuresIn(sent, message, verdict, contentOf)
    return decided(verdict, inOrder([...own, ...theirs]), count)
  }

  const completed: Carrying['completed'] = (leg, verdict) => {
    if (!isCollection(leg) || verdict.kind === 'received') return verdict
    const { draft, entries } = readyOf(leg)
    const known = readResult(leg)?.failed ?? []
    return resulting(verdict, without(draft, entries, refusedIn(known, entries)))
  }

  return { carry, completed }
}

/** What our own record had against records before they were sent. */
function refusedIn(known: readonly Failure[], entries: readonly Entry[]): readonly Failure[] {
  const unwritable = new Set(entries.flatMap((it) => (it.object === undefined ? it.index : [])))
  return known.filter(({ index }) => !unwritable.has(index))
}

/** It says of the records what became of them; an HTTP status alone does not. */
function isReply({ said, outcome }: Verdict): boolean {
  return said !== undefined && outcome === 'business'
}

/** Nobody need do anything about a record that is refused: its sender hears of it, and the collection is over. */
function decided(verdict: Verdict, failed: readonly Failure[], count: number): Verdict {
  const { replyMessageID, reply } = verdict
  const reason = failed.length === 0 ? '' : `${failed.length} of ${count} records failed.`
  return {
    kind: 'done',
    outcome: 'ok',
    reason,
    said: { result: failed.length === 0 ? 'OK' : 'PARTIAL' },
    kept: writeResult({ count, failed }),
    ...(reply === undefined ? {} : { reply }),
    ...(replyMessageID === undefined ? {} : { replyMessageID }),
  }
}

const NOBODY: Unreachable = {
  kind: 'unreachable',
  reason: 'No record of the collection can be carried out.',
  sent: false,
  permanent: true,
}

function nothingSent({ here, entries }: Ready): Sent {
  const verdict: Verdict = { kind: 'done', outcome: 'ok', reason: '' }
  return { answer: NOBODY, verdict: decided(verdict, here, entries.length) }
}

function unwritten(reason: string): Sent {
  const verdict: Verdict = { kind: 'refused', outcome: 'technical', reason, code: 'unsendable' }
  return { answer: { ...NOBODY, reason }, verdict }
}
