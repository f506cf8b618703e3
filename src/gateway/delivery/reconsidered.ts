// Another topology is in force: what is known of parties that are spoken to in another way by now counts no more, and
// what waits for its next try is looked at at once. It goes to the party by its name, wherever that is now; what waits
// for one that is gone is parked by that try.

import type { Leg, Ledger, LegQuery } from '../ledger.ts'
import { legPages } from '../pages.ts'
import type { Topology } from '../parties/party.ts'
import type { LegActions } from '../tracking/routes.ts'
import type { Dispatcher } from './dispatcher.ts'

/** What reconsidering needs from outside. */
export interface ReconsiderParts {
  readonly store: Pick<Ledger, 'leg' | 'legs'>
  readonly topology: () => Topology
  readonly dispatcher: Pick<Dispatcher, 'forget' | 'wake'>
  readonly actions: Pick<LegActions, 'redrive'>
}

/** in the audit log, for what follows from a configuration */
const BY = 'configuration'
/** messages that are read at once */
const PAGE = 200

/** @param before topology that was in force until now */
export async function reconsider(before: Topology, parts: ReconsiderParts): Promise<void> {
  const parties = spokenToAnew(before, parts.topology())
  parts.dispatcher.forget(parties)
  for (const party of parties)
    for await (const leg of waiting(party, parts.store)) await parts.actions.redrive(leg, BY)
  parts.dispatcher.wake()
}

/** Parties that are gone, and those whose binding or profile is another one. */
function spokenToAnew(before: Topology, now: Topology): readonly string[] {
  const way = (topology: Topology, id: string) => {
    const party = topology.parties.find((it) => it.id === id)
    return JSON.stringify(party === undefined ? '' : [party.binding ?? '', party.profile])
  }
  return before.parties.map(({ id }) => id).filter((id) => way(before, id) !== way(now, id))
}

/** What has been tried, and is to be tried again. */
async function* waiting(party: string, store: ReconsiderParts['store']): AsyncGenerator<Leg> {
  const query: LegQuery = { direction: 'out', party, state: ['FAILED'], limit: PAGE }
  for await (const legs of legPages(query, store))
    for (const { id } of legs) {
      const leg = await store.leg(id)
      if (leg?.state === 'FAILED') yield leg
    }
}
