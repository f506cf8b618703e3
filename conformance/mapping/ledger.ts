// The ledger of a translation: what has become of each value, with its places on both sides. Both sides are searched; what
// is on one alone is a loss or an invention, unless the product has declared that it fills in such a thing by itself.

import { typeOf, under } from './schema.ts'
import type { Schema } from './schema.ts'
import { labelOf } from './thing.ts'
import type { Thing } from './thing.ts'
import { isSame, lossOf } from './value.ts'

/** What can become of a value. */
export const FATES = ['mapped', 'altered', 'dropped', 'defaulted', 'invented'] as const

/** One line of the ledger. */
export interface Entry {
  readonly fate: (typeof FATES)[number]
  /** that it breaks; undefined = none */
  readonly requirement?: string
  /** where it came from; empty where it came from nowhere */
  readonly from: string
  /** where it went to; empty where it went nowhere */
  readonly to: string
  readonly said: string
  readonly got: string
  /** of the side that is XML; 0 = neither, or unknown */
  readonly line: number
  /** names from the root, the same on both sides */
  readonly path: string
}

/** What two sides are compared by. */
export interface Terms {
  readonly schema: Schema | undefined
  /** whether the product fills in such an element by itself; names from the root, with `/` */
  readonly isDeclared: (path: string) => boolean
  /** whether it is the product's own to say what stands there, whatever was said; by default nothing is */
  readonly isOwned?: (path: string) => boolean
}

/** @param from what was said @param to what has become of it */
export function ledgerOf(from: Thing, to: Thing, terms: Terms): readonly Entry[] {
  return between(from, to, { ...terms, path: from.name })
}

interface At extends Terms {
  readonly path: string
}

function between(from: Thing, to: Thing, at: At): readonly Entry[] {
  const own = ownValue(from, to, at)
  const labels = [...new Set([...from.parts, ...to.parts].map(labelOf))]
  return [
    ...own,
    ...labels.flatMap((label) => {
      const ofLabel = (it: Thing) => labelOf(it) === label
      const [mine, theirs] = [from.parts.filter(ofLabel), to.parts.filter(ofLabel)]
      const example = mine[0] ?? theirs[0]
      const schema = example === undefined ? undefined : under(at.schema, example)
      return listed(mine, theirs, { ...at, schema, path: `${at.path}/${label}` })
    }),
  ]
}

/** An element without anything in it is an empty object as well as an empty text. */
function ownValue(from: Thing, to: Thing, at: At): readonly Entry[] {
  if (from.token === undefined && to.token === undefined) return []
  if (from.token === undefined && to.text.trim() === '') return []
  if (to.token === undefined && from.text.trim() === '' && from.token === 'text') return []
  if (from.token === undefined) return [gained(to, at)]
  if (to.token === undefined) return [lost(from, at)]
  const type = typeOf(at.schema)
  const { path } = at
  const places = { path, from: from.place, to: to.place, said: from.text, got: to.text }
  const line = to.line || from.line
  if (isSame(from, to, type)) return [{ fate: 'mapped', ...places, line }]
  if (at.isOwned?.(path) === true) return [{ fate: 'defaulted', ...places, line }]
  return [{ fate: 'altered', requirement: lossOf(from, to, type), ...places, line }]
}

/** What stands under one name, in order. */
function listed(from: readonly Thing[], to: readonly Thing[], at: At): readonly Entry[] {
  const straight = from.slice(0, to.length).map((it, n) => between(it, to[n] as Thing, at))
  if (from.length === to.length && (from.length < 2 || straight.every(isWhole)))
    return straight.flat()
  const partners = paired(from, to, at)
  // An item alone is itself gone; of several that are left over on both sides nobody knows which was which.
  const [gone, extra] = [
    from.filter((it) => !partners.has(it)),
    to.filter((it) => ![...partners.values()].includes(it)),
  ]
  const rest = gone.slice(0, extra.length).map((it, n) => [it, extra[n] as Thing] as const)
  const pairs = new Map([...partners, ...rest])
  const isMoved = [...pairs.values()].some((it, n, all) => n > 0 && isBefore(it, all[n - 1], to))
  const inOrder = from.filter((it) => pairs.has(it))
  return [
    ...inOrder.flatMap((it) => between(it, pairs.get(it) as Thing, at)),
    ...gone
      .slice(rest.length)
      .flatMap((it) => allLost(it, at, from.length > 1 && !isEmpty(it) ? 'MAP-12' : undefined)),
    ...extra
      .slice(rest.length)
      .flatMap((it) => allGained(it, at, to.length > 1 && from.length > 0 ? 'MAP-12' : undefined)),
    ...(isMoved ? [moved(inOrder, pairs, at)] : []),
  ]
}

