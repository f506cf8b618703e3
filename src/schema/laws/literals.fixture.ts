// For tests only: numbers and texts that programs stumble over, as many as are wanted.

import type { Random } from '../random.ts'

/** Numbers in many notations; which of them a type admits is for the caller to say. */
export function numberTokens(random: Random): readonly string[] {
  const [whole, part] = [digits(random, 40), digits(random, 40)]
  const exponent = `${random.pick(['e', 'E'])}${random.pick(['', '+', '-'])}${random.below(400)}`
  return [
    ...['0', '0.1', '-0', '0.10', '1.50000', '1e21', '1E-400', '007', '+5', '.5', '5.', 'INF'],
    ...['1', '10', '9007199254740993', '-1', '-12.500', 'NaN', '100.0'],
    whole,
    `-${whole}.${part}`,
    `${whole}${exponent}`,
    `${whole}.${part}${exponent}`,
    // libxml2 takes 24 digits of a decimal and no more
    whole.slice(0, 24),
    `${whole.slice(0, 12)}.${part.slice(0, 12)}`,
    `-${whole.slice(0, 6)}.${part.slice(0, 3)}0`,
  ].filter((it) => isNotation(it) || digitsIn(it) <= 24)
}

/** With an exponent, or one of the words: never an xs:decimal. */
function isNotation(token: string): boolean {
  return /[eE]|INF|NaN/.test(token)
}

function digitsIn(token: string): number {
  return token.replace(/\D/g, '').length
}

function digits(random: Random, most: number): string {
  const length = 1 + random.below(most)
  return Array.from({ length }, (_, at) =>
    String(at === 0 ? 1 + random.below(9) : random.below(10)),
  ).join('')
}

/** Ranges of the characters that XML 1.0 admits, the rarest ones as often as the others. */
const LEGAL: readonly (readonly [number, number])[] = [
  [0x9, 0xa],
  [0xd, 0xd],
  [0x20, 0x2f],
  [0x30, 0x7e],
  [0x7f, 0x9f],
  [0xa0, 0x2ff],
  [0x300, 0x36f],
  [0x590, 0x6ff],
  [0x2000, 0x206f],
  [0x4e00, 0x9fff],
  [0xd7f0, 0xd7ff],
  [0xe000, 0xe00f],
  [0xfdd0, 0xfdef],
  [0xfff0, 0xfffd],
  [0x10000, 0x1000f],
  [0x1f600, 0x1f64f],
  [0x10fff0, 0x10ffff],
]

/** Pieces that look like something else. */
const TRAPS: readonly string[] = [
  ']]>',
  '<!--',
  '&amp;',
  '&#13;',
  '\r\n',
  '  ',
  '{"a":1}',
  '__proto__',
]

/** Any text that XML 1.0 can carry. */
export function legalText(random: Random): string {
  return Array.from({ length: random.below(12) }, () => piece(random)).join('')
}

function piece(random: Random): string {
  if (random.chance(0.1)) return random.pick(TRAPS) ?? ''
  const [from, to] = random.pick(LEGAL) ?? [0x20, 0x20]
  return String.fromCodePoint(from + random.below(to - from + 1))
}

/** Controls, halves of surrogate pairs, and the two that are no characters. */
const ILLEGAL: readonly string[] = [
  '\0',
  '\x07',
  '\x0b',
  '\x1f',
  '\ud800',
  '\udfff',
  '\ufffe',
  '\uffff',
]

/** A text that XML 1.0 cannot carry. */
export function illegalText(random: Random): string {
  return `a${legalText(random)}b${random.pick(ILLEGAL)}c${legalText(random)}`
}
