// How two schemas of one noun differ, element by element: what the other adds, lacks, names otherwise, constrains, relaxes.
// Namespaces do not count: editions differ in them. It compares what may stand in a document, not how the XSD says it.

import { diffAttributes } from './attributes.ts'
import { cardinality, membersOf, pairOf } from './members.ts'
import type { Member } from './members.ts'
import { diffValues, typeName } from './values.ts'
import { longestRun } from '../longest-run.ts'
import type { Declared } from '../message-json.ts'
import type { ComplexType, ElementDecl, Model, Type } from '../model.ts'

/** What the other schema does with something of ours. */
export type DifferenceKind =
  'added' | 'missing' | 'renamed' | 'constrained' | 'relaxed' | 'changed' | 'moved'

/** One difference, at the path of ours where ours has it. */
export interface Difference {
  /** `/ServiceOrders/ServiceOrder/Work/kind`, attributes with `@` */
  readonly path: string
  readonly kind: DifferenceKind
  /** what it is about */
  readonly of: 'element' | 'attribute' | 'cardinality' | 'type' | 'values' | 'order' | 'wildcard'
  /** as ours has it, empty where it does not */
  readonly ours: string
  /** as the other has it, empty where it does not */
  readonly theirs: string
  /** further paths at which the same two types stand, and so the same differences */
  readonly also: number
}

/** A difference without what the walk knows. */
export type Found = Omit<Difference, 'path' | 'also'> & { readonly step?: string }

interface Pair {
  readonly ours: Type
  readonly theirs: Type
  readonly path: string
  also: number
}

/** Two declarations of one root, and the models that they belong to. */
export function differences(ours: Declared, theirs: Declared): readonly Difference[] {
  const walk: Walk = { ours: ours.model, theirs: theirs.model, pairs: [], known: new Map() }
  const found: { readonly pair: Pair; readonly what: Found }[] = []
  const top = meet(ours.decl.type, theirs.decl.type, `/${ours.decl.name}`, walk)
  // Breadth first, and each two types once: the shortest path is told, and types that hold themselves end.
  for (let at = 0; at < walk.pairs.length; at += 1) {
    const pair = walk.pairs[at] ?? top
    for (const what of diffTypes(pair, walk)) found.push({ pair, what })
  }
  return found
    .map(({ pair: { path, also }, what: { step = '', ...it } }) => ({
      path: `${path}${step}`,
      ...it,
      also,
    }))
    .toSorted((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))
}

interface Walk {
  readonly ours: Model
  readonly theirs: Model
  readonly pairs: Pair[]
  readonly known: Map<Type, Map<Type, Pair>>
}

function meet(ours: Type, theirs: Type, path: string, walk: Walk): Pair {
  // What differs in a value is told of every element that has it: only what has elements of its own is shared.
  const isShared = ours.kind === 'complex' && theirs.kind === 'complex'
  const known = isShared ? walk.known.get(ours)?.get(theirs) : undefined
  if (known !== undefined) {
    known.also += 1
    return known
  }
  const pair = { ours, theirs, path, also: 0 }
  walk.pairs.push(pair)
  walk.known.set(ours, (walk.known.get(ours) ?? new Map<Type, Pair>()).set(theirs, pair))
  return pair
}

function diffTypes({ ours, theirs, path }: Pair, walk: Walk): readonly Found[] {
  if (ours.kind === 'simple' && theirs.kind === 'simple') return diffValues(ours, theirs)
  if (ours.kind !== 'complex' || theirs.kind !== 'complex')
    return [{ kind: 'changed', of: 'type', ours: typeName(ours), theirs: typeName(theirs) }]
  return [...diffContent(ours, theirs, path, walk), ...diffAttributes(ours, theirs)]
}

function diffContent(
  ours: ComplexType,
  theirs: ComplexType,
  path: string,
  walk: Walk,
): readonly Found[] {
  if (ours.content.kind === 'simple' && theirs.content.kind === 'simple')
    return diffValues(ours.content.type, theirs.content.type)
  if (ours.content.kind === 'simple' || theirs.content.kind === 'simple')
    return [{ kind: 'changed', of: 'type', ours: typeName(ours), theirs: typeName(theirs) }]
  const [own, other] = [membersOf(ours, walk.ours), membersOf(theirs, walk.theirs)]
  const { common, renamed, missing, added } = pairOf(own.members, other.members)
  for (const [a, b] of [...common, ...renamed])
    meet(a.decl.type, b.decl.type, `${path}/${a.decl.name}`, walk)
  return [
    ...missing.map((it) => elementFound('missing', it)),
    ...added.map((it) => elementFound('added', it)),
    ...renamed.map(([a, b]) => renamedFound(a.decl, b.decl)),
    ...[...common, ...renamed].flatMap(([a, b]) => diffCardinality(a, b)),
    ...(own.ordered && other.ordered ? diffOrder(common) : []),
    ...diffWildcards(own.open, other.open),
  ]
}

function elementFound(kind: 'missing' | 'added', it: Member): Found {
  const text = `${cardinality(it)} ${typeName(it.decl.type)}`
  const sides = kind === 'missing' ? { ours: text, theirs: '' } : { ours: '', theirs: text }
  return { step: `/${it.decl.name}`, kind, of: 'element', ...sides }
}

function renamedFound(a: ElementDecl, b: ElementDecl): Found {
  return { step: `/${a.name}`, kind: 'renamed', of: 'element', ours: a.name, theirs: b.name }
}

function diffCardinality(a: Member, b: Member): readonly Found[] {
  if (a.min === b.min && a.max === b.max) return []
  const [tighter, wider] = [b.min > a.min || b.max < a.max, b.min < a.min || b.max > a.max]
  const kind = tighter && wider ? 'changed' : tighter ? 'constrained' : 'relaxed'
  const step = `/${a.decl.name}`
  return [{ step, kind, of: 'cardinality', ours: cardinality(a), theirs: cardinality(b) }]
}

/** The fewest elements that would have to move. */
function diffOrder(common: readonly (readonly [Member, Member])[]): readonly Found[] {
  const places = common.map(([, { at }]) => at)
  const run = longestRun(places)
  return common.flatMap(([a], at) => {
    if (run.has(at)) return []
    const before = common
      .filter(([, it]) => it.at < (places[at] ?? 0))
      .toSorted(([, x], [, y]) => y.at - x.at)[0]
    return [
      {
        step: `/${a.decl.name}`,
        kind: 'moved' as const,
        of: 'order' as const,
        ours: after(common[at - 1]?.[0]),
        theirs: after(before?.[0]),
      },
    ]
  })
}

function after(it: Member | undefined): string {
  return it === undefined ? 'first' : `after ${it.decl.name}`
}

function diffWildcards(ours: string, theirs: string): readonly Found[] {
  if (ours === theirs) return []
  const kind = ours === '' ? 'added' : theirs === '' ? 'missing' : 'changed'
  return [{ kind, of: 'wildcard', ours, theirs }]
}
