// Operations of the DSO (OPS): knows groups, keeps what is reported of each, and gives it to who asks.

import { find, textAt, textsAt } from '../find.ts'
import type { Node } from '../xml.ts'
import { unknown } from './group-duty.ts'
import { peerOf } from './party.ts'
import type { Ask, Done, Party } from './party.ts'
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
  namespaces: [
    ...['http://iec.ch/TC57/2017/DERGroups#', STATUSES],
    'http://iec.ch/TC57/2017/DERGroupStatusQueries#',
  ],
  start: { groups: new Set(), reported: new Map() },
  takes: {
    'create DERGroups': learn,
    'created DERGroups': learn,
    'changed DERGroups': learn,
    'deleted DERGroups': forget,
    'changed DERGroupStatuses': report,
    'get DERGroupStatusQueries': tell,
  },
}

/** The reference peer. */
export const DSO_OPERATIONS = peerOf(OPERATIONS)

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
