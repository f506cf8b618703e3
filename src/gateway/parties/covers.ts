// Whether one pattern of party names, or one choice of a route, takes everything that another one takes.

import type { When } from './party.ts'
import { isName, matched, placesIn } from './patterns.ts'

/** True when every name that the second pattern matches is matched by the first. */
export function covers(wide: string, narrow: string): boolean {
  if (isName(narrow)) return matched(wide, narrow) !== undefined
  // What the narrow one begins with is all that its names have in common at their beginning.
  if (isName(wide) || !beginningOf(narrow).startsWith(beginningOf(wide))) return false
  // The same part twice is no regular language: only the same pattern is sure to be in it.
  if (repeatsAPart(wide)) return wide === narrow
  return includes(stepsIn(wide), stepsIn(narrow))
}

function repeatsAPart(pattern: string): boolean {
  return [...pattern.matchAll(/\{\w+\}/g)].length > placesIn(pattern).length
}

function beginningOf(pattern: string): string {
  return pattern.slice(0, pattern.search(/[*]|\{\w+\}/))
}

/** One character, or one and more of any, or of any but `:`. */
type Step = { readonly one: string } | { readonly many: 'any' | 'part' }

function stepsIn(pattern: string): readonly Step[] {
  return pattern.split(/(\*+|\{\w+\})/).flatMap((it): readonly Step[] => {
    if (it.startsWith('*')) return [{ many: 'any' }]
    if (/^\{\w+\}$/.test(it)) return [{ many: 'part' }]
    return [...it].map((one) => ({ one }))
  })
}

/** Both are walked through side by side, over every character that either of them tells from others. */
function includes(wide: readonly Step[], narrow: readonly Step[]): boolean {
  const letters = new Set([...lettersIn(wide), ...lettersIn(narrow), ':', OTHER])
  const seen = new Set<string>()
  const open = [{ at: 0, others: [0] as readonly number[] }]
  for (let it = open.pop(); it !== undefined; it = open.pop()) {
    const { at, others } = it
    const key = `${at} ${others.join(' ')}`
    if (seen.has(key)) continue
    seen.add(key)
    if (at === narrow.length && !others.includes(wide.length)) return false
    for (const letter of letters) {
      const next = [...new Set(others.flatMap((one) => after(wide, one, letter)))].sort(
        (a, b) => a - b,
      )
      open.push(...after(narrow, at, letter).map((one) => ({ at: one, others: next })))
    }
  }
  return true
}

/** stands for every character that no pattern names */
const OTHER = '\u0000'

function lettersIn(steps: readonly Step[]): readonly string[] {
  return steps.flatMap((it) => ('one' in it ? [it.one] : []))
}

/** How many steps may be behind after one more character: one that takes many is entered, or goes on. */
function after(steps: readonly Step[], done: number, letter: string): readonly number[] {
  const [last, next] = [steps[done - 1], steps[done]]
  const goesOn = last !== undefined && 'many' in last && takes(last, letter)
  const enters = next !== undefined && takes(next, letter)
  return [...(goesOn ? [done] : []), ...(enters ? [done + 1] : [])]
}

function takes(step: Step, letter: string): boolean {
  if ('one' in step) return step.one === letter
  return step.many === 'any' || letter !== ':'
}

/** One kind of message that a route may be chosen for; what is absent is any. */
interface Kind {
  readonly noun?: string
  readonly verb?: string
  readonly from?: string
}

/**
 * Which of several choices together take everything that a last one takes; undefined where something is left to it.
 * @param verbs that there are
 */
export function takenBefore(
  earlier: readonly When[],
  last: When,
  verbs: readonly string[],
): readonly number[] | undefined {
  const takers = kindsOf(last, verbs).map((kind) => earlier.findIndex((it) => takesAll(it, kind)))
  return takers.includes(-1) ? undefined : [...new Set(takers)]
}

function kindsOf({ noun, verb, from }: When, verbs: readonly string[]): readonly Kind[] {
  const each = <T>(all: readonly T[] | undefined) => all ?? [undefined]
  return each(noun).flatMap((one) =>
    (verb ?? verbs).flatMap((two) =>
      each(from).map((three) => ({
        ...(one === undefined ? {} : { noun: one }),
        verb: two,
        ...(three === undefined ? {} : { from: three }),
      })),
    ),
  )
}

function takesAll({ noun, verb, from }: When, it: Kind): boolean {
  return (
    (noun === undefined || (it.noun !== undefined && noun.includes(it.noun))) &&
    (verb === undefined || (verb as readonly string[]).includes(it.verb ?? '')) &&
    (from === undefined || from.some((pattern) => covers(pattern, it.from ?? '*')))
  )
}
