// For tests only: content models of generated schemas, kept as data so that a restriction can be made of each.
// Every name occurs once in a model, or behind something that must stand between, so that it is deterministic.

import type { Random } from '../random.ts'

interface Occurs {
  readonly min: number
  /** -1 = unbounded */
  readonly max: number
}

export interface ElementPart extends Occurs {
  readonly kind: 'element'
  readonly text: string
  readonly inner: string
  /** may hold its own kind, so that it must stay optional */
  readonly recursive: boolean
}

interface ReferencePart extends Occurs {
  readonly kind: 'any' | 'group'
  readonly text: string
}

interface GroupPart extends Occurs {
  readonly kind: 'sequence' | 'choice' | 'all'
  readonly items: readonly Part[]
}

/** A particle of a generated schema. */
export type Part = ElementPart | ReferencePart | GroupPart

/** Gives the next element that no other particle of the model is; undefined when there is none of this sort. */
export type NextElement = (min: number) => Omit<ElementPart, 'min' | 'max'>

const OCCURS: readonly (readonly [number, number])[] = [
  [1, 1],
  [1, 1],
  [0, 1],
  [0, 1],
  [0, -1],
  [1, -1],
  [0, 3],
  [2, 2],
  [2, 4],
]

/** A whole content model. */
export function contentModel(random: Random, next: NextElement): Part {
  if (random.chance(0.12)) return all(random, next)
  return group(random, next, 0)
}

function all(random: Random, next: NextElement): Part {
  const items = Array.from({ length: 1 + random.below(4) }, () => {
    const min = random.below(2)
    return { ...next(min), min, max: 1 }
  })
  return { kind: 'all', items, min: random.chance(0.2) ? 0 : 1, max: 1 }
}

function group(random: Random, next: NextElement, depth: number): Part {
  const kind = random.chance(depth === 0 ? 0.2 : 0.4) ? 'choice' : 'sequence'
  const repeated = random.chance(depth === 0 ? 0.15 : 0.3)
  const [min, max] = repeated
    ? (random.pick(OCCURS.slice(2)) ?? [1, 1])
    : [random.chance(0.2) ? 0 : 1, 1]
  // What is repeated begins with something that must be there, so that each round shows: the XML engine miscounts
  // rounds that may be empty inside others.
  const items = Array.from({ length: 1 + random.below(4) }, (_, at) =>
    repeated && (at === 0 || kind === 'choice') ? once(next) : part(random, next, depth),
  )
  return { kind, items, min, max }
}

function once(next: NextElement): Part {
  return { ...next(1), min: 1, max: 1 }
}

function part(random: Random, next: NextElement, depth: number): Part {
  if (depth < 3 && random.chance(0.2)) return group(random, next, depth + 1)
  const [min, max] = random.pick(OCCURS) ?? [1, 1]
  return { ...next(min), min, max }
}

const attribute = (name: string, value: number) =>
  value === 1 ? '' : ` ${name}="${value < 0 ? 'unbounded' : value}"`

function occurs({ min, max }: Part): string {
  return `${attribute('minOccurs', min)}${attribute('maxOccurs', max)}`
}

/** The particle as XSD. */
export function written(it: Part): string {
  if (it.kind === 'element')
    return `<xs:element ${it.text}${occurs(it)}${it.inner === '' ? '/>' : `>${it.inner}</xs:element>`}`
  if (!isGroup(it)) return `<xs:${it.kind} ${it.text}${occurs(it)}/>`
  return `<xs:${it.kind}${occurs(it)}>${it.items.map(written).join('')}</xs:${it.kind}>`
}

/** A particle that admits less: fewer optional parts, branches and repetitions. */
export function narrowed(it: Part, random: Random): Part {
  const isAsked = it.kind === 'element' && !it.recursive && it.min === 0 && random.chance(0.3)
  const min = isAsked ? 1 : it.min
  const max = it.max < 0 && random.chance(0.4) ? Math.max(min, 5) : it.max
  const range = it.kind === 'element' ? { min, max } : {}
  if (!isGroup(it)) return { ...it, ...range }
  if (it.kind === 'choice') {
    const items = it.items.filter((_, at) => at < 2 || random.chance(0.7))
    return { ...it, items: items.map((one) => narrowed(one, random)) }
  }
  // A group of one is no group to the rules of restriction.
  const kept = it.items.filter((one, at) => at < 2 || one.min > 0 || random.chance(0.5))
  return { ...it, items: kept.map((one) => narrowed(one, random)) }
}

function isGroup(it: Part): it is GroupPart {
  return 'items' in it
}
