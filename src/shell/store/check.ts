// A data folder judged as it lies there: marker, every page and reference, and what is on its way. Opened under the lock,
// so that nobody changes it meanwhile; nothing is migrated, and the note of its last holder stays.

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { StoreError } from './fault.ts'
import { RESTORE, folderAt, readMarker } from './folder.ts'
import type { Folder, Marker } from './folder.ts'
import { isFolder } from './files.ts'
import { openFile } from './sqlite/connection.ts'
import type { Connection } from './sqlite/connection.ts'
import { APPLICATION_ID } from './sqlite/migrate.ts'
import { SCHEMA_VERSION } from './migrations.ts'
import { isNumber } from './sqlite/octets.ts'
import { hasOwner, holderOf } from './owner.ts'
import { BODY } from './reference.ts'
import { legOf, objectOf } from './rows.ts'
import { COLUMNS } from './schema.ts'
import type { LegRow, ObjectRow } from './schema.ts'

/** What was found. */
export interface StoreCheck {
  readonly verdict: 'sound' | 'new' | 'in-use' | 'broken'
  /** what is wrong and how to mend it, a sentence or two each */
  readonly faults: readonly string[]
  readonly facts: readonly (readonly [name: string, value: string])[]
}

/** complaints of the database that are shown */
const MOST_COMPLAINTS = 20

/** @param now ISO 8601 with Z @returns undefined when there is no such folder */
export function checkStore(path: string, now: string): StoreCheck | undefined {
  if (!existsSync(path)) return undefined
  const folder = folderAt(path)
  if (!isFolder(path))
    return broken([`${path} is no folder. Name that of the store (--data DIR).`], [])
  if (!existsSync(folder.marker)) return withoutMarker(folder)
  try {
    return judge(folder, readMarker(folder, SCHEMA_VERSION), now)
  } catch (error) {
    if (!(error instanceof StoreError)) throw error
    if (error.code === 'store-in-use') return inUse(folder)
    const remedy = error.message.includes('--data DIR') ? '' : ` ${remedyOf(error)}`
    return { verdict: 'broken', faults: [`${error.message}${remedy}`], facts: [] }
  }
}

/** Imported schemas may be there before the store is. */
function withoutMarker(folder: Folder): StoreCheck {
  const left = [folder.database, `${folder.database}-wal`].find((file) => existsSync(file))
  return left === undefined
    ? { verdict: 'new', faults: [], facts: [['store', 'none yet; the first start makes it']] }
    : broken([`${left} is there but ${folder.marker} is missing. ${RESTORE}`], [])
}

function remedyOf({ code }: StoreError): string {
  return code === 'store-damaged' ? RESTORE : 'Look at the rights and the space of the folder.'
}

function inUse(folder: Folder): StoreCheck {
  const asks = 'GET /readyz tells how it is; stop it for a full check'
  const facts = [
    ['held by', holderOf(folder)],
    ['to do', asks],
  ] as const
  return { verdict: 'in-use', faults: [], facts }
}

function judge(folder: Folder, marker: Marker, now: string): StoreCheck {
  const facts = [['made', marker.created]] as [string, string][]
  if (marker.state === 'new' && !existsSync(folder.database))
    return {
      verdict: 'new',
      faults: [],
      facts: [...facts, ['store', 'none yet; its first start was cut off, and the next makes it']],
    }
  const isUnclean = hasOwner(folder)
  const connection = openFile(folder.database)
  try {
    const { application, version } = identity(connection)
    // 0 = an empty file, which only a first start that was cut off leaves.
    const isOurs = application === APPLICATION_ID || (application === 0 && marker.state === 'new')
    if (!isOurs) return broken([`${folder.database} is no database of cimgate. ${RESTORE}`], facts)
    if (version > SCHEMA_VERSION)
      return broken([`It has schema version ${version}. ${NEWER}`], facts)
    facts.push(['schema', schemaText(version)])
    facts.push(['last stop', isUnclean ? UNCLEAN : 'clean'])
    const damaged = complaints(connection)
    if (damaged.length > 0) return broken([...damaged, RESTORE], facts)
    facts.push(['integrity', 'every page, index and reference is sound'])
    if (version < SCHEMA_VERSION) return { verdict: 'sound', faults: [], facts }
    const lost = [
      ...changedRows(connection),
      ...lostBodies(folder, connection),
      ...lostLegs(connection),
    ]
    const contents = contentsOf(connection, now)
    return lost.length > 0
      ? broken(lost, [...facts, ...contents])
      : { verdict: 'sound', faults: [], facts: [...facts, ...contents] }
  } finally {
    connection.close()
  }
}

const NEWER = `This program knows up to ${SCHEMA_VERSION}: start the version of cimgate that wrote it, or a newer one.`
const UNCLEAN = 'none: the process that had it was ended; the next start looks after it'

function broken(faults: readonly string[], facts: StoreCheck['facts']): StoreCheck {
  return { verdict: 'broken', faults, facts }
}

function identity(connection: Connection) {
  return {
    application: Number(connection.pragma('application_id')),
    version: Number(connection.pragma('user_version')),
  }
}

function schemaText(version: number): string {
  return version === SCHEMA_VERSION
    ? `${version}, that of this program`
    : `${version}; the next start brings it to ${SCHEMA_VERSION}`
}

