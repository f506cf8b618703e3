// Texts that match a regular expression of XML Schema (Part 2 appendix F).
// A character class is never taken apart: candidates are tried against it, so every class that can be matched can be sampled.

import { parsePattern } from '../pattern/parse.ts'
import type { Node } from '../pattern/parse.ts'
import type { Random } from '../random.ts'

/** How often `*`, `+` and `{n,}` repeat at most, beyond what they ask for. */
const MOST_REPEATS = 4

/** Longest text that is made, in characters: counted repetitions of counted ones have no end. */
const MOST_LENGTH = 2000

/** A text after the pattern; whether it fits is for the caller to check, who may have more than one pattern. */
export function textLike(pattern: string, random: Random): string {
  const node = parsePattern(pattern)
  const made: string[] = []
  if (node !== undefined) make(node, random, made)
  return made.join('')
}

/** False when the text has become too long. */
function make(node: Node, random: Random, made: string[]): boolean {
  switch (node.kind) {
    case 'one':
      made.push(random.pick(candidatesFor(node)) ?? '')
      return made.length < MOST_LENGTH
    case 'sequence':
      return node.items.every((it) => make(it, random, made))
    case 'either':
      return make(random.pick(node.items) ?? EMPTY, random, made)
    default:
      return repeat(node, random, made)
  }
}

const EMPTY: Node = { kind: 'sequence', items: [] }

function repeat(node: Node & { kind: 'loop' }, random: Random, made: string[]): boolean {
  const { item, min, max } = node
  const most = max === Number.POSITIVE_INFINITY ? min + MOST_REPEATS : max
  const count = min + random.below(most - min + 1)
  for (let times = 0; times < Math.min(count, MOST_LENGTH); times += 1)
    if (!make(item, random, made)) return false
  return true
}

const COMMON = [...'abcxyzABCXYZ0123456789-_.: /+!#$%&()*,;<=>?@[]^{|}~"\'\\`\t\nößΩ中']

const known = new Map<string, readonly string[]>()

/** Characters of a class. */
function candidatesFor({ text, fits }: Node & { kind: 'one' }): readonly string[] {
  const found = known.get(text)
  if (found !== undefined) return found
  const isItself = [...text].length === 1 && fits(text)
  const common = isItself ? [text] : COMMON.filter(fits)
  const candidates = common.length > 0 ? common : basicPlane().filter(fits)
  known.set(text, candidates)
  return candidates
}

/** Every character of the basic plane that XML can carry. */
function basicPlane(): readonly string[] {
  return Array.from({ length: 0xd7e0 }, (_, at) => String.fromCharCode(at + 0x20))
}
