// What libxml2's XSD engine says of elements, attributes and their types, as sentences.

import { inside } from './value-words.ts'
import type { Meaning } from './value-words.ts'

/** Types, nil, attributes, children. */
export const CONTENT_WORDS: readonly Meaning[] = [
  [
    /QName value '(.*)' of the (?:xsi:type )?attribute.*does not resolve to a type/,
    'cvc-elt.4.2',
    (name, value = '') => ({
      message: `xsi:type names ${value}, which no schema has.`,
      expected: 'a type that the schema has',
      found: value,
      mend: `Take xsi:type out of ${inside(name)}, or name a type derived from the declared one; mind its prefix.`,
    }),
  ],
  [
    /The type definition '(.*)', specified by xsi:type, is blocked or not validly derived/,
    'cvc-elt.4.3',
    (name, type = '') => ({
      message: `${type}, which xsi:type names, may not stand for the type of ${inside(name)}.`,
      expected: 'a type derived from the declared one',
      found: type,
      mend: 'Take xsi:type out, or name a derived type.',
    }),
  ],
  [
    /not 'nillable'/,
    'cvc-elt.3.1',
    (name) => ({
      message: `${name} is not nillable.`,
      expected: 'no xsi:nil',
      found: 'xsi:nil',
      mend: `Leave ${inside(name)} out where there is no value.`,
    }),
  ],
  [
    /cannot be 'nilled'/,
    'cvc-elt.3.2.2',
    (name) => ({
      message: `${name} has a fixed value, and so is never nil.`,
      expected: 'its fixed value',
      found: 'xsi:nil',
      mend: `Take xsi:nil out, or leave ${inside(name)} out.`,
    }),
  ],
  [
    /'nilled'/,
    'cvc-elt.3.2.1',
    (name) => ({
      message: `${name} is nil and yet has content.`,
      expected: 'no content',
      found: 'content',
      mend: 'Take out xsi:nil or the content.',
    }),
  ],
  [
    /element (?:declaration|type) is abstract/,
    'cvc-elt.2',
    (name) => ({
      message: `${name} only stands for others.`,
      expected: 'an element that may stand for it',
      found: name,
      mend: 'Write one of the elements that the schema puts in its place.',
    }),
  ],
  [
    /type definition is abstract/,
    'cvc-type.2',
    (name) => ({
      message: `The type of ${inside(name)} is abstract.`,
      expected: 'xsi:type with a derived type',
      found: 'no derived type',
      mend: 'Say with xsi:type which derived type it is.',
    }),
  ],
  [
    /No matching global attribute declaration/,
    'cvc-complex-type.3.2.2',
    (name) => ({
      message: `${name} is declared by no schema.`,
      expected: 'an attribute that a schema declares',
      found: name,
      mend: 'Take it out, or give its schema with --xsd.',
    }),
  ],
  [
    /No matching global element declaration/,
    'cvc-complex-type.2.4.a',
    (name) => ({
      message: `${name} is declared by no schema, and here only declared elements may stand.`,
      expected: 'an element that a schema declares',
      found: `<${name}>`,
      mend: 'Take it out, or give its schema with --xsd.',
    }),
  ],
  [
    /The attribute '(.*)' is not allowed/,
    'cvc-complex-type.3.2.2',
    (_name, attribute = '') => ({
      message: `The attribute ${attribute} has no place here.`,
      expected: 'an attribute that the schema has',
      found: attribute,
      mend: `Take ${attribute} out.`,
    }),
  ],
  [
    /The attribute '(.*)' is required but missing/,
    'cvc-complex-type.4',
    (name, attribute = '') => ({
      message: `${name} lacks the attribute ${attribute}.`,
      expected: `the attribute ${attribute}`,
      found: 'nothing',
      mend: `Add ${attribute}="…".`,
    }),
  ],
  [
    /This element is not expected\.(?: Expected is(?: one of)? \( (.*?) \))?/,
    'cvc-complex-type.2.4.a',
    (name, names = '') => ({
      message: `${name} is not expected here.`,
      expected: names === '' ? 'no more elements' : `one of ${bare(names)}`,
      found: `<${name}>`,
      mend: `Take ${name} out, or move it to where the schema admits it.`,
    }),
  ],
  [
    /Missing child element\(s\)\.(?: Expected is(?: one of)? \( (.*?) \))?/,
    'cvc-complex-type.2.4.b',
    (name, names = '') => ({
      message: `${name} is not complete.`,
      expected: names === '' ? 'more elements' : bare(names),
      found: 'the end of the element',
      mend: names === '' ? 'Add what is missing.' : `Add ${bare(names).replaceAll(', ', ' or ')}.`,
    }),
  ],
  [
    /Element content is not allowed|element content.*simple/i,
    'cvc-type.3.1.2',
    (name) => ({
      message: `${name} holds text, not elements.`,
      expected: `text in ${inside(name)}`,
      found: 'an element',
      mend: `Write the value straight into ${inside(name)}.`,
    }),
  ],
  [
    /Character content/,
    'cvc-complex-type.2.3',
    (name) => ({
      message: `Text stands in ${inside(name)}, which holds elements or nothing.`,
      expected: 'no text',
      found: 'text',
      mend: 'Take the text out, or put it into an element.',
    }),
  ],
  [
    /No matching global declaration/,
    'cvc-elt.1',
    (name) => ({
      message: `No schema declares ${name}.`,
      expected: 'a root that a schema declares',
      found: `<${name}>`,
      mend: 'Check its name and namespace.',
    }),
  ],
]

/** Prefixes of the engine's own making and wildcards say nothing. */
function bare(names: string): string {
  return names.replaceAll('##other*', 'an extension element').replace(/##\S+/g, 'another element')
}
