// The report about the end of a list, for people: an OperationReport that goes the way of every event, and is mailed to
// whoever its route leads to.

import type { Common, LongList } from '../../flows/long-list.ts'
import { entered } from '../delivery/transition.ts'
import type { LegFacts } from '../ledger.ts'
import type { Unit } from '../ports.ts'
import { inwardOn } from '../relay/inward.ts'
import type { RelayParts } from '../relay/relay.ts'
import { NOTHING_SENT } from '../relay/outgoing.ts'
import { readDraft } from './draft.ts'
import type { Tally } from './run.ts'

/** failures that a report tells one by one; all are found where the report says */
const MOST_ITEMS = 100

/** To be kept in the unit in which the list ends. */
export type Report = (
  origin: LegFacts,
  list: LongList,
  tally: Tally,
) => Promise<Required<Pick<Unit, 'legs' | 'slots' | 'keys' | 'events'>>>

/** Over the ways of one topology. */
export function reportingOn(parts: RelayParts): Report {
  const { deciding, clock, source, newId, choose } = parts
  const inward = inwardOn({ ...parts, flow: deciding.flow })

  return async (origin, list, tally) => {
    const [verb, noun] = ['created', list.report.noun] as const
    const choice = choose({ noun, verb, from: source }, { providers: [] })
    // Where a configuration says nothing of reports nobody reads them.
    if (choice.kind === 'none') return { ...NOTHING_SENT, events: [] }
    const at = clock()
    const about = { origin: { ...origin, at }, flow: '', about: [origin.noun, origin.id] } as const
    const mRID = newId()
    const common = await commonOf(origin)
    const times = { at, since: origin.at }
    const object = list.report.object({ mRID, ...times, leg: origin.id, common, ...told(tally) })
    const sent = await inward({ from: source, verb, noun, objects: [object], draft: object }, about)
    return { ...sent, events: entered(sent.legs, at) }
  }

  async function commonOf({ answers }: LegFacts): Promise<Common> {
    const first = await parts.store.leg(answers)
    return first === undefined ? { references: {} } : readDraft(first).common
  }
}

function told({ count, failed, first }: Tally) {
  const items = first.slice(0, MOST_ITEMS).map(({ entry, failure }) => ({
    shown: entry.shown,
    ...failure,
  }))
  return { count, failed, items }
}
