// Values that libxml2 takes although XML Schema does not: of a document that it finds valid, our own diagnosis looks at
// the values, where the schema has such a type and the text may hold such a value.

import type { Element } from '../../envelope/element.ts'
import type { Draft } from '../../envelope/finding.ts'
import type { SchemaFile } from '../../schema/catalogue.ts'
import type { SchemaSet } from '../../schema/schemas.ts'

/** built-in types, and what stands in a text that holds such a value */
const LENIENT: readonly (readonly [types: RegExp, sign: RegExp])[] = [
  // It skips other characters between the letters, as RFC 2045 has decoders do; Part 2 §3.2.16 does not.
  [/(?:^|:)base64Binary$/, /(?:)/],
  // An exponent without digits (§3.2.4, §3.2.5).
  [/(?:^|:)(?:float|double)$/, /[>\s"'[][-+.\d]+[eE][-+]?[\s<"'\]]/],
  // A point without digits behind it (§3.2.6).
  [/(?:^|:)duration$/, /\.S/],
  // An empty list (§3.3.4, §3.3.10, §3.3.12).
  [/(?:^|:)(?:NMTOKENS|IDREFS|ENTITIES)$/, /(?:)/],
]

/** True where the engine's word is not enough: a valid document may hold a value that is none. */
export function mayBeLenient(file: SchemaFile, schemas: SchemaSet, text: () => string): boolean {
  return signsOf(file, schemas).some((it) => it.test(text()))
}

/** Of our diagnosis, what the engine has overlooked. */
export function overlooked(ours: readonly Draft[]): readonly Draft[] {
  return ours.filter((it) => OF_VALUES.includes(it.rule))
}

/** of a value, of a value of a union, of a list */
const OF_VALUES: readonly string[] = [
  'cvc-datatype-valid.1.2.1',
  'cvc-datatype-valid.1.2.3',
  'cvc-minLength-valid',
]

const signs = new WeakMap<SchemaFile, readonly RegExp[]>()

/** Of the types that a schema names anywhere. */
function signsOf(file: SchemaFile, { closureOf }: SchemaSet): readonly RegExp[] {
  const known = signs.get(file)
  if (known !== undefined) return known
  const names = new Set(closureOf(file).flatMap((it) => namedIn(it.root)))
  const found = LENIENT.filter(([types]) => [...names].some((it) => types.test(it)))
  const made = found.map(([, sign]) => sign)
  signs.set(file, made)
  return made
}

const NAMING: readonly string[] = ['type', 'base', 'itemType', 'memberTypes']

function namedIn({ attributes, children }: Element): readonly string[] {
  const own = attributes.filter((it) => NAMING.includes(it.name))
  return [...own.flatMap((it) => it.value.trim().split(/\s+/)), ...children.flatMap(namedIn)]
}
