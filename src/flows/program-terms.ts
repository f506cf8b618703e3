// What a program allows, for the flows that ask it: enrollments, events, opt-outs, unavailabilities. A program is named by its
// mRID, by one of its Names, or by its code alone, which is a Name of the type programCode.

import { isTrue, member } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import { durationMs } from './duration.ts'
import type { Around, Placed, Reference } from './flow.ts'
import { firstKnown, keysOf, listOf, namesOfType } from './reference.ts'

const NOUN = 'Programs'

/** The codes by which a program, or what refers to one, names it. */
export function programCodes(it: Json | undefined): readonly string[] {
  return namesOfType(it, 'programCode')
}

/** Its Names, and its code as one of them. */
function programNames(program: JsonObject): readonly JsonObject[] {
  const code = member(program, 'code')
  const own = listOf(program, 'Names')
  if (typeof code !== 'string' || programCodes(program).length > 0) return own
  return [...own, { name: code, NameType: { name: 'programCode' } }]
}

/** A program that a DemandResponseProgram names, and by what others know it. */
export const NAMED_PROGRAM = { references: programReferences, names: programNames } as const

/** Where the program of a DemandResponseProgram may be: what a flow `refers` to. */
export function programReferences(named: Json | undefined): readonly Reference[] {
  return [
    { noun: NOUN, object: named },
    ...programCodes(named).map((key) => ({
      noun: NOUN,
      object: undefined,
      claim: { rule: 'PRG-CODE', key },
    })),
  ]
}

/** The program that is named; undefined where it is not known here. */
export function programOf(named: Json | undefined, find: Around['find']): Placed | undefined {
  return firstKnown(programReferences(named), find)
}

/** Every text by which a program is known: by whatever it is named, and as it is kept. */
export function programKeys(named: Json | undefined, find: Around['find']): readonly string[] {
  const known = programOf(named, find)?.object
  const code = member(known, 'code')
  return [
    ...new Set([...keysOf(named), ...keysOf(known), ...(typeof code === 'string' ? [code] : [])]),
  ]
}

/** Absent is no. */
export function allowsUnavailability(program: JsonObject): boolean {
  return isTrue(member(program, 'allowCustomerUnavailability') ?? false)
}

/** Absent is no. */
export function allowsOptOut(program: JsonObject): boolean {
  return isTrue(member(program, 'allowOptOut') ?? false)
}

/** How long before the start of a stage customers can still leave it; 0 = until it starts. */
export function optOutCutoffMs(program: JsonObject): number {
  return durationMs(member(program, 'optOutCutoff')) ?? 0
}
