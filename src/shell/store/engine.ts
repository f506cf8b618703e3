// The store's work on a database that is open, as one interface: what the database thread does and what
// the main thread asks of it. Knows neither the thread nor the kind of database.

import type { Ledger } from '../../gateway/ledger.ts'
import type { Store, Unit } from '../../gateway/ports.ts'
import { findAudit, findAuditEnds } from './audit.ts'
import { commitGroup } from './commit.ts'
import type { Outcome } from './commit.ts'
import { crashAt } from './crash.ts'
import type { Dialect, Kysely } from './kysely.ts'
import type { Counts } from './kept.ts'
import { claimLanes, releaseLanes } from './lease.ts'
import type { ClaimedLanes } from './lease.ts'
import {
  findAttempts,
  findBacklog,
  findConfigurations,
  findExpired,
  findLeg,
  findLegs,
  findMissed,
  findNextDue,
  findOverdue,
} from './ledger-read.ts'
import {
  findLegBy,
  findMessage,
  findObjects,
  findOwners,
  readEvents,
  readCounts,
  readHorizon,
  readIdentities,
  readNouns,
  findGone,
  readPage,
} from './read.ts'
import { forgetSlice } from './retention.ts'
import type { Before, Forgotten } from './retention.ts'
import type { Tables } from './schema.ts'
import type { InDoubt } from './transaction.ts'

/** The methods of the `Store` port that touch the database, and the commit of a whole group. */
export interface Engine
  extends
    Omit<Ledger, 'forget' | 'claim'>,
    Pick<
      Store,
      | 'message'
      | 'objects'
      | 'nouns'
      | 'gone'
      | 'owners'
      | 'identities'
      | 'page'
      | 'events'
      | 'horizon'
    > {
  /** Of which nouns there is anything. */
  counts(): Promise<Counts>
  /** One transaction; one outcome per unit, in their order. */
  commit(units: readonly Unit[]): Promise<readonly Outcome[]>
  /** As `Ledger.claim`; the events are on disk and are to be told. */
  claim(request: Parameters<Ledger['claim']>[0]): Promise<ClaimedLanes>
  /** A slice of what `Ledger.forget` forgets. */
  forgetSlice(before: Before): Promise<Forgotten>
}

/**
 * The engine on a database whose schema is the present one.
 * @param inDoubt as in {@link commitGroup}, and `piped`
 */
export function engineOn(db: Kysely<Tables>, inDoubt?: InDoubt, piped?: Dialect): Engine {
  return {
    message: (party, messageID) => findMessage(db, party, messageID),
    objects: (noun, ids, names) => findObjects(db, noun, ids, names),
    nouns: () => readNouns(db),
    gone: (noun, ids) => findGone(db, noun, ids),
    owners: (ids) => findOwners(db, ids),
    identities: (noun) => readIdentities(db, noun),
    page: (noun, query) => readPage(db, noun, query),
    counts: () => readCounts(db),
    commit: (units) => commitGroup(db, units, inDoubt, piped),
    events: (since, limit) => readEvents(db, since, limit),
    horizon: () => readHorizon(db),
    leg: (id) => findLeg(db, id),
    legTo: (party, messageID) => findLegBy(db, 'out', party, messageID),
    legs: (query) => findLegs(db, query),
    attempts: (leg) => findAttempts(db, leg),
    claim: async (request) => {
      const lanes = await claimLanes(db, request, inDoubt)
      if (lanes.claimed.length > 0) crashAt('before-send')
      return lanes
    },
    release: (leases) => releaseLanes(db, leases),
    expired: (now, limit) => findExpired(db, now, limit),
    nextDue: (after) => findNextDue(db, after),
    overdue: (now, limit) => findOverdue(db, now, limit),
    missed: (limit) => findMissed(db, limit),
    backlog: () => findBacklog(db),
    audit: (query) => findAudit(db, query),
    auditEnds: () => findAuditEnds(db),
    configurations: () => findConfigurations(db),
    forgetSlice: (before) => forgetSlice(db, before),
  }
}
