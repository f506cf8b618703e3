// What libxml2's XSD engine says, as sentences with a rule of XML Schema and a way to mend it: for the places that our own
// diagnosis leaves to the engine (keys, ranges of dates, QNames), and for all others should the diagnosis ever miss one.

import { CONTENT_WORDS } from './content-words.ts'
import type { Words } from './parser-words.ts'
import { VALUE_WORDS, inside } from './value-words.ts'

/** The sentences for one complaint, by the rule they stand for. */
export interface Saying extends Words {
  readonly rule: string
}

/**
 * One complaint in our words.
 * @param text the engine's, without the element in front and without namespaces in braces
 * @param name of the element, or `The attribute x`
 */
export function sayingOf(text: string, name: string): Saying {
  const line = text.replace(/[\r\n]+/g, ' ')
  for (const [pattern, rule, say] of [...VALUE_WORDS, ...CONTENT_WORDS]) {
    const found = pattern.exec(line)
    if (found !== null) return { rule, ...say(name, ...found.slice(1).map((it) => it ?? '')) }
  }
  const words = line.replace(/\s+/g, ' ').replace(/\.*$/, '')
  return {
    rule: 'cvc-assess-elt',
    message: `${name} does not follow its schema: ${words}.`,
    expected: 'what the schema asks for',
    found: words,
    mend: `Change ${inside(name)} to what its schema asks for.`,
  }
}