/** What the database says of itself, page by page, and of references that lead nowhere. */
function complaints(connection: Connection): readonly string[] {
  const found = rows<{ readonly integrity_check: string }>(
    connection,
    `PRAGMA integrity_check(${MOST_COMPLAINTS})`,
  ).map((it) => it.integrity_check)
  if (found.join() !== 'ok') return found.map((it) => `${it}.`)
  const dangling = rows<{ readonly table: string; readonly parent: string }>(
    connection,
    'PRAGMA foreign_key_check',
  )
  return dangling
    .slice(0, MOST_COMPLAINTS)
    .map(({ table, parent }) => `A row of ${table} belongs to one of ${parent} that is not there.`)
}

/** What a disk has damaged inside of a page, which the database does not notice. */
function changedRows(connection: Connection): readonly string[] {
  const faults: string[] = []
  const judge = (read: () => unknown) => {
    try {
      read()
    } catch (error) {
      faults.push((error as Error).message)
    }
  }
  for (const table of ['leg', 'object'] as const) {
    for (let after = 0, more = true; more && faults.length < MOST_COMPLAINTS;) {
      const found = rows<(LegRow | ObjectRow) & { readonly rowid: number }>(
        connection,
        some(table, after),
      )
      for (const { rowid, ...row } of found) {
        after = rowid
        judge(() => ('body' in row ? objectOf(row) : legOf(row)))
      }
      more = found.length > 0
    }
  }
  return faults.slice(0, MOST_COMPLAINTS)
}

/** rows that are read at a time */
const SLICE = 1_000

function some(table: 'leg' | 'object', after: number): string {
  const columns = COLUMNS[table].map((it) => (isNumber(it) ? `"${it}"` : octets(it)))
  return `select "rowid", ${columns.join(', ')} from "${table}" where "rowid" > ${after} order by "rowid" limit ${SLICE}`
}

/** What is to be sent and has no place in the outbox would never be. */
function lostLegs(connection: Connection): readonly string[] {
  const lost = rows<{ readonly id: string; readonly messageID: string; readonly party: string }>(
    connection,
    `select ${octets('id')}, ${octets('messageID')}, ${octets('party')} from "leg" where "direction" = 'out'
      and "state" in ('QUEUED', 'SENDING') and "id" not in (select "leg" from "outbox")
      limit ${MOST_COMPLAINTS}`,
  )
  return lost.map(
    ({ id, messageID, party }) =>
      `Message ${messageID} to ${party} is to be sent, and has no place in the outbox; resend it: POST /api/v1/messages/${id}:resend.`,
  )
}

/** Long texts are files, which a backup may have left out. */
function lostBodies(folder: Folder, connection: Connection): readonly string[] {
  const named = rows<{ readonly id: string; readonly body: string }>(
    connection,
    `select ${octets('id')}, ${octets('request', 'body')} from "leg" where substr("request", 1, 13) = '${BODY}'
      union all select ${octets('id')}, ${octets('reply', 'body')} from "leg" where substr("reply", 1, 13) = '${BODY}'`,
  )
  return named
    .map(({ id, body }) => ({ id, file: join(folder.bodies, body.slice(BODY.length)) }))
    .filter(({ file }) => !existsSync(file))
    .slice(0, MOST_COMPLAINTS)
    .map(({ id, file }) => `${file}, a text of message ${id}, is missing. ${RESTORE}`)
}

function contentsOf(connection: Connection, now: string): StoreCheck['facts'] {
  const count = (text: string) => rows<{ readonly n: number }>(connection, text)[0]?.n ?? 0
  const states = rows<{ readonly state: string; readonly n: number }>(
    connection,
    `select ${octets('state')}, count(*) as "n" from "leg" group by "leg"."state" order by "leg"."state"`,
  )
  const legs = states.reduce((sum, it) => sum + it.n, 0)
  const by = states.map((it) => `${it.n} ${it.state}`).join(', ')
  const [queued] = rows<{ readonly n: number; readonly oldest: string | null }>(
    connection,
    'select count(*) as "n", cast(min("leg"."at") as blob) as "oldest" from "outbox" join "leg" on "leg"."id" = "outbox"."leg"',
  )
  const expired = count(
    `select count(*) as "n" from "lease" where "until" <> '' and "until" < '${now}'`,
  )
  const late = count(
    `select count(*) as "n" from "awaited" where "state" = 'open' and "dueAt" < '${now}'`,
  )
  const [config] = rows<{ readonly version: string; readonly at: string }>(
    connection,
    `select ${octets('version')}, ${octets('at')} from "configuration" order by "configuration"."at" desc limit 1`,
  )
  return [
    // A noun has no full stop: what is kept of the lists of an object has one.
    ['objects', `${count(`select count(*) as "n" from "object" where instr("noun", '.') = 0`)}`],
    ['history', `${count(`select count(*) as "n" from "object" where instr("noun", '.') > 0`)}`],
    ['events', `${count('select count(*) as "n" from "event"')}`],
    ['messages', legs === 0 ? '0' : `${legs}: ${by}`],
    ['to be sent', `${queued?.n ?? 0}${queued?.oldest ? `, the oldest of ${queued.oldest}` : ''}`],
    ['parked', `${states.find((it) => it.state === 'PARKED')?.n ?? 0}`],
    ['expired leases', `${expired}`],
    ['overdue', `${late} awaited`],
    ['configuration', config ? `${config.version.slice(0, 12)} since ${config.at}` : 'none kept'],
  ]
}

/** A text as it stands on disk, whatever that is: octets.ts says why. */
function octets(column: string, as = column): string {
  return `cast("${column}" as blob) as "${as}"`
}

function rows<T>(connection: Connection, text: string): readonly T[] {
  return connection.prepare(text).all([]) as readonly T[]
}
