// What a party says and has done, as far as it may be shown to whoever has asked, and as our own record has it.

import type { Said } from '../answer.ts'
import type { ContentOf } from '../content.ts'
import type { Decision } from '../deciding/decide.ts'
import type { Deciding } from '../deciding/deciding.ts'
import type { Leg } from '../ledger.ts'
import { providerOf } from '../parties/index.ts'
import type { Topology } from '../parties/party.ts'
import type { Standings } from '../standing.ts'
import type { Work } from '../tasks.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import { beneathLaterWord } from './later-word.ts'
import type { LaterWordParts } from './later-word.ts'
import type { EndedBy, Questions } from './questions.ts'
import { reportedBy } from './reported.ts'
import type { Tenancy } from './tenancy.ts'
import type { Pending } from './waiting.ts'

/** What recording needs from outside. */
export interface RecordingParts extends Omit<LaterWordParts, 'deciding' | 'standings'> {
  readonly deciding: Deciding
  readonly standings: Standings
  readonly contentOf: ContentOf
  readonly topology: () => Topology
  readonly questions: Pick<Questions, 'concluded'>
}

/** How a reply has come. */
export interface Answered {
  /** nobody waits for it any more */
  readonly isLate: boolean
  /** the try that it answers, ISO 8601 with Z; absent where it has come by itself */
  readonly startedAt?: string | undefined
  /** the leg on which the request has come */
  readonly origin: Leg
  /** what becomes of a question that is not answered */
  readonly ended: EndedBy
  /** its objects are as they were sent, and the reply says no more of them */
  readonly isAsSent?: true
  /** the party that has said so; absent where nobody has */
  readonly by?: string
}

/** Over one record. */
export interface Recording {
  /** Whose what a party has made is: that of whoever has asked for it, or of the provider that carries it out. */
  readonly ownerOf: (it: Pending, leg: Pick<Leg, 'party'>) => Promise<string>
  /** What a peer says, as far as it may be shown to whoever has asked. */
  readonly shown: (said: Said, it: Pending, leg: Leg) => Promise<Said>
  /** What the peer has done, in our own record; undefined where that is nothing. @param reply as CIM-JSON */
  readonly recorded: (
    it: Pending,
    reply: JsonObject,
    leg: Leg,
    how: Answered,
  ) => Promise<Decision | undefined>
}

/** Records what parties do. */
export function recordingOn(parts: RecordingParts, { isOpen }: Pick<Tenancy, 'isOpen'>): Recording {
  const { deciding, standings, contentOf, topology, questions } = parts
  const isOfProvider = (party: string) => providerOf(party, topology()) !== undefined

  const shown: Recording['shown'] = async (
    { payload, ...said },
    { received: { sender }, validated },
    { party },
  ) => {
    if (payload === undefined) return said
    // What is not known here: of whoever asked for it to be made, or of the provider that tells of it.
    const asker = validated.verb === 'get' ? '' : sender.party
    const owner = isOfProvider(party) ? party : asker
    const seen = await standings.seenPayload(payload, sender, owner)
    return seen === undefined ? said : { ...said, payload: seen }
  }

  const ownerOf: Recording['ownerOf'] = async ({ message, received }, { party }) => {
    const { owner } = await standings.of(message, received.sender)
    // What nobody's provider has asked for is of the one that carries it out.
    return isOfProvider(party) && !isOfProvider(owner) ? party : owner
  }

  const recorded: Recording['recorded'] = async (it, reply, leg, how) => {
    const { startedAt, origin } = how
    const answered = await questions.concluded(origin, it.message, { reply, ...how })
    const report = answered?.work ?? reportedWork(it.message, reply)
    if (report === undefined) return undefined
    const work = await beneathLaterWord(report, leg, startedAt, parts)
    if (work.tasks.length === 0) return undefined
    const messageID = it.validated.messageID ?? ''
    const owner = await ownerOf(it, leg)
    const { serving, asked, isNear } = await standings.of(it.message, it.received.sender)
    // Of what a provider is told without having named it nobody knows whose it is.
    if (answered === undefined && asked?.ids.length === 0 && !isNear(leg.party)) return undefined
    const { exchangeId } = leg
    const isAsSent = how.isAsSent === true
    const whose = { owner, isShown: isOpen(it, leg), serving, isCarriedOut: true, isAsSent }
    const ids = { messageID, exchangeId, carriedOutBy: leg.party, ...whose }
    const known = await deciding.readAll(work)
    const stored = [...known.stored, ...(answered?.stored ?? [])]
    const decision = await deciding.decided(work, { ...known, stored }, ids)
    answered?.note(decision.world)
    return decision
  }

  function reportedWork(message: JsonObject, reply: JsonObject): Work | undefined {
    const report = reportedBy(message, reply, contentOf)
    return report && deciding.workOf(report)
  }

  return { ownerOf, shown, recorded }
}
