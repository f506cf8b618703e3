// The one file that imports kysely: what the store uses of it, and nothing else of it.

import { Kysely } from 'kysely'
import type { DatabaseConnection, Dialect } from 'kysely'

export {
  AliasNode,
  CastNode,
  DataTypeNode,
  IdentifierNode,
  Kysely,
  PostgresDialect,
  RawNode,
  SqliteDialect,
  sql,
} from 'kysely'
export type {
  CompiledQuery,
  Dialect,
  ControlledTransaction,
  KyselyPlugin,
  OperationNode,
  PostgresPool,
  PostgresPoolClient,
  PostgresQueryResult,
  QueryResult,
  SelectionNode,
  SqliteDatabase,
  SqliteStatement,
} from 'kysely'

/** The same transaction, whose statements go out side by side: kysely itself sends one when the one before is answered. */
export async function sideBySide<T, R>(
  db: Kysely<T>,
  dialect: Dialect,
  work: (db: Kysely<T>) => Promise<R>,
): Promise<R> {
  return db.getExecutor().provideConnection((connection: DatabaseConnection) => {
    const executor = db.getExecutor().withConnectionProvider({
      provideConnection: (use) => use(connection),
    })
    const driver = dialect.createDriver()
    return work(new Kysely<T>({ config: { dialect }, dialect, driver, executor }))
  })
}
