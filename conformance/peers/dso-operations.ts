// Operations of the DSO (OPS): knows groups, keeps what is reported of each, and gives it to who asks.

import { find, textAt, textsAt } from '../find.ts'
import type { Node } from '../xml.ts'
import { GROUPS, REQUESTS } from './group-content.ts'
import { unknown } from './group-duty.ts'
import { joined } from './joined.ts'
import { studies } from './operations-studies.ts'
import { peerOf } from './party.ts'
import type { Ask, Done, Party } from './party.ts'
import type { Peer } from './peer.ts'
import { element } from './write.ts'

/** What Operations knows. */
interface Known {
  /** mRIDs of groups */
  readonly groups: ReadonlySet<string>
  /** what was reported last, by the mRID of the group */
  readonly reported: ReadonlyMap<string, Node>
}

const STATUSES = 'http://iec.ch/TC57/2017/DERGroupStatuses#'
const idsIn = ({ content }: Ask) => textsAt(content, 'EndDeviceGroup/mRID')

/** What it takes, as a table. */
export const OPERATIONS: Party<Known> = {
  role: 'OPS',
  namespaces: [...[GROUPS, REQUESTS, STATUSES], 'http://iec.ch/TC57/2017/DERGroupStatusQueries#'],
  start: { groups: new Set(), reported: new Map() },
  takes: {
    'create DERGroups': learn,
    'created DERGroups': learn,
    'changed DERGroups': learn,
    'deleted DERGroups': forget,
    'changed DERGroupStatuses': report,
    // What has become of a request of its own: nothing else depends on it.
    'changed DERGroupRequests': (known) => ({ state: known }),
    'get DERGroupStatusQueries': tell,
  },
}

/** @param canBe what it finds when it models a connection; undefined = nothing comes of it */
function operations(canBe: boolean | undefined): Peer {
  return peerOf(joined(['groups', OPERATIONS], ['studies', studies(canBe)])) as Peer
}

/** The reference peer: groups, and what it models for Engineering. */
export const DSO_OPERATIONS = operations(true)

/** The reference peer as it can be, too. */
export const OPERATIONS_MANNERS: Readonly<Record<string, Peer>> = {
  'never comes back to a study': operations(undefined),
  'finds no room in the network': operations(false),
}

function learn(known: Known, ask: Ask): Done<Known> {
  return { state: { ...known, groups: new Set([...known.groups, ...idsIn(ask)]) } }
}

function forget(known: Known, ask: Ask): Done<Known> {
  const gone = idsIn(ask)
  const groups = new Set([...known.groups].filter((it) => !gone.includes(it)))
  return { state: { ...known, groups } }
}

function report(known: Known, ask: Ask): Done<Known> {
  const failures = idsIn(ask)
    .filter((it) => !known.groups.has(it))
    .map(unknown)
  if (failures.length > 0) return { state: known, failures }
  const come = find(ask.content, 'EndDeviceGroup').map(
    (it) => [textAt(it, 'mRID') ?? '', it] as const,
  )
  return { state: { ...known, reported: new Map([...known.reported, ...come]) } }
}

function tell(known: Known, ask: Ask): Done<Known> {
  const found = idsIn(ask).flatMap((it) => known.reported.get(it) ?? [])
  const failures = idsIn(ask)
    .filter((it) => !known.reported.has(it))
    .map(unknown)
  const payload = found.length === 0 ? undefined : element(STATUSES, 'DERGroupStatuses', found)
  return { state: known, failures, isPartly: found.length > 0, payload }
}
