// A store on a server, judged as it is: gateways that use it go on, and nothing is written.

import type { StoreCheck } from '../check.ts'
import { StoreError } from '../fault.ts'
import { SCHEMA_VERSION } from '../migrations.ts'
import type { Address } from './address.ts'
import { withConnection } from './connection.ts'
import type { Ask } from './connection.ts'
import { judgedServer, markerIn, versionFault } from './judge.ts'
import { assureFit } from './migrate.ts'

/** What a start would say of the server, and what is in the store. */
export async function checkServer(address: Address): Promise<StoreCheck> {
  try {
    return await withConnection(address, judge)
  } catch (error) {
    if (!(error instanceof StoreError)) throw error
    return { verdict: 'broken', faults: [error.message], facts: [] }
  }
}

async function judge(ask: Ask): Promise<StoreCheck> {
  const server = await judgedServer(ask)
  await assureFit(ask, server)
  const facts: [string, string][] = [
    ['server', `PostgreSQL ${server.versionText}, what it acknowledges is on its disk`],
    ['tables', `in schema ${server.schema} of database ${server.database}, as ${server.user}`],
  ]
  const marker = await markerIn(ask)
  if (marker === undefined)
    return {
      verdict: 'new',
      faults: [],
      facts: [...facts, ['store', 'none yet; the first start makes it']],
    }
  if (marker.schema > SCHEMA_VERSION)
    return { verdict: 'broken', faults: [versionFault(marker.schema)], facts }
  const isPresent = marker.schema === SCHEMA_VERSION
  const version = isPresent
    ? `${marker.schema}, that of this program`
    : `${marker.schema}; the next start brings it to ${SCHEMA_VERSION}`
  facts.push(['schema', version])
  if (!isPresent) return { verdict: 'sound', faults: [], facts }
  const lost = await lostLegs(ask)
  const verdict = lost.length > 0 ? 'broken' : 'sound'
  return { verdict, faults: lost, facts: [...facts, ...(await contentsOf(ask))] }
}

/** complaints that are shown */
const MOST = 20

/** What is to be sent and has no place in the outbox would never be. */
async function lostLegs(ask: Ask): Promise<readonly string[]> {
  const rows = await ask(
    `select "id", "messageID", "party" from "leg" where "direction" = 'out' and "state" in ('QUEUED', 'SENDING')
      and not exists (select 1 from "outbox" where "outbox"."leg" = "leg"."id") limit ${MOST}`,
  )
  return rows.map(
    ({ id, messageID, party }) =>
      `Message ${messageID as string} to ${party as string} is to be sent, and has no place in the outbox; resend it: POST /api/v1/messages/${id as string}:resend.`,
  )
}

async function contentsOf(ask: Ask): Promise<StoreCheck['facts']> {
  const [counts = {}] = await ask(
    // A noun has no full stop: what is kept of the lists of an object has one.
    `select (select count(*) from "object" where strpos("noun", '.') = 0) as "objects",
      (select count(*) from "event") as "events", (select count(*) from "outbox") as "waiting",
      (select count(*) from "node" where "seenAt" > now() - interval '1 minute') as "nodes"`,
  )
  const states = await ask(
    `select "state", count(*) as "n" from "leg" group by "state" order by "state"`,
  )
  const by = states.map((it) => `${Number(it['n'])} ${it['state'] as string}`).join(', ')
  const shown = (name: string) => `${Number(counts[name] ?? 0)}`
  return [
    ['objects', shown('objects')],
    ['events', shown('events')],
    ['messages', by === '' ? '0' : by],
    ['to be sent', shown('waiting')],
    ['gateways', `${shown('nodes')} that send have been there within a minute`],
  ]
}
