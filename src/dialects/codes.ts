// A code ⇄ a literal, field by field: a code means nothing outside of its own list.

import type { Json } from '../schema/json-text.ts'
import { unknownCode } from './flags.ts'
import { made, madeWith, pointer, saidOf, wrong } from './outcome.ts'
import type { Outcome } from './outcome.ts'
import type { CodeRow, CodesRow } from './row.ts'

/** What the list does not have is a problem, never guessed. */
export function codeToCim({ cim, codes }: CodeRow, given: Json, path: string): Outcome {
  const literal =
    typeof given === 'string' && Object.hasOwn(codes, given) ? codes[given] : undefined
  return literal === undefined
    ? unlisted(given, path, Object.keys(codes))
    : made({ [cim]: literal })
}

/** The other way round. */
export function codeToVendor({ vendor, codes }: CodeRow, given: Json, path: string): Outcome {
  const found = Object.entries(codes).find(([, literal]) => literal === given)
  if (found === undefined) return unlisted(given, path, Object.values(codes))
  return made({ [vendor]: found[0] })
}

/** Each of them by the list. */
export function codesToCim(row: CodesRow, given: Json, path: string): Outcome {
  return each(row.cim, given, path, (it, at) => codeToCim({ ...row, kind: 'code' }, it, at))
}

/** The other way round. */
export function codesToVendor(row: CodesRow, given: Json, path: string): Outcome {
  return each(row.vendor, given, path, (it, at) => codeToVendor({ ...row, kind: 'code' }, it, at))
}

function each(
  target: string,
  given: Json,
  path: string,
  one: (it: Json, path: string) => Outcome,
): Outcome {
  if (!Array.isArray(given)) return wrong(path, given, 'an array of codes')
  const all = given.map((it: Json, at) => one(it, pointer(path, at)))
  return { members: { [target]: all.flatMap((it) => it.members[target] ?? []) }, ...saidOf(all) }
}

function unlisted(value: Json, path: string, allowed: readonly string[]): Outcome {
  const it = { path, value }
  return { ...madeWith({}, { unmapped: [it] }), problems: [unknownCode(it, allowed)] }
}