function isBefore(it: Thing, other: Thing | undefined, all: readonly Thing[]): boolean {
  return other !== undefined && all.indexOf(it) < all.indexOf(other)
}

/** Those that are the same, each with the first that nobody has. In the order of `from`. */
function paired(from: readonly Thing[], to: readonly Thing[], at: At): Map<Thing, Thing> {
  const pairs = new Map<Thing, Thing>()
  const free = new Set(to)
  for (const it of from)
    for (const other of free) {
      if (!isWhole(between(it, other, at))) continue
      pairs.set(it, other)
      free.delete(other)
      break
    }
  return pairs
}

/** All is there, if in another order. */
function isWhole(entries: readonly Entry[]): boolean {
  return entries.every(
    (it) => it.requirement === undefined || (it.requirement === 'MAP-12' && it.fate === 'altered'),
  )
}

function moved(from: readonly Thing[], pairs: ReadonlyMap<Thing, Thing>, { path }: At): Entry {
  const places = (all: readonly (Thing | undefined)[]) =>
    all.map((it) => it?.place.split('/').at(-1)).join(', ')
  const first = from[0] as Thing
  const to = from.map((it) => pairs.get(it))
  const said = places(from)
  const got = places(to)
  const at = { from: first.place, to: to[0]?.place ?? '', line: to[0]?.line ?? 0 }
  return { fate: 'altered', requirement: 'MAP-12', ...at, said, got, path }
}

/** Each value in it. */
function allLost(it: Thing, at: At, requirement: string | undefined): readonly Entry[] {
  const inner = it.parts.flatMap((part) =>
    allLost(part, { ...at, path: `${at.path}/${labelOf(part)}` }, requirement ?? extensionOf(it)),
  )
  const isBare = it.token === undefined || it.text.trim() === ''
  return isBare && it.parts.length > 0 ? inner : [lost(it, at, requirement), ...inner]
}

function lost(it: Thing, { path, isOwned }: At, requirement?: string): Entry {
  const why = requirement ?? extensionOf(it) ?? (it.kind === 'attribute' ? 'MAP-13' : undefined)
  const entry = { from: it.place, to: '', said: it.text, got: '', line: it.line, path }
  // null says that there is nothing: where nothing is, nothing is lost.
  if (it.token === 'null') return { fate: 'mapped', ...entry }
  if (isOwned?.(path) === true) return { fate: 'defaulted', ...entry }
  return { fate: 'dropped', requirement: why ?? (isEmpty(it) ? 'MAP-09' : 'MAP-01'), ...entry }
}

/** An empty text, which is something. */
function isEmpty({ text, token, parts }: Thing): boolean {
  return text === '' && token !== undefined && parts.length === 0
}

function extensionOf({ kind }: Thing): string | undefined {
  return kind === 'extension' ? 'MAP-14' : undefined
}

function allGained(it: Thing, at: At, requirement: string | undefined): readonly Entry[] {
  const inner = it.parts.flatMap((part) =>
    allGained(part, { ...at, path: `${at.path}/${labelOf(part)}` }, requirement),
  )
  if (it.parts.length > 0 && (it.token === undefined || it.text.trim() === '')) return inner
  return [gained(it, at, requirement), ...inner]
}

function gained(it: Thing, { path, isDeclared, isOwned }: At, requirement = 'MAP-02'): Entry {
  const entry = { from: '', to: it.place, said: '', got: it.text, line: it.line, path }
  if (isDeclared(path) || isOwned?.(path) === true) return { fate: 'defaulted', ...entry }
  return { fate: 'invented', requirement, ...entry }
}
