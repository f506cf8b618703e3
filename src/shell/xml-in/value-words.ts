// What libxml2's XSD engine says of values and keys, as sentences.

import type { Words } from './parser-words.ts'

/** @param name of the element, or `The attribute x` */
export type Say = (name: string, ...quoted: readonly string[]) => Words

/** Pattern of the engine's words, rule of XML Schema, sentences; the first that fits is meant. */
export type Meaning = readonly [RegExp, string, Say]

/** Keys, facets, types of values. */
export const VALUE_WORDS: readonly Meaning[] = [
  repeated('unique', 'cvc-identity-constraint.4.1'),
  repeated('key', 'cvc-identity-constraint.4.2.2'),
  [
    /No match found for key-sequence \[(.*)\] of keyref '(.*?)'/,
    'cvc-identity-constraint.4.3',
    (name, values = '', constraint = '') => ({
      message: `${name} refers to ${listed(values)}, and nothing there has that key (${constraint}).`,
      expected: 'a key that stands in the message',
      found: listed(values),
      mend: `Write the key of something that is there, or add what ${listed(values)} names.`,
    }),
  ],
  [
    /Not all fields of (?:key|unique) identity-constraint '(.*?)' evaluate to a node/,
    'cvc-identity-constraint.4.2.1',
    (name, constraint = '') => ({
      message: `${name} lacks a value by which it can be told from others (${constraint}).`,
      expected: `every field of the key ${constraint}`,
      found: 'nothing in one of them',
      mend: `Add the element or attribute that ${constraint} is made of.`,
    }),
  ],
  [
    /The XPath '(.*)' of a field of (?:key|unique|keyref) identity-constraint '(.*?)' does evaluate to a node-set/,
    'cvc-identity-constraint.3',
    (name, field = '', constraint = '') => ({
      message: `${name} has several values for ${field}, and ${constraint} needs one.`,
      expected: `one ${field}`,
      found: 'several',
      mend: `Keep one ${field}.`,
    }),
  ],
  bound('minInclusive', 'at least'),
  bound('maxInclusive', 'at most'),
  bound('minExclusive', 'more than'),
  bound('maxExclusive', 'less than'),
  [
    /\[facet 'totalDigits'\] The value '(.*)' has more digits than are allowed \('(.*)'\)/,
    'cvc-totalDigits-valid',
    (name, value = '', most = '') => wrongValue(name, value, `at most ${most} digits`),
  ],
  [
    /\[facet 'fractionDigits'\] The value '(.*)' has more fractional digits than are allowed \('(.*)'\)/,
    'cvc-fractionDigits-valid',
    (name, value = '', most = '') =>
      wrongValue(name, value, `at most ${most} digits after the point`),
  ],
  [
    /\[facet 'length'\] .*length of '(\d+)'; this differs from the allowed length of '(\d+)'/,
    'cvc-length-valid',
    (name, has = '', due = '') => size(name, has, `${due}`),
  ],
  [
    /\[facet 'minLength'\] .*length of '(\d+)'; this underruns .* of '(\d+)'/,
    'cvc-minLength-valid',
    (name, has = '', due = '') => size(name, has, `at least ${due}`),
  ],
  [
    /\[facet 'maxLength'\] .*length of '(\d+)'; this exceeds .* of '(\d+)'/,
    'cvc-maxLength-valid',
    (name, has = '', due = '') => size(name, has, `at most ${due}`),
  ],
  [
    /\[facet 'pattern'\] The value '(.*)' is not accepted by the pattern '(.*)'/,
    'cvc-pattern-valid',
    (name, value = '', pattern = '') => wrongValue(name, value, `text that matches ${pattern}`),
  ],
  [
    /\[facet 'enumeration'\] The value '(.*)' is not an element of the set \{(.*)\}/,
    'cvc-enumeration-valid',
    (name, value = '', values = '') =>
      wrongValue(name, value, `one of ${values.replaceAll("'", '')}`),
  ],
  [
    /QName value '(.*)' has no corresponding namespace declaration/,
    'cvc-datatype-valid.1.2.1',
    (name, value = '') => ({
      message: `The prefix in the value "${value}" of ${inside(name)} is not declared.`,
      expected: 'a name whose prefix is declared',
      found: value,
      mend: `Declare xmlns:${value.split(':')[0]}="…" on the element or around it.`,
    }),
  ],
  [
    /'(.*)' is not a valid value of the (?:local )?(\w+) type(?: '(?:xs:)?(.*)')?/,
    'cvc-datatype-valid.1.2.1',
    (name, value = '', kind = '', type = '') =>
      wrongValue(
        name,
        value,
        type === '' ? `a value of its ${kind} type` : `a value of the type ${type}`,
      ),
  ],
  [
    /The (?:actual )?value '(.*)' does not match the fixed value constraint '(.*)'/,
    'cvc-elt.5.2.2',
    (name, value = '', fixed = '') => wrongValue(name, value, fixed),
  ],
]

function repeated(kind: string, rule: string): Meaning {
  const pattern = new RegExp(
    `Duplicate key-sequence \\[(.*)\\] in ${kind} identity-constraint '(.*?)'`,
  )
  const say: Say = (name, values = '', constraint = '') => ({
    message: `${name} repeats ${listed(values)}, which ${constraint} allows only once.`,
    expected: `another value than ${listed(values)}`,
    found: listed(values),
    mend: `Give ${name} a value of its own, or take the second one out.`,
  })
  return [pattern, rule, say]
}

function bound(facet: string, relation: string): Meaning {
  const pattern = new RegExp(`\\[facet '${facet}'\\] The value '(.*)' (?:is|must be) .*'(.*)'`)
  const say: Say = (name, value = '', limit = '') => wrongValue(name, value, `${relation} ${limit}`)
  return [pattern, `cvc-${facet}-valid`, say]
}

function wrongValue(name: string, value: string, expected: string): Words {
  return {
    message: value === '' ? `${name} is empty.` : `${name} may not be "${value}".`,
    expected,
    found: value === '' ? 'nothing' : value,
    mend: `Write ${expected}.`,
  }
}

function size(name: string, has: string, due: string): Words {
  return {
    message: `${name} is ${has} long, not ${due}.`,
    expected: `a length of ${due}`,
    found: `a length of ${has}`,
    mend: `Write a value with a length of ${due}.`,
  }
}

/** `'a', 'b'` -> `a, b` */
function listed(values: string): string {
  return values.replace(/^'|'$/g, '').replaceAll("', '", ', ')
}

/** The name inside a sentence. */
export function inside(name: string): string {
  return name.replace(/^The attribute/, 'the attribute')
}
