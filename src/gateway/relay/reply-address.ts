// The address that a sender wants to be told at: looked at before anything is promised, so that nobody is acknowledged who
// cannot be told.

import type { JsonObject } from '../../schema/json-text.ts'
import { mayReplyTo, shownAddress } from '../parties/index.ts'
import type { Topology } from '../parties/party.ts'
import { repliesTo } from './later-reply.ts'
import { failing } from './said.ts'
import type { Failing } from './said.ts'

/** Undefined where nobody wants to be told later, or may be. */
export function replyAddressOff(
  party: string,
  message: JsonObject,
  topology: Topology,
): Failing | undefined {
  const address = repliesTo(message)
  if (address === undefined) return undefined
  if (mayReplyTo(party, topology, address)) return undefined
  // Whoever is asked for no proof is none of them.
  const isParty = topology.parties.some((it) => it.id === party)
  const keys = isParty ? `parties.${party}.replyAddresses or addresses` : 'addresses'
  const known = `${shownAddress(address)} is no address that may be posted to.`
  const mend = `Add it to ${keys} in the configuration, or name one that is there.`
  return failing('forbidden-address', 'REPLY-ADDRESS', `${known} ${mend}`)
}
