// The body of a request that brings a long list: a CSV alone, a header in JSON with the CSV beside it (multipart/form-data),
// or all of it in JSON. Whatever it comes as, it goes on as a CSV.

import { columnOf } from '../../flows/long-list.ts'
import type { LongList } from '../../flows/long-list.ts'
import { isObject, member, numberText, readJson } from '../../schema/json-text.ts'
import type { Json, JsonObject } from '../../schema/json-text.ts'
import { nearest } from '../../schema/nearest.ts'
import type { RouteRequest } from '../route.ts'
import { decoded, readText } from '../translate.ts'
import { lineOf } from './csv.ts'

/** What a body says. */
export interface ListBody {
  /** by the names of the list's own members of its header */
  readonly header: Readonly<Record<string, string>>
  readonly csv: string
}

/** Why a body is none, and how it is mended. */
export interface NoBody {
  readonly reason: string
  readonly mend: string
}

/** member of a JSON body, and name of a part, with the records */
const RECORDS = 'records'
/** name of the part with the header */
const HEADER = 'header'

/** @param query names of the header may stand there too: a CSV has no room for them */
export async function listBody(
  { bytes, kind, headers, query }: Pick<RouteRequest, 'bytes' | 'kind' | 'headers' | 'query'>,
  list: LongList,
): Promise<ListBody | NoBody> {
  const read =
    kind === 'csv'
      ? { csv: decoded(bytes) }
      : kind === 'form'
        ? await formParts(bytes, headers['content-type'] ?? '')
        : jsonParts(bytes, list)
  if ('reason' in read) return read
  if (read.csv === undefined) return NO_UTF_8
  const header = headerIn({ ...query, ...(read.header ?? {}) }, list)
  return 'reason' in header ? header : { header: header.values, csv: read.csv }
}

interface Parts {
  readonly header?: JsonObject
  readonly csv: string | undefined
}

const NO_UTF_8: NoBody = { reason: 'The list is no text in UTF-8.', mend: 'Write it in UTF-8.' }

async function formParts(bytes: Uint8Array, contentType: string): Promise<Parts | NoBody> {
  const form = await new Response(bytes as Uint8Array<ArrayBuffer>, {
    headers: { 'content-type': contentType },
  })
    .formData()
    .catch(() => undefined)
  if (form === undefined)
    return {
      reason: 'The body is no multipart/form-data.',
      mend: `Send the parts ${HEADER} (JSON) and ${RECORDS} (CSV).`,
    }
  const unknown = [...form.keys()].find((it) => it !== HEADER && it !== RECORDS)
  if (unknown !== undefined)
    return { reason: `There is no part ${unknown}.`, mend: `There are ${HEADER} and ${RECORDS}.` }
  const [head, records] = await Promise.all([HEADER, RECORDS].map((it) => partOf(form.get(it))))
  if (records === undefined)
    return { reason: `There is no part ${RECORDS}.`, mend: `Send the CSV as the part ${RECORDS}.` }
  const json = readJson(head ?? '{}')
  if (!('value' in json) || !isObject(json.value))
    return { reason: `The part ${HEADER} is no JSON object.`, mend: 'Mend it, or leave it out.' }
  return { header: json.value, csv: records }
}

async function partOf(it: ReturnType<FormData['get']>): Promise<string | undefined> {
  if (it === null || typeof it === 'string') return it ?? undefined
  return decoded(new Uint8Array(await it.arrayBuffer()))
}

function jsonParts(bytes: Uint8Array, list: LongList): Parts | NoBody {
  const read = readText(bytes)
  if (!('json' in read)) return { reason: read.finding.message, mend: read.finding.mend }
  const { json } = read
  const records = member(json, RECORDS)
  if (!isObject(json) || !Array.isArray(records))
    return {
      reason: `The body has no list ${RECORDS}.`,
      mend: `Send {…, "${RECORDS}": [{${list.columns.map((it) => `"${it.name}": …`).join(', ')}}]}.`,
    }
  const { [RECORDS]: _records, ...header } = json
  const csv = csvOf(records, list)
  return typeof csv === 'string' ? { header, csv } : csv
}

function csvOf(records: readonly Json[], list: LongList): string | NoBody {
  const names = list.columns.map((it) => it.name)
  const lines = [names.join(',')]
  const placeOf = placesIn(list)
  for (const [at, record] of records.entries()) {
    if (!isObject(record))
      return { reason: `Record ${at + 1} is no object.`, mend: 'Write {"name": "value", …}.' }
    const cells = new Array<string>(names.length).fill('')
    for (const [written, value] of Object.entries(record)) {
      const place = placeOf(written)
      if (place === undefined) return noMember(`Record ${at + 1}`, written, names)
      cells[place] = cellOf(value)
    }
    lines.push(lineOf(cells))
  }
  return lines.join('\n')
}

/** The place of a column by the name under which a member is sent: looked for once, because each record sends the same. */
function placesIn(list: LongList): (written: string) => number | undefined {
  const known = new Map<string, number>()
  return (written) => {
    const before = known.get(written)
    if (before !== undefined) return before
    const place = list.columns.findIndex(({ name }) => name === columnOf(list, written)?.name)
    if (place >= 0) known.set(written, place)
    return place < 0 ? undefined : place
  }
}

function cellOf(value: Json): string {
  return value === null ? '' : typeof value === 'string' ? value : (numberText(value) ?? '')
}

function noMember(where: string, written: string, names: readonly string[]): NoBody {
  const near = nearest(written, names)
  const all = `There are ${names.join(', ')}.`
  return {
    reason: `${where} has ${written}, which there is not.`,
    mend: near === undefined ? all : `Did you mean ${near}? ${all}`,
  }
}

function headerIn(
  given: Readonly<Record<string, Json | undefined>>,
  list: LongList,
): { readonly values: Readonly<Record<string, string>> } | NoBody {
  const names = Object.keys(list.header)
  const values: Record<string, string> = {}
  for (const [written, value] of Object.entries(given)) {
    if (!names.includes(written)) return noMember('The header', written, names)
    const text = typeof value === 'string' ? value : (numberText(value) ?? '')
    if (text !== '') values[written] = text
  }
  return { values }
}
