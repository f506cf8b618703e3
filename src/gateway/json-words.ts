// Findings of an XML judge in the words of JSON: keys instead of elements and attributes, and no order but "#order".

import type { Finding } from '../envelope/finding.ts'

/** The same finding for a reader who has never seen the XML. */
export function inJsonWords(it: Finding): Finding {
  return { ...it, found: keysFor(it.found), expected: keysFor(it.expected), mend: mendOf(it) }
}

/** Mark-up that a finding quotes: `<name>`, and attributes of XML Schema's own. */
function keysFor(words: string): string {
  return words
    .replace(/<([^<>/]+)>/g, '"$1"')
    .replace(/\bxsi:(type|nil)\b(?:="([^"]*)")?/g, '"@xsi:$1"')
}

function mendOf({ mend, path, rule }: Finding): string {
  // What is no child or attribute is a value, which is the same in both notations.
  const sign = /\/@[^/]*$/.test(path) ? '@' : ''
  const isName = NAMES.has(rule)
  for (const [pattern, say, always] of MENDS) {
    const found = always || isName ? pattern.exec(mend) : null
    if (found !== null)
      return say(
        found.slice(1).map((it) => it ?? ''),
        sign,
      )
  }
  return keysFor(mend)
}

/** rules about which children and attributes there are, whose mends name them */
const NAMES: ReadonlySet<string> = new Set([
  'cvc-complex-type.2.1',
  'cvc-complex-type.2.4.a',
  'cvc-complex-type.2.4.b',
  'cvc-complex-type.2.4.d',
  'cvc-complex-type.3.2.2',
  'cvc-type.3.1.1',
])

type Say = (names: readonly string[], sign: string) => string

/** Mends that speak of mark-up, and what they are in JSON; the third member: whatever the rule. */
const MENDS: readonly (readonly [RegExp, Say, boolean])[] = [
  [/^Add <([^<>]+)>…<\/\1> .*$/, ([name = '']) => `Add ${keys(name)}.`, true],
  [/^Add ([^\s=]+)="…"\.$/, ([name = '']) => `Add the key "@${name}".`, true],
  [
    /^Add (.+) before (\S+), or move \2\.$/,
    ([names = '']) => `Add ${keys(names)}, or change "#order".`,
    false,
  ],
  [/^Add (.+?)(?: after \S+)?\.$/, ([names = '']) => `Add ${keys(names)}.`, false],
  [/^Move (\S+) first\.$/, ([name = '']) => `Put "${name}" first in "#order".`, false],
  [
    /^Move (\S+) (before|after) (\S+)\.$/,
    ([name = '', where = '', other = '']) => `Move "${name}" ${where} "${other}" in "#order".`,
    false,
  ],
  [
    /^Take (\S+) out(?:, or move it .*)?\.$/,
    ([name = ''], sign) => `Take "${sign}${name}" out.`,
    false,
  ],
  [/^Did you mean (\S+)\?$/, ([name = ''], sign) => `Did you mean "${sign}${name}"?`, false],
  [/^Write <[^<>]+\/>\.$/, () => 'Write {}.', true],
  [/^Take the text out, or put .*$/, () => 'Take the text out.', true],
  [
    /^Write xmlns="([^"]*)" on (\S+)\.$/,
    ([ns = '', name = '']) => `Write "@xmlns": "${ns}" in ${name}.`,
    true,
  ],
  [/^Declare xmlns:\S+="…" .*$/, () => 'Write {namespace}name instead of a prefix.', true],
]

/** `a or b` as keys; what only a wildcard admits stands under a key of its own. */
function keys(names: string): string {
  const [any, named] = [/ext\w* element|another element/, names.split(' or ')]
  const said = named.map((it) => (any.test(it) ? '"#ext"' : `"${it}"`))
  return `the key ${[...new Set(said)].join(' or ')}`
}
