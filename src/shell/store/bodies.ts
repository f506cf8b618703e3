// Texts of messages that are too long for a row: files beside the database, named by their SHA-256. A file is on disk before
// the row that names it is committed, and goes after the last such row; what a crash leaves in between is swept at the start.

import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Claimed, Leg, LegStep } from '../../gateway/ledger.ts'
import type { Unit } from '../../gateway/ports.ts'
import { chunks } from './chunks.ts'
import { sha256 } from './digest.ts'
import type { Engine } from './engine.ts'
import type { Outcome } from './commit.ts'
import { StoreError, faultOf } from './fault.ts'
import { makeFolder, syncFolder, writeWhole } from './files.ts'
import type { Folder } from './folder.ts'
import { sql } from './kysely.ts'
import type { Kysely } from './kysely.ts'
import { BODY, isReference } from './reference.ts'
import { isKeepable } from './rows.ts'
import type { Tables } from './schema.ts'

/** octets from which a text is a file */
const LARGE_BYTES = 64 * 1024

type Texts = Pick<Leg, 'request' | 'reply'>

/**
 * The engine of a folder, whose long texts are files.
 * @throws {StoreError} `store-damaged` when a file that a row names is not there
 */
export async function withBodies(
  engine: Engine,
  db: Kysely<Tables>,
  folder: Folder,
): Promise<Engine> {
  makeFolder(folder.bodies)
  await sweepAll(db, folder)

  const commit: Engine['commit'] = async (units) => {
    const fresh = new Set<string>()
    const kept = units.map((unit) => withReferences(unit, (text) => keep(text, fresh)))
    if (fresh.size > 0) inOurWords(() => syncFolder(folder.bodies))
    try {
      const outcomes = await engine.commit(kept)
      if (outcomes.some(({ kind }) => kind !== 'committed')) await sweep(db, folder, [...fresh])
      return outcomes.map(withMessage)
    } catch (error) {
      // Where it is not known what is written, the next start knows.
      if (error instanceof StoreError && error.written === 'no')
        await sweep(db, folder, [...fresh]).catch(() => undefined)
      throw error
    }
  }

  function keep(text: string, fresh: Set<string>): string {
    if (!isLarge(text)) return text
    const hash = sha256(text)
    const file = join(folder.bodies, hash)
    // Under its own name it is whole.
    if (!existsSync(file)) inOurWords(() => writeWhole(file, text))
    fresh.add(hash)
    return BODY + hash
  }

  const read = (text: string) => (isReference(text) ? readBody(folder, text) : text)
  const shown = <T extends Texts>(leg: T): T =>
    isReference(leg.request) || isReference(leg.reply)
      ? { ...leg, request: read(leg.request), reply: read(leg.reply) }
      : leg
  const shownLeg = (leg: Leg | undefined) => leg && shown(leg)

  /** What was committed beside it is committed, whatever has become of the file of an earlier message. */
  const withMessage = (it: Outcome): Outcome => {
    if (it.kind !== 'duplicate') return it
    try {
      return { ...it, message: shown(it.message) }
    } catch (error) {
      return { kind: 'failed', fault: faultOf(error) }
    }
  }
  const withTexts = (it: Claimed): Claimed => {
    try {
      return { ...it, leg: shown(it.leg) }
    } catch (error) {
      // Its lane is leased already: what cannot be sent is for the dispatcher to say.
      return { ...it, damage: (error as Error).message }
    }
  }

  return {
    ...engine,
    commit,
    message: async (party, messageID) => shownLeg(await engine.message(party, messageID)),
    leg: async (id) => shownLeg(await engine.leg(id)),
    legTo: async (party, messageID) => shownLeg(await engine.legTo(party, messageID)),
    claim: async (request) => {
      const { claimed, events } = await engine.claim(request)
      return { claimed: claimed.map(withTexts), events }
    },
    forgetSlice: async (before) => {
      const forgotten = await engine.forgetSlice(before)
      await sweep(db, folder, forgotten.bodies)
      return forgotten
    },
  }
}

/** What looks like a reference and is none becomes a file as well, so that nobody reads what is another's. */
function isLarge(text: string): boolean {
  if (text.length * 3 <= LARGE_BYTES && !isReference(text)) return false
  return isKeepable(text) && (isReference(text) || Buffer.byteLength(text) > LARGE_BYTES)
}

function withReferences(unit: Unit, keep: (text: string) => string): Unit {
  const kept = <T extends Texts>(leg: T): T => {
    const [request, reply] = [keep(leg.request), keep(leg.reply)]
    return request === leg.request && reply === leg.reply ? leg : { ...leg, request, reply }
  }
  const step = (it: LegStep): LegStep =>
    it.answered === undefined
      ? it
      : { ...it, answered: { ...it.answered, reply: keep(it.answered.reply) } }
  return {
    ...unit,
    ...(unit.message && { message: kept(unit.message) }),
    ...(unit.legs && { legs: unit.legs.map(kept) }),
    ...(unit.steps && { steps: unit.steps.map(step) }),
  }
}

/** A full disk is told apart, because nothing is written then. */
function inOurWords(write: () => void): void {
  try {
    write()
  } catch (cause) {
    const { code = '', message } = cause as NodeJS.ErrnoException
    const isFull = code === 'ENOSPC' || code === 'EDQUOT'
    throw new StoreError(isFull ? 'store-full' : 'store-io', `${message}.`, { cause })
  }
}

function readBody(folder: Folder, reference: string): string {
  const hash = reference.slice(BODY.length)
  const file = join(folder.bodies, hash)
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (cause) {
    throw new StoreError('store-text-damaged', `${file} cannot be read.`, { cause })
  }
  if (sha256(text) !== hash)
    throw new StoreError('store-text-damaged', `${file} is not what was written.`)
  return text
}

/** At the start: what no row names is left over from a crash, what a row names has to be there. */
async function sweepAll(db: Kysely<Tables>, folder: Folder): Promise<void> {
  const present = readdirSync(folder.bodies)
  await sweep(db, folder, present)
  const [missing] = await missingBodies(db, new Set(present))
  if (missing !== undefined)
    throw new StoreError(
      'store-damaged',
      `${join(folder.bodies, missing)} is missing. Put it back from a backup of the folder.`,
    )
}

async function missingBodies(
  db: Kysely<Tables>,
  present: ReadonlySet<string>,
): Promise<readonly string[]> {
  const named = await sql<{ readonly body: string }>`
    select "request" as "body" from "leg" where substr("request", 1, 13) = 'cimgate-body:'
    union select "reply" as "body" from "leg" where substr("reply", 1, 13) = 'cimgate-body:'`.execute(
    db,
  )
  return named.rows.map(({ body }) => body.slice(BODY.length)).filter((it) => !present.has(it))
}

/** Removes those of these files that no row names. */
async function sweep(db: Kysely<Tables>, folder: Folder, names: readonly string[]): Promise<void> {
  for (const some of chunks(names)) {
    const wanted = sql.join(some.map((name) => BODY + name))
    // The conditions are those of the indexes, letter by letter.
    const named = await sql<{ readonly body: string }>`
      select "request" as "body" from "leg"
        where substr("request", 1, 13) = 'cimgate-body:' and "request" in (${wanted})
      union select "reply" as "body" from "leg"
        where substr("reply", 1, 13) = 'cimgate-body:' and "reply" in (${wanted})`.execute(db)
    const kept = new Set(named.rows.map(({ body }) => body.slice(BODY.length)))
    for (const name of some) if (!kept.has(name)) rmSync(join(folder.bodies, name), { force: true })
  }
}
