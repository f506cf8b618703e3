// One collection of a long list, as it is kept until its turn: all that it is carried out with, so that nothing of the whole
// list has to be read again. It is written as a message when it is sent.

import type { Cells, Common, LongList } from '../../flows/long-list.ts'
import { isObject, member } from '../../schema/json-text.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import { payloadOf, rootsOf } from '../content.ts'
import type { NounContent } from '../content.ts'
import type { Leg } from '../ledger.ts'
import { withId } from '../identity.ts'

/** Content type of a leg that is a collection. */
export const COLLECTION = 'application/vnd.cimgate.collection+json'

/** True for a leg that is a collection of a long list. */
export function isCollection({ contentType }: Pick<Leg, 'contentType'>): boolean {
  return contentType === COLLECTION
}

/** What is kept. */
export interface Draft {
  /** place of its first record in the list, from 0 */
  readonly from: number
  readonly noun: string
  /** party that has sent the list, and what its message is known by */
  readonly sender: string
  readonly under: string
  /** of that message */
  readonly header: JsonObject
  readonly common: Common
  /** names of the columns, and cells; or the objects themselves */
  readonly columns?: readonly string[]
  readonly rows?: readonly (readonly string[])[]
  readonly objects?: readonly JsonObject[]
  /** places in the list of those that the list has had before */
  readonly twice: readonly number[]
  /** its records by their places in the list, where they do not follow each other */
  readonly places?: readonly number[]
}

/** One record of a collection: an object, or what is wrong with it. */
export interface Entry {
  /** place in the list, from 0 */
  readonly index: number
  readonly object?: JsonObject
  /** its sender has given it an mRID, and knows it by that */
  readonly isNamed?: true
  readonly wrong?: {
    readonly code: string
    readonly rule: string
    readonly reason: string
    readonly mend: string
  }
  /** by which its sender knows it */
  readonly shown: Readonly<Record<string, string>>
}

/** As text. */
export function writeDraft(it: Draft): string {
  return JSON.stringify(it)
}

/** @param leg a collection */
export function readDraft({ request }: Pick<Leg, 'request'>): Draft {
  return JSON.parse(request) as Draft
}

/** Where its record stands in the list. @param at among its own, from 0 */
function indexIn({ from, places }: Pick<Draft, 'from' | 'places'>, at: number): number {
  return places?.[at] ?? from + at
}

/**
 * Its records in their order.
 * @param of id of the leg on which the list came: what has no mRID gets one of it, the same each time
 */
export function entriesOf(draft: Draft, list: LongList, of: string): readonly Entry[] {
  const twice = new Set(draft.twice)
  const each = draft.objects?.map(withMRID) ?? (draft.rows ?? []).map((_, at) => ofRow(at))
  return each.map((it) => (twice.has(it.index) ? again(it) : it))

  function withMRID(object: JsonObject, at: number): Entry {
    const index = indexIn(draft, at)
    const isNamed = typeof member(object, 'mRID') === 'string'
    const own = isNamed ? object : withId(derivedId(of, index), object)
    return { index, object: own, shown: list.shown(object), ...(isNamed ? { isNamed } : {}) }
  }

  function ofRow(at: number): Entry {
    const index = indexIn(draft, at)
    const row = draft.rows?.[at] ?? []
    const columns = draft.columns ?? []
    const cells = cellsOf(columns, row)
    const missing = list.columns.filter(({ name, isDue }) => isDue && !cells[name])
    const shown = Object.fromEntries(
      list.columns.filter((it) => it.isDue).map(({ name }) => [name, cells[name] ?? '']),
    )
    if (row.length > columns.length) return { index, shown, wrong: tooMany(row, columns) }
    const strange = Object.keys(cells).find((name) => UNWRITABLE.test(cells[name] ?? ''))
    if (strange !== undefined) return { index, shown: writable(shown), wrong: unwritable(strange) }
    if (missing.length > 0) return { index, shown, wrong: lacking(missing.map((it) => it.name)) }
    const made = list.object(cells, draft.common)
    return 'object' in made
      ? { index, shown, object: withId(derivedId(of, index), made.object) }
      : { index, shown, wrong: { code: '1.8', ...made } }
  }

  function again({ object: _gone, ...it }: Entry): Entry {
    const { rule, reason, mend } = list.once
    return { ...it, wrong: it.wrong ?? { code: '6.1', rule, reason, mend } }
  }
}

/** A row by the names of its columns. */
export function cellsOf(columns: readonly string[], row: readonly string[]): Cells {
  const cells: Record<string, string> = {}
  for (const [place, name] of columns.entries()) cells[name] = (row[place] ?? '').trim()
  return cells
}

function tooMany(row: readonly string[], columns: readonly string[]): NonNullable<Entry['wrong']> {
  return {
    code: '1.8',
    rule: 'LIST-ROW',
    reason: `The row has ${row.length} cells, and there are ${columns.length} columns.`,
    mend: 'Put a cell that has the separator in it into quotation marks.',
  }
}

/** what XML has no way to write */
const UNWRITABLE = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u

function unwritable(name: string): NonNullable<Entry['wrong']> {
  const reason = `${name} has a character that XML cannot hold.`
  return { code: '1.8', rule: 'LIST-ROW', reason, mend: 'Take the control characters out.' }
}

function writable(shown: Entry['shown']): Entry['shown'] {
  const all = new RegExp(UNWRITABLE, 'gu')
  return Object.fromEntries(
    Object.entries(shown).map(([name, it]) => [name, it.replace(all, '\ufffd')]),
  )
}

function lacking(names: readonly string[]): NonNullable<Entry['wrong']> {
  const all = names.join(' and ')
  return { code: '1.8', rule: 'LIST-ROW', reason: `${all} is empty.`, mend: `Fill in ${all}.` }
}

const LAST_GROUP = 24
const MOST_IN_GROUP = 2n ** 48n

/** An mRID for a record without one: that of the leg, counted on, so that a second try makes nothing twice. */
function derivedId(leg: string, index: number): string {
  const last = BigInt(`0x${leg.slice(LAST_GROUP)}`) + BigInt(index)
  return leg.slice(0, LAST_GROUP) + (last % MOST_IN_GROUP).toString(16).padStart(12, '0')
}

/** The message about some of its objects, as its sender would have sent it alone. */
export function messageOf(
  { header, noun }: Pick<Draft, 'header' | 'noun'>,
  objects: readonly JsonObject[],
  content: NounContent,
): JsonObject {
  const own = Object.fromEntries(Object.entries(header).filter(([name]) => !OF_THE_LIST.has(name)))
  const payload = payloadOf([[noun, rootsOf(objects, content)]])
  return { message: 'RequestMessage', header: own, payload }
}

/** What a message says of itself alone. */
const OF_THE_LIST: ReadonlySet<string> = new Set([
  'AsyncReplyFlag',
  'ReplyAddress',
  'ReplayDetection',
])

/** The header of a message, for its collections. */
export function headerOf(message: JsonObject): JsonObject {
  const header = member(message, 'header')
  return isObject(header) ? header : {}
}
