// Brings an SQLite database to the present schema. The version stands in the header of the file, so that
// it changes in the same transaction as the tables.

import { crashAt } from '../crash.ts'
import { sql } from '../kysely.ts'
import type { Kysely } from '../kysely.ts'
import { MIGRATIONS, SCHEMA_VERSION } from '../migrations.ts'
import type { Tables } from '../schema.ts'

/** "cimg" in ASCII: SQLite keeps it in the header as the mark of the program that made the file. */
export const APPLICATION_ID = 0x63696d67

/**
 * Runs what is missing, in one transaction; forward only.
 * @param from version that the database has, 0 = it is empty
 */
export async function migrate(db: Kysely<Tables>, from: number): Promise<void> {
  if (from === SCHEMA_VERSION) return
  const statements = [
    ...MIGRATIONS.slice(from).flat(),
    `pragma application_id = ${APPLICATION_ID}`,
    `pragma user_version = ${SCHEMA_VERSION}`,
  ]
  await db.transaction().execute(async (transaction) => {
    for (const statement of statements) {
      await sql.raw(statement).execute(transaction)
      crashAt('in-migration')
    }
  })
}
