// A message that a person sends once more: the same content under new ids, in the form in which its party takes it now.

import type { Leg } from '../ledger.ts'
import { providerOf, wayOf } from '../parties/index.ts'
import { isCollection } from '../collections/draft.ts'
import { formOf } from '../form.ts'
import { judgeForm } from '../translate.ts'
import { inNameOf } from './inward.ts'
import { outgoing } from './outgoing.ts'
import type { Outgoing, OutgoingParts } from './outgoing.ts'
import { overtaken } from './overtaken.ts'
import type { OvertakenParts } from './overtaken.ts'

/** The leg anew; or one sentence why it cannot be made from what was sent. */
export async function renewed(
  leg: Leg,
  parts: OutgoingParts & OvertakenParts,
): Promise<Outgoing | { readonly reason: string }> {
  const old = await overtaken(leg, parts)
  if (old !== undefined) return old
  const { noun, verb, exchangeId, flow, answers, traceparent } = leg
  if (inNameOf(leg) !== undefined)
    return {
      reason: 'The gateway has sent it to itself; redrive it, or send what it led to once more.',
    }
  if (isCollection(leg))
    return {
      reason: 'It is a collection of a list; redrive it, or redrive the list once it is over.',
    }
  const topology = parts.topology()
  const party = topology.parties.find((it) => it.id === leg.party)
  if (party === undefined)
    return { reason: `The configuration has no party ${leg.party} any more.` }
  const provider = providerOf(leg.party, topology)
  const found = [leg.party, parts.source, ...topology.parties.map((it) => it.id)]
    .map((from) => wayOf(topology, { noun, verb, from }, provider))
    .find((it) => it.kind === 'parties' && it.parties.includes(party))
  if (found?.kind !== 'parties')
    return { reason: `No route leads ${verb} ${noun} to ${leg.party} any more.` }
  const bytes = new TextEncoder().encode(leg.request)
  const { validated } = await judgeForm(bytes, formOf(bytes), parts, { json: true, own: true })
  const { json: message } = validated
  if (message === undefined)
    return { reason: 'What was sent is no CIM message; let its sender send it again.' }
  const now = parts.clock()
  const { way } = found
  // What a provider has been sent was its own.
  const owner = provider === undefined ? '' : leg.party
  return outgoing(
    { message, party, way, exchangeId, flow, answers, traceparent, owner, now },
    parts,
  )
}
