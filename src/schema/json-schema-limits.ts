// What JSON Schema cannot say of CIM-JSON although the XSD does, as data: the schemas that are made here take such
// documents, or refuse them, where the XSD does the other. The XSD is the judge; README.md shows this table.

import { numberText } from './json-text.ts'
import type { Json } from './json-text.ts'
import type { SimpleType } from './model.ts'

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
    says: 'takes a number in quotes that is beyond its bounds or has too many digits, as in `"101"` where 100 is the most; without quotes, one beyond 64-bit bounds',
    allows: ({ accepted, rules, value }) =>
      accepted && isBeyondJson(value?.json) && rules.every((it) => OF_NUMBERS.test(it)),
  },
  {
    id: 'repeated-groups',
    says: 'takes children that fit one by one but not in number beside each other, where a group of them occurs several times',
    allows: ({ accepted, rules }) => accepted && rules.every((it) => OF_CONTENT.test(it)),
  },
  {
    id: 'list-items',
    says: 'takes a list of any number of items, and refuses a list of one number that is not in quotes',
    allows: ({ accepted, rules, errors, value }) =>
      value?.type.variety === 'list' &&
      (accepted ? rules.every((it) => OF_LENGTH.test(it)) : errors.includes('type')),
  },
  {
    id: 'empty-array',
    says: 'refuses `[]` where the schema asks for one item or for another branch; the XSD takes it as absent',
    allows: ({ accepted, rules, errors }) =>
      !accepted && rules.length === 0 && errors.includes('minItems'),
  },
  {
    id: 'nil-attributes',
    says: 'takes any attribute beside `@xsi:nil`',
    allows: ({ accepted, rules, value }) =>
      accepted && rules.every((it) => it === 'JSON-TYPE') && value?.way.includes('/@') === true,
  },
  {
    id: 'fixed-content',
    says: 'takes any content beside attributes where the XSD fixes it',
    allows: ({ accepted, rules }) => accepted && rules.includes('cvc-elt.5.2.2'),
  },
]

const OF_NUMBERS = /^cvc-((min|max)(In|Ex)clusive|fractionDigits|totalDigits)-valid$/
const OF_CONTENT = /^cvc-complex-type\.2\.4\.[a-d]$/
const OF_LENGTH = /^cvc-(length|minLength|maxLength)-valid$/

/** A text, or a number that a JavaScript number does not hold exactly. */
function isBeyondJson(json: Json | undefined): boolean {
  return typeof json === 'string' || Math.abs(Number(numberText(json))) > Number.MAX_SAFE_INTEGER
}
