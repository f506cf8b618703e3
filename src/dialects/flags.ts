// A list of codes ⇄ one boolean for each code. A code that is not listed is false: that is what such a list says.

import { isObject, member, writeJson } from '../schema/json-text.ts'
import type { Json } from '../schema/json-text.ts'
import { nearest } from '../schema/nearest.ts'
import type { Placed, Problem } from './dialect.ts'
import { joined, lastStep, made, madeWith, pointer, strangers, wrong } from './outcome.ts'
import type { Outcome } from './outcome.ts'
import type { FlagsRow } from './row.ts'

/** Codes -> booleans; a code that the list does not have is a problem, never left out in silence. */
export function flagsToCim({ cim, codes }: FlagsRow, given: Json, path: string): Outcome {
  if (!Array.isArray(given)) return wrong(path, given, 'an array of codes')
  const unmapped = given
    .map((value: Json, at): Placed => ({ path: pointer(path, at), value }))
    .filter(({ value }) => typeof value !== 'string' || !Object.hasOwn(codes, value))
  const flags = Object.entries(codes).map(([code, flag]) => [flag, given.includes(code)] as const)
  return {
    ...madeWith({ [cim]: Object.fromEntries(flags) }, { unmapped }),
    problems: unmapped.map((it) => unknownCode(it, Object.keys(codes))),
  }
}

/** Booleans -> codes, in the order of the code list; a boolean that is missing is a problem, for false is not said. */
export function flagsToVendor({ vendor, codes }: FlagsRow, given: Json, path: string): Outcome {
  if (!isObject(given)) return wrong(path, given, 'an object')
  const flags = Object.entries(codes).map(([code, flag]) => ({
    code,
    path: pointer(path, flag),
    value: member(given, flag) ?? null,
  }))
  const on = flags.filter((it) => YES.includes(it.value)).map((it) => it.code)
  const unclear = flags.filter((it) => ![...YES, ...NO].includes(it.value))
  return joined([
    made({ [vendor]: on }),
    madeWith({}, { dropped: strangers(given, path, Object.values(codes)) }),
    ...unclear.map((it) => wrong(it.path, it.value, 'true or false')),
  ])
}

/** The literals of xs:boolean as CIM-JSON writes them. */
const YES: readonly Json[] = [true, 'true', '1']
const NO: readonly Json[] = [false, 'false', '0']

/** A code that is not in the list of its field; of a list of codes, the field is the list. */
export function unknownCode({ path, value }: Placed, allowed: readonly string[]): Problem {
  const field = lastStep(path.replace(/\/\d+$/, ''))
  const near = typeof value === 'string' ? nearest(value, allowed) : undefined
  const hint = near === undefined ? '' : `Did you mean ${near}? `
  return {
    path,
    message: `${writeJson(value)} is no code of ${field}.`,
    mend: `${hint}Allowed are ${allowed.join(', ')}.`,
  }
}
