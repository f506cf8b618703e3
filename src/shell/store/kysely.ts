// The one file that imports kysely: what the store uses of it, and nothing else of it.

export { Kysely, SqliteDialect, sql } from 'kysely'
export type {
  CompiledQuery,
  ControlledTransaction,
  QueryResult,
  SqliteDatabase,
  SqliteStatement,
} from 'kysely'
