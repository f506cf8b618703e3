// The elements of a content model as a list, each with how often it may occur, and which of two lists belong together.

import { typeName } from './values.ts'
import type { ComplexType, ElementDecl, Model, Particle, Type } from '../model.ts'
import { UNBOUNDED } from '../model.ts'
import { nearest } from '../nearest.ts'
import { alternatives } from '../shape.ts'

/** An element that a type may hold. */
export interface Member {
  readonly decl: ElementDecl
  readonly min: number
  readonly max: number
  /** place in the order of the content model */
  readonly at: number
}

/** What a type may hold. */
export interface Members {
  readonly members: readonly Member[]
  /** false where the order is free: xs:all, or a group that is repeated */
  readonly ordered: boolean
  /** what wildcards admit; empty where there is none */
  readonly open: string
}

/** Elements by name: one that stands in several places is one member, as often as all of them together. */
export function membersOf(type: ComplexType, model: Model): Members {
  if (type.content.kind !== 'particle') return { members: [], ordered: true, open: '' }
  const found = new Map<string, Member>()
  const open = new Set<string>()
  let ordered = true
  const visit = (it: Particle, min: number, max: number, isOne: boolean): void => {
    const least = isOne ? 0 : min * it.min
    const most = max * it.max || 0
    if (it.kind === 'any') return void open.add(`any ${spacesOf(it.namespaces)}`)
    if (it.kind === 'element') return addAll(it.decl, least, most)
    if (it.kind === 'all' || (most > 1 && it.items.length > 1)) ordered = false
    const choice = it.kind === 'choice' && it.items.length > 1
    for (const item of it.items) visit(item, least, most, choice)
  }
  const addAll = (head: ElementDecl, min: number, max: number) => {
    const all = alternatives(head, model)
    for (const decl of all) {
      const before = found.get(decl.name)
      const own = all.length > 1 ? 0 : min
      found.set(decl.name, {
        decl: before?.decl ?? decl,
        min: (before?.min ?? 0) + own,
        max: (before?.max ?? 0) + max,
        at: before?.at ?? found.size,
      })
    }
  }
  visit(type.content.particle, 1, 1, false)
  return { members: [...found.values()], ordered, open: [...open].sort().join(', ') }
}

function spacesOf(namespaces: Extract<Particle, { kind: 'any' }>['namespaces']): string {
  return namespaces.kind === 'list' ? namespaces.list.join(' ') : `##${namespaces.kind}`
}

/** `0..1`, `1..*` */
export function cardinality({ min, max }: Pick<Member, 'min' | 'max'>): string {
  return `${min}..${max === UNBOUNDED ? '*' : max}`
}

type Two = readonly [Member, Member]

/** Which members are the same, which have another name, and which only one side has. */
export interface Pairing {
  readonly common: readonly Two[]
  readonly renamed: readonly Two[]
  readonly missing: readonly Member[]
  readonly added: readonly Member[]
}

/**
 * By name; then by the same name in other letters or number; then by a near name, by a name with words before or behind
 * it between the same neighbours, or by a type of the same name.
 */
export function pairOf(ours: readonly Member[], theirs: readonly Member[]): Pairing {
  const others = new Map(theirs.map((it) => [it.decl.name, it]))
  const common = ours.flatMap((it): Two[] => {
    const other = others.get(it.decl.name)
    return other === undefined ? [] : [[it, other]]
  })
  let missing = ours.filter((it) => !others.has(it.decl.name))
  const names = new Set(ours.map((it) => it.decl.name))
  let added = theirs.filter((it) => !names.has(it.decl.name))
  const renamed: Two[] = []
  const isExtendedHere = (a: Member, b: Member) =>
    isExtended(a, b) && isBetween(neighbours(a, ours, others), neighbours(b, theirs, names))
  for (const isSame of [isSpeltAlike, isNear, isExtendedHere, isOfSameType])
    for (const it of missing) {
      const fits = added.filter((one) => isAlike(it.decl.type, one.decl.type) && isSame(it, one))
      const other = fits[0]
      // What two of them have says nothing: a type, words.
      const isSure = isSame === isSpeltAlike || isSame === isNear || fits.length === 1
      if (other === undefined || !isSure) continue
      renamed.push([it, other])
      missing = missing.filter((one) => one !== it)
      added = added.filter((one) => one !== other)
    }
  return { common, renamed, missing, added }
}

function isAlike(a: Type, b: Type): boolean {
  return a.kind === b.kind
}

function isSpeltAlike(a: Member, b: Member): boolean {
  return folded(a.decl.name) === folded(b.decl.name)
}

function folded(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .replace(/(?:es|s)$/, '')
}

function isNear(a: Member, b: Member): boolean {
  return nearest(a.decl.name, [b.decl.name]) !== undefined
}

/** `comment` and `commentText`, `kind` and `serviceKind`, of one type. */
function isExtended({ decl: a }: Member, { decl: b }: Member): boolean {
  const [short = [], long = []] = [wordsOf(a.name), wordsOf(b.name)].toSorted(
    (one, other) => one.length - other.length,
  )
  const is = (part: readonly string[]) => part.join(' ') === short.join(' ')
  return (
    typeName(a.type) === typeName(b.type) &&
    short.length < long.length &&
    (is(long.slice(0, short.length)) || is(long.slice(-short.length)))
  )
}

function wordsOf(name: string): readonly string[] {
  return name.split(/(?<=[a-z0-9])(?=[A-Z])|[-._]+/).map((it) => it.toLowerCase())
}

type Neighbours = readonly [string | undefined, string | undefined]

/** The members before and behind it that both sides have. */
function neighbours(
  { at }: Member,
  all: readonly Member[],
  others: Pick<ReadonlySet<string>, 'has'>,
): Neighbours {
  const both = all.filter((it) => others.has(it.decl.name))
  const before = both.findLast((it) => it.at < at)
  return [before?.decl.name, both.find((it) => it.at > at)?.decl.name]
}

function isBetween(ours: Neighbours, theirs: Neighbours): boolean {
  return ours[0] === theirs[0] && ours[1] === theirs[1]
}

/** Only a class of its own tells: many elements are strings. */
function isOfSameType({ decl: { type: a } }: Member, { decl: { type: b } }: Member): boolean {
  return a.kind === 'complex' && a.name !== '' && a.name === b.name
}
