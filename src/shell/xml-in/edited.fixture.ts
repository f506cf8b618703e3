// For tests only: seeded edits of well-formed messages, small enough that most results are well-formed still.

import { pick } from './mutated.fixture.ts'
import type { Random } from './mutated.fixture.ts'

/** What an element may come to hold. */
const CONTENTS: readonly string[] = [
  ...['', ' ', '  x ', 'a b', 'null', 'x'.repeat(300), 'é', '\u{1F30D}', '-', '+5', '007'],
  ...[
    '0',
    '-0',
    '00',
    '1',
    '-1',
    '2',
    '100',
    '1000',
    '1.50',
    '12.345678',
    '.5',
    '5.',
    '1,5',
    '1e5',
  ],
  ...['0x1', 'INF', 'NaN', '9'.repeat(20), 'true', 'True', ' true ', 'false'],
  ...['2026-07-14', '2026-02-30', '2026-07-14T16:30:00Z', '2026-02-30T00:00:00Z', '12:00:00'],
  ...['2026-07-14T24:00:00Z', '2026-07-14T16:30:00+14:00', 'PT15M', '-P1D', 'P', '15 minutes'],
  ...['create', 'created', 'W', 'kW', 'urn:x', 'http://x/y', 'a:b'],
  ...['a&amp;b', '&lt;', '&#10;', '&#32;', '&x;', '<x/>', '<mRID/>', '<!-- c -->', 'a<!-- c -->b'],
]

/** What a start tag may come to hold. */
const ATTRIBUTES: readonly string[] = [
  ...['x="1"', 'ref="2"', 'kind="uuid"', 'kind="x"', 'type="a"', 'xml:lang="en"', 'uom="W"'],
  ...['xmlns:q="urn:q" q:a=""', 'xmlns="urn:x"', 'xmlns=""', 'x="1" x="2"'],
  'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"',
  'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="x"',
  'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="urn:x x.xsd"',
]

const BETWEEN: readonly string[] = [
  ...['\n  ', '\r\n', '<!-- a -->', 'text', '<x/>', '<x xmlns="urn:x"><y a="1"/></x>', '<?x y?>'],
]

/** An element without children. */
const LEAF = /<([\w:.-]+)([^<>/]*)>([^<>]*)<\/\1>/g

type Edit = (leaf: RegExpMatchArray, others: readonly RegExpMatchArray[], random: Random) => string

const EDITS: readonly Edit[] = [
  ...Array.from<Edit>({ length: 3 }).fill(([, name, more], _, random) => {
    return `<${name}${more}>${pick(CONTENTS, random)}</${name}>`
  }),
  () => '',
  ([leaf]) => leaf + leaf,
  (_, others, random) => pick(others, random)[0],
  ([, name, more, content], _, random) =>
    `<${name}${more} ${pick(ATTRIBUTES, random)}>${content}</${name}>`,
  ([leaf], _, random) => pick(BETWEEN, random) + leaf,
  ([, name, more, content]) => `<${name}x${more}>${content}</${name}x>`,
  ([, name, more, content]) => `<${name}${more}\n>${content}</${name} >`,
]

/** The text after one to three edits. */
export function edited(text: string, random: Random): string {
  let result = text
  for (let left = 1 + random(3); left > 0; left -= 1) {
    const leaves = [...result.matchAll(LEAF)]
    if (leaves.length === 0) return result
    const leaf = pick(leaves, random)
    const piece = pick(EDITS, random)(leaf, leaves, random)
    result = result.slice(0, leaf.index) + piece + result.slice(leaf.index + leaf[0].length)
  }
  return result
}
