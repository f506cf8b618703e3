// What a message says a subscription is about, by all that this is known by here: customer, programme and usage point, or the
// enrollment by its transactionId, which says the rest.

import { member } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import type { Reference } from './flow.ts'
import { NAMED_PROGRAM } from './program-terms.ts'
import { firstKnown, isNamedAs, keysOf, namesOfType } from './reference.ts'
import type { Search } from './search.ts'
import type { Seen } from './sought.ts'

/** What a subscription is about, and where that is kept. */
export const ABOUT_PARTS = [
  { name: 'Customer', what: 'customer', referencesOf: kept('CustomerConfig') },
  { name: 'DemandResponseProgram', what: 'programme', referencesOf: NAMED_PROGRAM.references },
  { name: 'UsagePoint', what: 'usage point', referencesOf: kept('UsagePointConfig') },
] as const

type Part = (typeof ABOUT_PARTS)[number]

function kept(noun: string): (named: Json | undefined) => readonly Reference[] {
  return (object) => [{ noun, object }]
}

/** The enrollments whose transactionId the message has. */
export function applications(asked: JsonObject): readonly Search[] {
  return namesOfType(asked, 'transactionId').map((under) => ({
    ...{ noun: 'ProgramEnrollments', under },
    has: (it) => member(it, 'transactionId') === under,
  }))
}

/** An id of the message itself may be that of an enrollment of somebody else. */
export function enrollmentsOf(asked: JsonObject, seen: Seen): readonly JsonObject[] {
  const found = applications(asked).flatMap((it) => seen.all(it))
  return found.map(({ object }) => object).filter((it) => agrees(it, asked, seen))
}

/** What is said of it; what is not said is as in its one enrollment. */
export function aboutOf(asked: JsonObject, seen: Seen): JsonObject {
  const [one = {}, ...others] = enrollmentsOf(asked, seen)
  const enrollment = others.length === 0 ? one : {}
  const known = ABOUT_PARTS.map(
    ({ name }) => [name, said(asked, name) ?? said(enrollment, name)] as const,
  )
  return Object.fromEntries(known.flatMap(([name, it]) => (it === undefined ? [] : [[name, it]])))
}

/** A part by what it is named; undefined where it has no name. */
function said(object: JsonObject, name: string): Json | undefined {
  const part = member(object, name)
  return keysOf(part).length === 0 ? undefined : part
}

/** True where nothing that is said is otherwise. */
export function agrees(object: JsonObject, about: JsonObject, seen: Seen): boolean {
  return ABOUT_PARTS.every((part) => {
    const known = knownAs(part, said(about, part.name), seen)
    return known.length === 0 || known.some((it) => isNamedAs(it, member(object, part.name)))
  })
}

/** A part as it is named, and as it is kept under that name. */
export function knownAs(
  { referencesOf }: Part,
  named: Json | undefined,
  { find }: Seen,
): readonly Json[] {
  if (named === undefined) return []
  const held = firstKnown(referencesOf(named), find)?.object
  return held === undefined ? [named] : [named, { ...held, Names: NAMED_PROGRAM.names(held) }]
}
