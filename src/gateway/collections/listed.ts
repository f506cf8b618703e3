// A message that is a long list: its records counted, cut into collections, and those that it has twice found. Read some
// rows at a time, because others are waiting.

import { LIMITS } from '../../envelope/limits.ts'
import type { ReplyError } from '../../envelope/reply.ts'
import { listFor } from '../../flows/lists.ts'
import { columnOf } from '../../flows/long-list.ts'
import type { Common, LongList } from '../../flows/long-list.ts'
import { isObject, member } from '../../schema/json-text.ts'
import type { Json, JsonObject } from '../../schema/json-text.ts'
import { objectsIn } from '../content.ts'
import type { ContentOf } from '../content.ts'
import { isUuid } from '../identity.ts'
import { repeatKeyOf } from '../message-record.ts'
import { entriesOf, nounIn, text, verbOf } from '../tasks.ts'
import type { Pending } from '../relay/waiting.ts'
import { OpenQuote, beginningOf, rowsFrom, separatorOf } from './csv.ts'
import { cellsOf, headerOf, messageOf, writeDraft } from './draft.ts'
import type { Draft } from './draft.ts'
import { inflated } from './inflated.ts'

/** What reading needs from outside. */
export interface ListedParts {
  readonly contentOf: ContentOf
  /** Lets others have their turn. */
  readonly pause: () => Promise<void>
}

/** A long list, ready to be kept. */
export interface Listed {
  readonly list: LongList
  readonly common: Common
  /** records */
  readonly count: number
  /** texts of its collections, in order */
  readonly drafts: readonly string[]
  /** a message with its first object alone, by which its order is known */
  readonly first: JsonObject
}

/** Why it is none. */
export interface NoList {
  readonly errors: readonly ReplyError[]
}

/** rows that are read before others have a turn */
const ROWS_AT_ONCE = 2_000
/** collections of one list */
const MOST_COLLECTIONS = 10_000

/**
 * Undefined for a message that is no list, and for objects that are decided on together.
 * @param size records of one collection
 */
export async function listedIn(
  it: Pending,
  size: number,
  parts: ListedParts,
): Promise<Listed | NoList | undefined> {
  const { message } = it
  const list = listFor(nounIn(message), verbOf(message))
  if (list === undefined) return undefined
  const payload = new Map(entriesOf(member(message, 'payload')))
  const format = text(payload.get('Format'))?.trim().toUpperCase()
  const packed = text(payload.get('Compressed'))
  if (packed !== undefined && format === 'CSV') return fromCsv(it, list, packed, size, parts)
  const content = parts.contentOf(list.noun)
  if (content === undefined) return undefined
  const root = payload.get(list.noun)
  const objects = objectsIn(root, content)
  return objects.length <= size ? undefined : ofObjects(objects, root, { it, list, size, parts })
}

/** What a list is cut with. */
interface Cutting {
  readonly it: Pending
  readonly list: LongList
  readonly size: number
  readonly parts: ListedParts
}

async function fromCsv(
  it: Pending,
  list: LongList,
  packed: string,
  size: number,
  parts: ListedParts,
): Promise<Listed | NoList> {
  const csv = it.received.list ?? (await inflated(packed, LIMITS))
  if (typeof csv !== 'string') return { errors: [csv] }
  try {
    return await ofRows(csv, { it, list, size, parts })
  } catch (error) {
    if (error instanceof OpenQuote) return noList('LIST-ROW', OPEN_QUOTE(csv, error.at))
    throw error
  }
}

const OPEN_QUOTE = (csv: string, at: number) => ({
  reason: `A quotation mark in line ${csv.slice(0, at).split('\n').length} is never closed.`,
  details: 'Close it, or double it where it is part of the text.',
})

async function ofRows(csv: string, cutting: Cutting): Promise<Listed | NoList> {
  const { it, list, size, parts } = cutting
  const separator = separatorOf(csv)
  const head = rowsFrom(csv, beginningOf(csv), 1, separator)
  const columns = (head.rows[0] ?? []).map((name) => columnOf(list, name)?.name)
  const wrong = head.rows[0] === undefined ? undefined : wrongColumns(list, head.rows[0], columns)
  if (wrong !== undefined) return wrong
  const names = columns as readonly string[]
  const common = commonOf(it.message, list)
  const cut = cutter(cutting, common, names)
  const seen = new Set<string>()
  for (let at = head.next; at < csv.length;) {
    const { rows, next } = rowsFrom(csv, at, Math.min(size, ROWS_AT_ONCE), separator)
    at = next
    for (const row of rows) {
      const key = list.once.ofCells(cellsOf(names, row))
      cut.add(row, isAgain(seen, key))
    }
    await parts.pause()
  }
  return cut.done()
}

async function ofObjects(
  objects: readonly JsonObject[],
  root: Json | undefined,
  cutting: Cutting,
): Promise<Listed | NoList> {
  const { list, parts } = cutting
  const common = commonIn(objects[0], root, list)
  const cut = cutter(cutting, common)
  const seen = new Set<string>()
  for (const [at, object] of objects.entries()) {
    cut.add(object, isAgain(seen, list.once.key(object)))
    if (at % ROWS_AT_ONCE === ROWS_AT_ONCE - 1) await parts.pause()
  }
  return cut.done()
}

function isAgain(seen: Set<string>, key: string | undefined): boolean {
  if (key === undefined) return false
  const before = seen.size
  return seen.add(key).size === before
}

