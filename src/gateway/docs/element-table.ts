// The elements of a noun as a table that shows a tree.

import type { NamedRow, Row } from '../../schema/content-rows.ts'
import { builtinLabel, literalsOf, restrictionsOf, typeLabel } from '../../schema/content-types.ts'
import { simpleContentOf } from '../../schema/compile/named-types.ts'
import { documented } from '../../schema/documentation.ts'
import type { CimReference } from '../../schema/documentation.ts'
import type { Namespaces, SimpleType, Type } from '../../schema/model.ts'
import { anchor, markup } from './html.ts'
import type { Html, Part } from './html.ts'
import { MOST_INDENTED } from './style.ts'

/** literals that are shown beside an element; more are shown with their type */
const FEW = 4

/** @param listed types that have a place of their own on the page */
export function elementTable(rows: readonly Row[], listed: ReadonlySet<Type>): Html {
  const names = new Map(rows.map((it) => [it.id, 'name' in it ? it.name : it.kind]))
  const hasClauses = rows.some((it) => 'words' in it && it.words.clause !== '')
  const head = ['Element', 'Card.', 'Type', 'CIM', ...(hasClauses ? ['Clause'] : []), 'Description']
  const context = { listed, names, hasClauses, columns: head.length }
  return markup`<table class="tree"><thead><tr>${head.map((it) => markup`<th scope="col">${it}</th>`)}</tr></thead>
    <tbody>
    ${rows.map((it) => line(it, context))}</tbody></table>`
}

/** What all lines of a table share. */
interface Context {
  readonly listed: ReadonlySet<Type>
  /** by the id of a line */
  readonly names: ReadonlyMap<string, string>
  /** some line names a clause, so that there is a column for it */
  readonly hasClauses: boolean
  readonly columns: number
}

function line(row: Row, context: Context): Html {
  const depth = Math.min(row.depth, MOST_INDENTED)
  if (isNamed(row))
    return markup`<tr id="${row.id}" class="d${depth}">${cellsOf(row, context)}</tr>\n`
  const rest = `${context.columns - 2}`
  return markup`<tr id="${row.id}" class="d${depth} group">
    <td>${groupName(row)}</td><td>${cardinality(row)}</td><td colspan="${rest}"></td></tr>\n`
}

function cellsOf(row: NamedRow, { listed, names, hasClauses }: Context): readonly Html[] {
  const kind = row.min > 0 ? 'must' : 'may'
  const name = row.kind === 'attribute' ? `@${row.name}` : row.name
  const { cim, clause } = row.words
  return [
    markup`<td><a class="self" href="${anchor(row.id)}"><code class="${kind}">${name}</code></a></td>`,
    markup`<td>${cardinality(row)}</td>`,
    markup`<td data-head="type">${typeCell(row.type, listed)}</td>`,
    markup`<td data-head="CIM">${cimCell(cim)}</td>`,
    ...(hasClauses ? [markup`<td data-head="clause">${clause}</td>`] : []),
    markup`<td>${description(row, listed, names)}</td>`,
  ]
}

function isNamed(row: Row): row is NamedRow {
  return row.kind === 'element' || row.kind === 'attribute'
}

/** `1`, `0..1`, `1..*` */
function cardinality({ min, max }: Pick<Row, 'min' | 'max'>): string {
  const most = Number.isFinite(max) ? `${max}` : '*'
  return `${min}` === most ? most : `${min}..${most}`
}

function groupName(row: Exclude<Row, NamedRow>): string {
  switch (row.kind) {
    case 'choice':
      return 'one of'
    case 'all':
      return 'in any order'
    case 'sequence':
      return 'together'
    case 'any':
      return `any element ${admitted(row.namespaces)}`
  }
}

function admitted(namespaces: Namespaces): string {
  switch (namespaces.kind) {
    case 'any':
      return 'of any namespace'
    case 'other':
      return 'of another namespace'
    case 'list':
      return `of ${namespaces.list.map((it) => it || 'no namespace').join(', ')}`
  }
}

/** The name of a type, with a link where it is described. */
function typeCell(type: Type, listed: ReadonlySet<Type>): Part {
  const label = typeLabel(type)
  if (label === '') return ''
  return listed.has(type) ? markup`<a href="${anchor(typeId(type))}">${label}</a>` : label
}

/** The id of a type's own place on the page; no way of an element has a colon. */
export function typeId(type: Type): string {
  return `type:${type.name}`
}

/** Class and member of the CIM. */
export function cimCell({ names, source }: CimReference): Part {
  if (source === 'none') return markup`<span class="cim">no CIM equivalent</span>`
  if (names.length === 0) return ''
  const codes = names.map((it, at) => markup`${at === 0 ? '' : ', '}<code>${breakable(it)}</code>`)
  return markup`<span class="cim ${source}">${codes}</span>`
}

/** A line may end behind a point. */
export function breakable(name: string): Part {
  return name.split('.').map((it, at) => (at === 0 ? it : markup`.<wbr>${it}`))
}

function description(
  row: NamedRow,
  listed: ReadonlySet<Type>,
  names: ReadonlyMap<string, string>,
): Part {
  const text = simpleContentOf(row.type)
  const own = text !== undefined && !listed.has(row.type) && !listed.has(text)
  const more: readonly Part[] = [
    row.openedAt === undefined
      ? ''
      : markup`Content as of <a href="${anchor(row.openedAt)}">${names.get(row.openedAt)}</a>.`,
    ...(own ? restrictionsOf(text).map((it) => `${capital(it)}.`) : []),
    text === undefined ? '' : literals(text, listed),
    row.fixed === undefined ? '' : markup`Always <code>${row.fixed}</code>.`,
    row.default === undefined
      ? ''
      : markup`<code>${row.default}</code> where it is left out or empty.`,
    row.nillable ? 'May be nil.' : '',
  ].filter((it) => it !== '')
  const said = row.words.text || (row.depth > 0 ? documented(row.type).text : '')
  return markup`${said}${more.map((it) => markup`<span class="more">${it}</span>`)}`
}

function literals(type: SimpleType, listed: ReadonlySet<Type>): Part {
  const all = literalsOf(type)
  if (all.length === 0) return ''
  if (all.length <= FEW || !listed.has(type))
    return markup`One of ${all.map(([it], at) => markup`${at === 0 ? '' : ', '}<code>${it}</code>`)}.`
  return markup`One of <a href="${anchor(typeId(type))}">${all.length} values</a>.`
}

/** A sentence from a part of one. */
function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`
}

/** What a simple type is made of, and what it allows. */
export function restrictionCell(type: SimpleType): Part {
  const parts = [builtinLabel(type), ...restrictionsOf(type)]
  return parts.join('; ')
}
