// Every field of every dialect, as its rows have it: where it stands on either side, how long it may be, which codes it has.

import { DIALECTS } from '../../dialects/index.ts'
import type { Dialect, Mapped } from '../../dialects/dialect.ts'
import type { NameField, Row, Word, WordsRow } from '../../dialects/row.ts'
import { isObject, sameJson, writeJson } from '../../schema/json-text.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import { markup, table } from './html.ts'

/** A field on either side, and what else there is to say. */
type Field = readonly [vendor: string, cim: string, said: string]

/** One table for each resource whose rows are known. */
export function mappingTables() {
  return Object.entries<Dialect>(DIALECTS).flatMap(([dialect, resources]) =>
    Object.entries(resources).flatMap(([name, { mapped, routes }]) => {
      if (mapped === undefined) return []
      const noun = routes[0]?.noun ?? ''
      const body = fieldsOf(mapped).map(([vendor, cim, said]) => [
        markup`<code>${vendor}</code>`,
        markup`<code>${cim}</code>`,
        said,
      ])
      const ours = mapped.ours === undefined ? '' : markup`<p>${mapped.ours}</p>`
      return [
        markup`<h3 id="${dialect}-${name}">${dialect}: ${name} ⇄ ${noun}</h3>${ours}${table(['vendor', 'CIM', ''], body)}`,
      ]
    }),
  )
}

/** Every field that a mapping knows, once. */
function fieldsOf({ element, rows, around }: Mapped): readonly Field[] {
  const list = around === undefined ? '' : `${around.list}[].`
  const id: readonly Field[] = around?.id === undefined ? [] : [[around.id, 'Header.MessageID', '']]
  const head = around === undefined ? [] : fields(around.rows, ['', ''])
  return [...id, ...head, ...fields(rows, [list, `${element}.`])]
}

type At = readonly [vendor: string, cim: string]

function fields(rows: readonly Row[], at: At): readonly Field[] {
  return rows.flatMap((it) => field(it, at))
}

function field(row: Row, [vendor, cim]: At): readonly Field[] {
  switch (row.kind) {
    case 'nest':
      return fields(row.rows, [`${vendor}${row.vendor}.`, cim])
    case 'inline':
      return fields(row.rows, [vendor, `${cim}${row.cim}.`])
    case 'only':
      return fields(row.rows, [vendor, `${cim}${row.cim}[].`])
    case 'shared':
      return fields(row.rows, ['', cim])
    case 'part':
      return fields(row.rows, [`${vendor}${row.vendor}.`, `${cim}${row.cim}.`])
    case 'list':
      return fields(row.rows, [`${vendor}${row.vendor}[].`, `${cim}${row.cim}[].`])
    case 'names':
      return row.names.flatMap((it) => named(it, [vendor, `${cim}${row.cim}`]))
    case 'words':
      return saidOnce(row).map((it) => word(it, row, [vendor, cim]))
    case 'constant':
      return [['', `${cim}${row.cim}`, `always ${writeJson(row.value)}`]]
    default:
      return [[`${vendor}${row.vendor}`, `${cim}${row.cim}`, saidOf(row)]]
  }
}

function named(
  { vendor, type, issuer, most, issuerMost, pair }: NameField,
  at: At,
): readonly Field[] {
  const kind = type === undefined ? '' : ` (${type})`
  const one: Field = [`${at[0]}${vendor}`, `${at[1]}${kind}`, lengthOf(most)]
  if (issuer === undefined) return [one]
  const key = pair === true ? `only together with ${vendor}` : ''
  const said = [lengthOf(issuerMost), key].filter((it) => it !== '').join('; ')
  return [one, [`${at[0]}${issuer}`, `${at[1]}${kind}: NameTypeAuthority`, said]]
}

/** Each thing that is said once, with the most that CIM says of it; what is only read stands at the end. */
function saidOnce({ words }: WordsRow): readonly Word[] {
  const isFirst = ({ said }: Word, at: number) =>
    words.findIndex((it) => sameJson(it.said, said)) === at
  const order = ({ isRead }: Word) => (isRead === true ? 1 : 0)
  return words.filter(isFirst).toSorted((one, other) => order(one) - order(other))
}

function word({ said, cim, text, isRead }: Word, row: WordsRow, [vendor, own]: At): Field {
  const fields = [...row.vendor, ...(text === undefined ? [] : [text.row.vendor])]
  const members = [...entriesOf(cim), ...(text === undefined ? [] : [[text.cim, text.row.cim]])]
  const codes = row.vendor.flatMap((it) => said[it] ?? [])
  const values = Object.values(cim).flatMap((it) => (isObject(it) ? Object.values(it) : [it]))
  const why = text === undefined ? '' : `, and ${text.row.vendor} says why`
  const only = isRead === true ? '; only read' : ''
  return [
    [...new Set(fields)].map((it) => `${vendor}${it}`).join(', '),
    members.map((it) => `${own}${it.join('.')}`).join(', '),
    `${codes.join(' ')} = ${values.map(String).join(', ')}${why}${only}`,
  ]
}

function entriesOf(cim: JsonObject): readonly (readonly string[])[] {
  return Object.entries(cim).flatMap(([name, it]) =>
    isObject(it) ? Object.keys(it).map((inner) => [name, inner]) : [[name]],
  )
}

function saidOf(row: Exclude<Row, { readonly rows: readonly Row[] }>): string {
  switch (row.kind) {
    case 'value': {
      const cut = row.cut === true ? ', longer texts are cut' : ''
      const answer = row.answer === true ? 'in answers only' : ''
      return [`${lengthOf(row.most)}${cut}`, answer].filter((it) => it !== '').join('; ')
    }
    case 'code':
    case 'codes':
    case 'flags':
      return Object.entries(row.codes)
        .map(([code, literal]) => `${code} = ${literal}`)
        .join(', ')
    case 'date':
      return `the date at ${row.zone.vendor.join('.')}`
    case 'stamp':
      return row.utc === true ? 'in UTC towards the vendor' : ''
    default:
      return row.kind
  }
}

function lengthOf(most: number | undefined): string {
  return most === undefined ? '' : `at most ${most} characters`
}
