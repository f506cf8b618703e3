// Texts are read as octets. Where a disk has damaged one so that it is no UTF-8, the driver would end the process; here it
// becomes a text that is not what was written, and the sums over a row tell so (sums.ts).

import { AliasNode, CastNode, DataTypeNode, IdentifierNode, RawNode } from '../kysely.ts'
import type { KyselyPlugin, OperationNode, SelectionNode } from '../kysely.ts'
import type { Tables } from '../schema.ts'

type NumberColumn = {
  readonly [T in keyof Tables]: {
    readonly [C in keyof Tables[T]]: Tables[T][C] extends number ? C : never
  }[keyof Tables[T]]
}[keyof Tables]

/** All other columns hold texts. */
const NUMBERS: Readonly<Record<NumberColumn, true>> = {
  late: true,
  sum: true,
  answerSum: true,
  n: true,
  tookMs: true,
  status: true,
  replyStatus: true,
  place: true,
  priority: true,
  tries: true,
  token: true,
  seq: true,
  revision: true,
}

const OCTETS = DataTypeNode.create('blob')

/** Has SQLite give every text that is asked for as the octets that it has. */
export const octetsOfTexts: KyselyPlugin = {
  transformQuery: ({ node }) => {
    if (node.kind === 'SelectQueryNode' && node.selections !== undefined)
      return { ...node, selections: node.selections.map(asOctets) }
    if (node.kind !== 'DeleteQueryNode' || node.returning === undefined) return node
    const selections = node.returning.selections.map(asOctets)
    return { ...node, returning: { ...node.returning, selections } }
  },
  transformResult: async ({ result }) => result,
}

function asOctets(it: SelectionNode): SelectionNode {
  const { selection } = it
  if (AliasNode.is(selection)) {
    const { node, alias } = selection
    const column = columnOf(node)
    return named(column === undefined ? eitherWay(node) : cast(node, column), alias)
  }
  const column = columnOf(selection)
  return column === undefined ? it : named(cast(selection, column), IdentifierNode.create(column))
}

function named(node: OperationNode, alias: OperationNode): SelectionNode {
  return { kind: 'SelectionNode', selection: AliasNode.create(node, alias) }
}

function cast(node: OperationNode, column: string): OperationNode {
  return isNumber(column) ? node : CastNode.create(node, OCTETS)
}

/** True for a column that holds no text. */
export function isNumber(column: string): boolean {
  return Object.hasOwn(NUMBERS, column)
}

/** What is made of columns may be a number or a text. */
function eitherWay(node: OperationNode): OperationNode {
  const around = ['case typeof(', `) when 'text' then cast(`, ' as blob) else ', ' end']
  return RawNode.create(around, [node, node, node])
}

function columnOf(node: OperationNode): string | undefined {
  if (node.kind !== 'ReferenceNode') return undefined
  const { column } = node as OperationNode & { readonly column: OperationNode }
  if (column.kind !== 'ColumnNode') return undefined
  return (column as OperationNode & { readonly column: IdentifierNode }).column.name
}

/** The rows of an answer, with texts in the place of octets: nothing else is kept as octets. */
export function textsOf(rows: readonly unknown[]): unknown[] {
  return rows.map((row) => {
    const texts: Record<string, unknown> = {}
    for (const [column, value] of Object.entries(row as object))
      texts[column] = value instanceof ArrayBuffer ? Buffer.from(value).toString() : value
    return texts
  })
}
