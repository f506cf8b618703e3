// Units and outcomes as they cross between threads. What crosses is copied, member by member: of a long list of records of one
// shape the names of the members, and whatever is the same in all of them, are copied once.

import type { Unit } from '../../gateway/ports.ts'
import type { Outcome } from './commit.ts'

/** records from which on it pays */
const MANY = 16

/** A list of records, member by member. */
interface Packed {
  readonly count: number
  readonly members: readonly Member[]
}

interface Member {
  readonly name: string
  /** of each record, or the one that all have */
  readonly values: readonly unknown[]
}

type Crossing<T extends object, K extends keyof T> = Omit<T, K> & {
  readonly [N in K]: T[N] | Packed
}

export type PackedUnit = Crossing<Unit, 'puts' | 'events'>
type Kept = Extract<Outcome, { readonly kind: 'committed' }>
export type PackedOutcome = Exclude<Outcome, Kept> | Crossing<Kept, 'events'>

/** As it is sent. */
export function packedUnit(unit: Unit): PackedUnit {
  return { ...unit, puts: packed(unit.puts), events: packed(unit.events) }
}

/** As it was before it was sent. */
export function unpackedUnit(it: PackedUnit): Unit {
  return { ...it, puts: unpacked(it.puts), events: unpacked(it.events) }
}

/** As it is sent. */
export function packedOutcome(it: Outcome): PackedOutcome {
  return it.kind === 'committed' ? { ...it, events: packed(it.events) } : it
}

/** As it was before it was sent. */
export function unpackedOutcome(it: PackedOutcome): Outcome {
  return it.kind === 'committed' ? { ...it, events: unpacked(it.events) } : it
}

/** A list of few records, or of such that have not the same members, stays as it is. */
function packed<T extends object>(records: readonly T[]): readonly T[] | Packed {
  const [first] = records
  if (first === undefined || records.length < MANY) return records
  const names = Object.keys(first) as (keyof T & string)[]
  const isLike = (it: T) =>
    Object.keys(it).length === names.length && names.every((name) => Object.hasOwn(it, name))
  if (!records.every(isLike)) return records
  const members = names.map((name) => {
    const one = first[name]
    const isSame = records.every((it) => it[name] === one)
    return { name, values: isSame ? [one] : records.map((it) => it[name]) }
  })
  return { count: records.length, members }
}

function unpacked<T extends object>(it: readonly T[] | Packed): readonly T[] {
  if (!('members' in it)) return it
  const { count, members } = it
  return Array.from({ length: count }, (_, at) => {
    const record: Record<string, unknown> = {}
    for (const { name, values } of members)
      record[name] = values.length === 1 ? values[0] : values[at]
    return record as T
  })
}
