// A party as a sender, with what is agreed with it now.

import { partySender } from './access/access.ts'
import type { AccessParts } from './access/access.ts'
import type { Topology } from './parties/party.ts'
import type { Sender } from './received.ts'

/** One that the configuration does not have any more is a sender by its name alone. */
export function senderOf(
  id: string,
  { topology, agreed }: { readonly topology: () => Topology } & Pick<AccessParts, 'agreed'>,
): Sender {
  const party = topology().parties.find((it) => it.id === id)
  return party === undefined ? { party: id, ...agreed } : partySender(party, topology(), agreed)
}