type Entry = JsonObject | readonly string[]

/** Cuts records into collections as they come; each is text at once. @param columns of rows */
function cutter({ it, list, size, parts }: Cutting, common: Common, columns?: readonly string[]) {
  const { received, validated, message } = it
  const whose = { sender: received.sender.party, under: repeatKeyOf(received, validated) }
  const shared = { noun: list.noun, ...whose, header: headerOf(message), common }
  const drafts: string[] = []
  let [count, first] = [0, undefined as JsonObject | undefined]
  let records: Entry[] = []
  let twice: number[] = []

  function add(record: Entry, isAgain: boolean): void {
    if (isAgain) twice.push(count)
    if (columns === undefined) first ??= record as JsonObject
    records.push(record)
    count += 1
    if (records.length === size) cut()
  }

  function cut(): void {
    const own =
      columns === undefined
        ? { objects: records as readonly JsonObject[] }
        : { columns, rows: records as readonly (readonly string[])[] }
    const draft: Draft = { ...shared, from: count - records.length, twice, ...own }
    drafts.push(writeDraft(draft))
    records = []
    twice = []
  }

  function done(): Listed | NoList {
    if (records.length > 0) cut()
    if (count === 0) return noList('NO-OBJECT', EMPTY, '1.7')
    if (drafts.length > MOST_COLLECTIONS)
      return noList('LIST-LENGTH', tooMany(drafts.length), '3.1')
    const content = parts.contentOf(list.noun)
    const objects = [first ?? common.references]
    const sample = content === undefined ? {} : messageOf(shared, objects, content)
    return { list, common, count, drafts, first: sample }
  }

  return { add, done }
}

const EMPTY = {
  reason: 'The list has no record.',
  details: 'Send at least one record; a CSV has the names of its columns in its first line.',
}

function tooMany(count: number) {
  return {
    reason: `The list makes ${count} collections, and there may be ${MOST_COLLECTIONS}.`,
    details: 'Send it in several lists, or allow more records in a collection.',
  }
}

function wrongColumns(
  list: LongList,
  written: readonly string[],
  found: readonly (string | undefined)[],
): NoList | undefined {
  const all = list.columns.map((it) => it.name).join(', ')
  const unknown = written.find((_, at) => found[at] === undefined)
  if (unknown !== undefined)
    return noList('LIST-COLUMNS', {
      reason: `There is no column ${unknown.trim().slice(0, 60) || '(empty)'}.`,
      details: `The first line names the columns: ${all}.`,
    })
  const twice = found.find((it, at) => found.indexOf(it) !== at)
  if (twice !== undefined)
    return noList('LIST-COLUMNS', {
      reason: `There are two columns ${twice}.`,
      details: 'Leave one out.',
    })
  const missing = list.columns.filter(({ name, isDue }) => isDue && !found.includes(name))
  if (missing.length === 0) return undefined
  const names = missing.map((it) => it.name).join(' and ')
  return noList('LIST-COLUMNS', {
    reason: `The list has no column ${names}.`,
    details: `Add ${names} to the first line, and to each row.`,
  })
}

function noList(
  rule: string,
  { reason, details }: { readonly reason: string; readonly details: string },
  code = '1.8',
): NoList {
  return { errors: [{ code, level: 'FATAL', rule, reason, details }] }
}

/** What a message with a CSV says of all its records stands in its Request: IDs by their objectType, and the time. */
function commonOf(message: JsonObject, list: LongList): Common {
  const request = member(message, 'request')
  const ids = member(request, 'ID')
  const all: readonly Json[] = Array.isArray(ids) ? ids : []
  const references = Object.fromEntries(
    list.common.flatMap(({ member: name, objectType }) => {
      const id = all.find((it) => member(it, '@objectType') === objectType)
      return id === undefined ? [] : [[name, referenceBy(id)]]
    }),
  )
  const [start, end] = [text(member(request, 'StartTime')), text(member(request, 'EndTime'))]
  return {
    references,
    ...(start === undefined ? {} : { start }),
    ...(end === undefined ? {} : { end }),
  }
}

function referenceBy(id: Json): JsonObject {
  const value = text(member(id, '$')) ?? ''
  const [kind, type, authority] = ['@kind', '@idType', '@idAuthority'].map((it) =>
    text(member(id, it)),
  )
  if (kind !== 'name' && (kind !== undefined || isUuid(value))) return { mRID: value }
  const by = authority === undefined ? {} : { NameTypeAuthority: { name: authority } }
  return {
    Names: [{ name: value, ...(type === undefined ? {} : { NameType: { name: type, ...by } }) }],
  }
}

/** Of objects: what the first one refers to, and the time that stands beside them. */
function commonIn(object: JsonObject | undefined, root: Json | undefined, list: LongList): Common {
  const references = Object.fromEntries(
    list.common.flatMap(({ member: name }) => {
      const it = member(object, name)
      return isObject(it) ? [[name, it]] : []
    }),
  )
  const beside = list.common.map(({ member: name }) => member(member(root, name), 'interval'))
  const interval = beside.find((it) => it !== undefined)
  const [start, end] = [text(member(interval, 'start')), text(member(interval, 'end'))]
  return {
    references,
    ...(start === undefined ? {} : { start }),
    ...(end === undefined ? {} : { end }),
  }
}
