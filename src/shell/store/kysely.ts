// The one file that imports kysely: what the store uses of it, and nothing else of it.

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
