// One simple value between XML text and CIM-JSON, both ways, without losing a character.
// A JSON literal only where it has the very same text.

import { isNumberText, numberOf, numberText } from './json-text.ts'
import type { Json } from './json-text.ts'
import type { Primitive, SimpleType } from './model.ts'

const NUMBERS: ReadonlySet<Primitive> = new Set<Primitive>(['decimal', 'float', 'double'])

/** XML text (exactly as written) as a CIM-JSON value. */
export function scalarToJson(type: SimpleType, text: string): Json {
  if (type.variety !== 'atomic') return text
  if (type.primitive === 'boolean') return text === 'true' ? true : text === 'false' ? false : text
  return NUMBERS.has(type.primitive) && isNumberText(text) ? numberOf(text) : text
}

/** Why a CIM-JSON value cannot be written as this type. */
export interface ScalarFault {
  readonly expected: string
  readonly mend: string
}

/**
 * A CIM-JSON value as XML text. Strings are taken verbatim whatever the type is (the XSD judges them);
 * numbers and booleans only where the type has them.
 */
export function scalarToText(type: SimpleType, value: Json): string | ScalarFault {
  if (typeof value === 'string') return value
  const number = numberText(value)
  const isFlag = takesBoolean(type) && !isOpen(type)
  if (number !== undefined && isFlag && number !== '0' && number !== '1')
    return faultFor('true or false', 'Write true or false.')
  if (number !== undefined)
    return takesNumber(type)
      ? number
      : faultFor('a JSON string', `Write it in double quotes: "${number}".`)
  if (typeof value === 'boolean')
    return takesBoolean(type)
      ? String(value)
      : faultFor('a JSON string', `Write it in double quotes: "${value}".`)
  if (value === null)
    return faultFor(
      'a value',
      'Leave the key out where there is no value; CIM elements are not nillable.',
    )
  return faultFor(
    'a single value',
    'Write one string, number or boolean instead of an object or array.',
  )
}

/** True for a type whose values may be JSON numbers. */
export function takesNumber(type: SimpleType): boolean {
  return isOpen(type) || NUMBERS.has(type.primitive)
}

/** True for a type whose values may be true and false. */
export function takesBoolean(type: SimpleType): boolean {
  return isOpen(type) || type.primitive === 'boolean'
}

function isOpen({ variety, primitive }: SimpleType): boolean {
  return variety === 'union' || primitive === 'anySimpleType'
}

function faultFor(expected: string, mend: string): ScalarFault {
  return { expected, mend }
}
