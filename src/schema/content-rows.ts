// The content of a root element line by line, as documentation shows it: a tree in which every type is opened once,
// where it is met first, so that recursion ends and nothing is told twice. What a line looks like is decided elsewhere.

import { documented, isCimProfile } from './documentation.ts'
import type { Documented } from './documentation.ts'
import type { Declared } from './message-json.ts'
import type { AttributeUse, ComplexType, ElementDecl, Model, Namespaces } from './model.ts'
import type { Particle, Type } from './model.ts'
import { alternatives } from './shape.ts'

/** What all lines have. */
interface Line {
  /** of the root 0 */
  readonly depth: number
  /** the way from the root, without it; unique in one table */
  readonly id: string
  readonly min: number
  readonly max: number
}

/** An element or attribute. */
export interface NamedRow extends Line {
  readonly kind: 'element' | 'attribute'
  readonly name: string
  readonly type: Type
  readonly words: Documented
  readonly nillable: boolean
  readonly default?: string
  readonly fixed?: string
  /** id of the line below which its type is opened; absent where that is this line, or there is nothing to open */
  readonly openedAt?: string
}

/** Lines of the tree that hold others: which of them, or all of them in any order, or together. */
export interface GroupRow extends Line {
  readonly kind: 'choice' | 'all' | 'sequence'
}

/** Whatever a wildcard admits. */
export interface WildcardRow extends Line {
  readonly kind: 'any'
  readonly namespaces: Namespaces
}

export type Row = NamedRow | GroupRow | WildcardRow

interface Run {
  readonly model: Model
  readonly root: Type
  readonly rows: Row[]
  /** by the type that is opened there */
  readonly opened: Map<Type, string>
  readonly ids: Set<string>
}

/** Where a particle stands. */
interface Place {
  readonly depth: number
  readonly way: string
  readonly parent: ComplexType
}

/** The root's own line and everything below it. */
export function rowsOf({ decl, model }: Declared): readonly Row[] {
  const run: Run = { model, root: decl.type, rows: [], opened: new Map(), ids: new Set() }
  elementRow(run, decl, { min: 1, max: 1, depth: 0, way: '', words: documented(decl) })
  return run.rows
}

function elementRow(
  run: Run,
  decl: ElementDecl,
  { way, words, ...line }: Omit<Line, 'id'> & { readonly way: string; readonly words: Documented },
): void {
  const { type, name, nillable } = decl
  const id = freeId(run, line.depth === 0 ? name : joined(way, name))
  const openedAt = run.opened.get(type)
  run.rows.push({
    kind: 'element',
    ...line,
    id,
    name,
    type,
    words,
    nillable,
    ...valuesOf(decl),
    ...(openedAt === undefined ? {} : { openedAt }),
  })
  if (openedAt !== undefined || type.kind === 'simple' || isClosed(type)) return
  run.opened.set(type, id)
  open(run, { depth: line.depth + 1, way: line.depth === 0 ? '' : id, parent: type })
}

function valuesOf({ default: usual, fixed }: ElementDecl | AttributeUse) {
  return {
    ...(usual === undefined ? {} : { default: usual }),
    ...(fixed === undefined ? {} : { fixed }),
  }
}

function joined(way: string, name: string): string {
  return way === '' ? name : `${way}.${name}`
}

function freeId({ ids }: Run, wanted: string): string {
  let id = wanted
  for (let number = 2; ids.has(id); number += 1) id = `${wanted}~${number}`
  ids.add(id)
  return id
}

/** A type with nothing inside but text. */
function isClosed({ attributes, content }: ComplexType): boolean {
  return attributes.length === 0 && content.kind !== 'particle'
}

function open(run: Run, place: Place): void {
  const { attributes, content } = place.parent
  for (const it of attributes) attributeRow(run, it, place)
  if (content.kind === 'particle') particleRows(run, content.particle, place, 'sequence')
}

function attributeRow(run: Run, use: AttributeUse, { depth, way, parent }: Place): void {
  const { type, required, name } = use
  const words = documented(use, cimName(run, parent, name))
  run.rows.push({
    kind: 'attribute',
    depth,
    id: freeId(run, joined(way, `@${name}`)),
    name,
    type,
    words,
    min: required ? 1 : 0,
    max: 1,
    nillable: false,
    ...valuesOf(use),
  })
}

/** The root's type is the frame of a profile and no class of the CIM. */
function cimName({ root }: Run, { name, ns }: ComplexType, member: string): string | undefined {
  return root.name !== name && name !== '' && isCimProfile(ns) ? `${name}.${member}` : undefined
}

/** What a type as a whole stands for. @param root type of the payload root */
export function wordsOfType(type: Type, root: Type): Documented {
  const isNamed = type !== root && type.name !== '' && isCimProfile(type.ns)
  return documented(type, isNamed ? type.name : undefined)
}

type Group = Particle & { readonly kind: 'sequence' | 'choice' | 'all' }

/** @param around the group that the particle stands in */
function particleRows(run: Run, it: Particle, place: Place, around: Group['kind']): void {
  if (it.max === 0) return
  if (it.kind === 'element') elementRows(run, it, place)
  else if (it.kind === 'any')
    run.rows.push({
      kind: 'any',
      depth: place.depth,
      id: freeId(run, joined(place.way, 'any')),
      min: it.min,
      max: it.max,
      namespaces: it.namespaces,
    })
  else groupRows(run, it, place, around)
}

function elementRows(
  run: Run,
  { decl, min, max }: Particle & { readonly kind: 'element' },
  place: Place,
): void {
  const members = alternatives(decl, run.model)
  const inside = members.length > 1 ? below(run, 'choice', { min, max }, place) : place
  const often = members.length > 1 ? { min: 1, max: 1 } : { min, max }
  const { depth, way, parent } = inside
  for (const it of members) {
    const words = documented(it, cimName(run, parent, it.name))
    elementRow(run, it, { ...often, depth, way, words })
  }
}

/** A line of its own for what a reader must know of a group; a plain sequence is only its elements. */
function groupRows(run: Run, group: Group, place: Place, around: Group['kind']): void {
  const isPlain =
    group.min === 1 &&
    group.max === 1 &&
    (group.items.length === 1 || (group.kind === 'sequence' && around === 'sequence'))
  const inside = isPlain ? place : below(run, group.kind, group, place)
  const kind = isPlain ? around : group.kind
  for (const it of group.items) particleRows(run, it, inside, kind)
}

function below(
  run: Run,
  kind: Group['kind'],
  { min, max }: { readonly min: number; readonly max: number },
  place: Place,
): Place {
  const { depth, way } = place
  run.rows.push({ kind, depth, id: freeId(run, joined(way, kind)), min, max })
  return { ...place, depth: depth + 1 }
}
