// The validation rules of XML Schema that diagnostics cite, by the ids that the recommendation gives them.

/** id -> clause and meaning in our own words */
export const XSD_RULES = {
  'cvc-elt.1': { clause: 'XML Schema 1.0 Part 1 §3.3.4', text: 'the root element is declared' },
  'cvc-elt.2': {
    clause: 'XML Schema 1.0 Part 1 §3.3.4',
    text: 'an abstract element does not occur',
  },
  'cvc-elt.3.1': {
    clause: 'XML Schema 1.0 Part 1 §3.3.4',
    text: 'xsi:nil only where the element is nillable',
  },
  'cvc-elt.3.2.1': { clause: 'XML Schema 1.0 Part 1 §3.3.4', text: 'a nilled element is empty' },
  'cvc-elt.3.2.2': {
    clause: 'XML Schema 1.0 Part 1 §3.3.4',
    text: 'an element with a fixed value is not nil',
  },
  'cvc-elt.4.2': { clause: 'XML Schema 1.0 Part 1 §3.3.4', text: 'xsi:type names a known type' },
  'cvc-elt.4.3': {
    clause: 'XML Schema 1.0 Part 1 §3.3.4',
    text: 'xsi:type is derived from the declared type',
  },
  'cvc-elt.5.2.2': { clause: 'XML Schema 1.0 Part 1 §3.3.4', text: 'a fixed value is as fixed' },
  'cvc-type.2': { clause: 'XML Schema 1.0 Part 1 §3.4.4', text: 'an abstract type does not occur' },
  'cvc-type.3.1.1': {
    clause: 'XML Schema 1.0 Part 1 §3.4.4',
    text: 'a simple element has no attributes',
  },
  'cvc-type.3.1.2': {
    clause: 'XML Schema 1.0 Part 1 §3.4.4',
    text: 'a simple element has no child elements',
  },
  'cvc-complex-type.2.1': {
    clause: 'XML Schema 1.0 Part 1 §3.4.4',
    text: 'an empty type has no content',
  },
  'cvc-complex-type.2.2': {
    clause: 'XML Schema 1.0 Part 1 §3.4.4',
    text: 'simple content has no child elements',
  },
  'cvc-complex-type.2.3': {
    clause: 'XML Schema 1.0 Part 1 §3.4.4',
    text: 'no text between child elements',
  },
  'cvc-complex-type.2.4.a': {
    clause: 'XML Schema 1.0 Part 1 §3.4.4',
    text: 'each child element is one that may stand there',
  },
  'cvc-complex-type.2.4.b': {
    clause: 'XML Schema 1.0 Part 1 §3.4.4',
    text: 'no mandatory child element is missing',
  },
  'cvc-complex-type.2.4.d': {
    clause: 'XML Schema 1.0 Part 1 §3.4.4',
    text: 'a child element occurs no more often than allowed',
  },
  'cvc-complex-type.3.2.2': {
    clause: 'XML Schema 1.0 Part 1 §3.4.4',
    text: 'each attribute is declared',
  },
  'cvc-complex-type.4': {
    clause: 'XML Schema 1.0 Part 1 §3.4.4',
    text: 'no mandatory attribute is missing',
  },
  'cvc-attribute.4': {
    clause: 'XML Schema 1.0 Part 1 §3.2.4',
    text: 'a fixed attribute value is as fixed',
  },
  'cvc-identity-constraint.3': {
    clause: 'XML Schema 1.0 Part 1 §3.11.4',
    text: 'a field of a key has one value',
  },
  'cvc-identity-constraint.4.1': {
    clause: 'XML Schema 1.0 Part 1 §3.11.4',
    text: 'a unique value occurs once',
  },
  'cvc-identity-constraint.4.2.1': {
    clause: 'XML Schema 1.0 Part 1 §3.11.4',
    text: 'every field of a key has a value',
  },
  'cvc-identity-constraint.4.2.2': {
    clause: 'XML Schema 1.0 Part 1 §3.11.4',
    text: 'a key occurs once',
  },
  'cvc-identity-constraint.4.3': {
    clause: 'XML Schema 1.0 Part 1 §3.11.4',
    text: 'a reference has its key',
  },
  'cvc-assess-elt': {
    clause: 'XML Schema 1.0 Part 1 §3.3.4',
    text: 'an element follows its declaration',
  },
  'cvc-datatype-valid.1.2.1': {
    clause: 'XML Schema 1.0 Part 2 §4.1.4',
    text: 'text has the form of its type',
  },
  'cvc-datatype-valid.1.2.3': {
    clause: 'XML Schema 1.0 Part 2 §4.1.4',
    text: 'text has the form of one of the member types',
  },
  'cvc-enumeration-valid': {
    clause: 'XML Schema 1.0 Part 2 §4.3.5',
    text: 'text is one of the listed values',
  },
  'cvc-pattern-valid': { clause: 'XML Schema 1.0 Part 2 §4.3.4', text: 'text matches the pattern' },
  'cvc-length-valid': { clause: 'XML Schema 1.0 Part 2 §4.3.1', text: 'text has the length' },
  'cvc-minLength-valid': { clause: 'XML Schema 1.0 Part 2 §4.3.2', text: 'text is long enough' },
  'cvc-maxLength-valid': { clause: 'XML Schema 1.0 Part 2 §4.3.3', text: 'text is short enough' },
  'cvc-minInclusive-valid': {
    clause: 'XML Schema 1.0 Part 2 §4.3.10',
    text: 'the value is large enough',
  },
  'cvc-maxInclusive-valid': {
    clause: 'XML Schema 1.0 Part 2 §4.3.7',
    text: 'the value is small enough',
  },
  'cvc-minExclusive-valid': {
    clause: 'XML Schema 1.0 Part 2 §4.3.9',
    text: 'the value is large enough',
  },
  'cvc-maxExclusive-valid': {
    clause: 'XML Schema 1.0 Part 2 §4.3.8',
    text: 'the value is small enough',
  },
  'cvc-totalDigits-valid': {
    clause: 'XML Schema 1.0 Part 2 §4.3.11',
    text: 'the value has few enough digits',
  },
  'cvc-fractionDigits-valid': {
    clause: 'XML Schema 1.0 Part 2 §4.3.12',
    text: 'the value has few enough digits after the point',
  },
} as const

export type XsdRule = keyof typeof XSD_RULES

/** The clause that a rule id stands for; empty for ids that are not in the table. */
export function clauseOf(rule: string): string {
  return Object.hasOwn(XSD_RULES, rule) ? XSD_RULES[rule as XsdRule].clause : ''
}
