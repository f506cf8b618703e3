// What a schema finds in a list of objects, by the place of the object that it is found in: what cannot be taken of a list need not
// hold up the rest.

import type { Finding } from '../envelope/finding.ts'

/** the place of what is about the message as a whole */
export const NO_ITEM = -1

/** Errors by the place of their object, from 0. @param element the repeated element that is the object */
export function misfitsIn(
  findings: readonly Finding[],
  element: string,
): ReadonlyMap<number, readonly Finding[]> {
  const place = new RegExp(`/${element}(?:\\[(\\d+)\\])?(?:/|$)`)
  const found = new Map<number, Finding[]>()
  for (const it of findings.filter(({ severity }) => severity === 'error')) {
    const parts = place.exec(it.path)
    const at = parts === null ? NO_ITEM : Number(parts[1] ?? 1) - 1
    const known = found.get(at)
    if (known === undefined) found.set(at, [it])
    else known.push(it)
  }
  return found
}
