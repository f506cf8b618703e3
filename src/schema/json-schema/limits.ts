// What JSON Schema cannot say of CIM-JSON although the XSD does, as data: the schemas that are made here take such
// documents, or refuse them, where the XSD does the other. The XSD is the judge; README.md shows this table.

import { numberText } from '../json-text.ts'
import type { Json } from '../json-text.ts'
import type { SimpleType } from '../model.ts'
import { portablePattern } from '../pattern/pattern.ts'

/** A document that JSON Schema and XSD judge differently. */
export interface Disagreement {
  /** by the JSON Schema */
  readonly accepted: boolean
  /** that the XSD says are broken; empty where it accepts */
  readonly rules: readonly string[]
  /** keywords of the JSON Schema that failed; empty where it accepts */
  readonly errors: readonly string[]
  /** the value that makes the difference, where it is one */
  readonly value?: { readonly way: string; readonly type: SimpleType; readonly json: Json }
}

/** One row. */
export interface Limit {
  readonly id: string
  /** for people: what the JSON Schema does that the XSD does not */
  readonly says: string
  readonly allows: (it: Disagreement) => boolean
}

/** Every limit that there is; a test fails for a disagreement that no row allows, and for a row that is not needed. */
export const LIMITS: readonly Limit[] = [
  {
    id: 'number-in-quotes',
    says: 'takes a number in quotes that is beyond its bounds or has too many digits, as in `"101"` where 100 is the most; without quotes, one beyond 64-bit bounds or with too many digits behind the point',
    allows: ({ accepted, rules, value }) =>
      accepted &&
      rules.every((it) => (isBeyondJson(value?.json) ? OF_NUMBERS : OF_DIGITS).test(it)),
  },
  {
    id: 'repeated-groups',
    says: 'takes children that fit one by one but not in number beside each other, where a group of them occurs several times',
    allows: ({ accepted, rules }) => accepted && rules.every((it) => OF_CONTENT.test(it)),
  },
  {
    id: 'list-items',
    says: 'takes a list of any items in any number, and refuses a list of one number that is not in quotes',
    allows: ({ accepted, rules, errors, value }) =>
      hasList(value?.type) &&
      value?.type.facets.enumeration === undefined &&
      (accepted ? rules.every((it) => OF_VALUES.test(it)) : errors.includes('type')),
  },
  {
    id: 'patterns',
    says: 'takes a text that breaks a pattern which ECMAScript cannot say, such as one with a class less another, and a number without quotes that breaks any',
    allows: ({ accepted, rules, value }) =>
      accepted &&
      rules.every((it) => it === 'cvc-pattern-valid') &&
      (hasOwnPattern(value?.type) || typeof value?.json === 'number'),
  },
  {
    id: 'spelling',
    says: 'refuses a value in quotes that is not spelt as the schema lists it, as in `"007"` for 7, or has white space that means nothing',
    allows: ({ accepted, rules, value }) =>
      !accepted &&
      rules.length === 0 &&
      typeof value?.json === 'string' &&
      (isListed(value.type) || MEANINGLESS.test(value.json)),
  },
  {
    id: 'union-literals',
    says: 'refuses a number or boolean that is not in quotes where a union takes its text alone',
    allows: ({ accepted, rules, value }) =>
      !accepted &&
      rules.length === 0 &&
      value?.type.variety === 'union' &&
      (typeof value.json === 'boolean' || typeof value.json === 'number'),
  },
  {
    id: 'empty-array',
    says: 'refuses `[]` where the schema asks for one item or for another branch; the XSD takes it as absent',
    allows: ({ accepted, rules, errors }) =>
      !accepted && rules.length === 0 && errors.includes('minItems'),
  },
  {
    id: 'fixed-content',
    says: 'takes any content beside attributes where the XSD fixes it',
    allows: ({ accepted, rules }) => accepted && rules.includes('cvc-elt.5.2.2'),
  },
]

/** around a value, in line ends and tabs, or more than one blank */
const MEANINGLESS = /^\s|\s$|[\t\n\r]|  /
const OF_NUMBERS = /^cvc-((min|max)(In|Ex)clusive|fractionDigits|totalDigits)-valid$/
const OF_DIGITS = /^cvc-(fraction|total)Digits-valid$/
const OF_CONTENT = /^cvc-complex-type\.2\.4\.[a-d]$/
const OF_VALUES = /^cvc-\w+-valid/

/** A pattern that is left to the XSD. */
function hasOwnPattern(type: SimpleType | undefined): boolean {
  const steps = type?.facets.patterns ?? []
  return steps.flat().some((it) => portablePattern(it) === undefined)
}

function isListed({ facets, members = [] }: SimpleType): boolean {
  return facets.enumeration !== undefined || members.some(isListed)
}

/** A list, or a union that has one among its members. */
function hasList(type: SimpleType | undefined): boolean {
  return type?.variety === 'list' || (type?.members ?? []).some(hasList)
}

/** A text, or a number that a JavaScript number does not hold exactly. */
function isBeyondJson(json: Json | undefined): boolean {
  return typeof json === 'string' || Math.abs(Number(numberText(json))) > Number.MAX_SAFE_INTEGER
}
