// Texts that match a regular expression of XML Schema (Part 2 appendix F).
// A character class is never taken apart: candidates are tried against it, so every class that can be matched can be sampled.

import { patternOf } from './pattern.ts'
import type { Random } from './random.ts'

type Make = (random: Random) => string

interface Cursor {
  readonly text: string
  at: number
}

/** How often `*`, `+` and `{n,}` repeat at most, beyond what they ask for. */
const MOST_REPEATS = 4

/** A text after the pattern; whether it fits is for the caller to check, who may have more than one pattern. */
export function textLike(pattern: string, random: Random): string {
  return alternation({ text: pattern, at: 0 })(random)
}

function alternation(cursor: Cursor): Make {
  const branches = [sequence(cursor)]
  while (cursor.text.charAt(cursor.at) === '|') {
    cursor.at += 1
    branches.push(sequence(cursor))
  }
  return (random) => random.pick(branches)?.(random) ?? ''
}

function sequence(cursor: Cursor): Make {
  const parts: Make[] = []
  while (cursor.at < cursor.text.length && !'|)'.includes(cursor.text.charAt(cursor.at)))
    parts.push(quantified(cursor))
  return (random) => parts.map((it) => it(random)).join('')
}

function quantified(cursor: Cursor): Make {
  const one = atom(cursor)
  const [least, most] = quantity(cursor)
  return (random) =>
    Array.from({ length: least + random.below(most - least + 1) }, () => one(random)).join('')
}

const QUANTITIES: Readonly<Record<string, readonly [number, number]>> = {
  '?': [0, 1],
  '*': [0, MOST_REPEATS],
  '+': [1, 1 + MOST_REPEATS],
}

function quantity(cursor: Cursor): readonly [number, number] {
  const [all = '', sign = '', least = '', comma, most = ''] =
    /^(?:([?*+])|\{(\d+)(,?)(\d*)\})/.exec(cursor.text.slice(cursor.at)) ?? []
  cursor.at += all.length
  if (all === '') return [1, 1]
  const known = QUANTITIES[sign]
  if (known !== undefined) return known
  const from = Number(least)
  return [from, comma === '' ? from : most === '' ? from + MOST_REPEATS : Number(most)]
}

function atom(cursor: Cursor): Make {
  const start = cursor.at
  const it = cursor.text.charAt(start)
  cursor.at += 1
  if (it === '(') {
    const inner = alternation(cursor)
    cursor.at += 1
    return inner
  }
  if (it === '[') skipClass(cursor)
  else if (it === '\\') skipEscape(cursor)
  else if (it !== '.') return () => it
  return oneOf(cursor.text.slice(start, cursor.at))
}

function skipClass(cursor: Cursor): void {
  for (let depth = 1; depth > 0 && cursor.at < cursor.text.length; cursor.at += 1) {
    const it = cursor.text.charAt(cursor.at)
    if (it === '\\') cursor.at += 1
    if (it === '[') depth += 1
    if (it === ']') depth -= 1
  }
}

function skipEscape(cursor: Cursor): void {
  const category = /^[pP]\{[^}]*\}/.exec(cursor.text.slice(cursor.at))?.[0]
  cursor.at += category?.length ?? 1
}

const COMMON = [...'abcxyzABCXYZ0123456789-_.: /+!#$%&()*,;<=>?@[]^{|}~"\'\\`\t\nößΩ中']

/** One character of a class. */
function oneOf(charClass: string): Make {
  const pattern = patternOf(charClass)
  const fits = (it: string) => pattern?.test(it) === true
  const common = COMMON.filter(fits)
  const candidates = common.length > 0 ? common : basicPlane().filter(fits)
  return (random) => random.pick(candidates) ?? ''
}

/** Every character of the basic plane that XML can carry. */
function basicPlane(): readonly string[] {
  return Array.from({ length: 0xd7e0 }, (_, at) => String.fromCharCode(at + 0x20))
}
