// A plain value as it is; of a text, whether it is as long as its vendor can take. An identifier that is too long is refused,
// because a part of it names something else; what people read is cut, and said to be.

import { isNumberToken, numberText } from '../schema/json-text.ts'
import type { Json } from '../schema/json-text.ts'
import { isPlain, made, madeWith, problemAt, wrong } from './outcome.ts'
import type { Outcome } from './outcome.ts'
import type { Length, ValueRow } from './row.ts'
import { isZone } from './zone.ts'

/** Carried over verbatim: CIM holds a text of any length. */
export function valueToCim(row: ValueRow, given: Json, path: string): Outcome {
  if (!isPlain(given)) return wrong(path, given, 'a plain value')
  if (row.isZone === true && !(typeof given === 'string' && isZone(given)))
    return problemAt(path, given, 'is no time zone', ZONE_MEND)
  return row.cut === true
    ? made({ [row.cim]: given })
    : (tooLong(row.most, given, path) ?? made({ [row.cim]: given }))
}

const ZONE_MEND = 'Write a name of the IANA database, such as America/Chicago.'

/** Carried over as far as the vendor can take it. */
export function valueToVendor(row: ValueRow, given: Json, path: string): Outcome {
  if (!isPlain(given)) return wrong(path, given, 'a plain value')
  const { vendor, most, cut } = row
  if (cut !== true || most === undefined || typeof given !== 'string' || lengthOf(given) <= most)
    return tooLong(most, given, path) ?? made({ [vendor]: given })
  const to = [...given].slice(0, most).join('')
  const why = `what is beyond ${most} characters`
  return madeWith({ [vendor]: to }, { altered: [{ path, value: given, to, why }] })
}

/** Why an identifier cannot be taken; undefined where it can. */
export function tooLong(most: Length['most'], given: Json, path: string): Outcome | undefined {
  if (most === undefined) return undefined
  const length = lengthOf(given)
  if (length <= most) return undefined
  return problemAt(
    path,
    null,
    `has ${length} characters, and ${most} are the most that it can have`,
    'Write the identifier as the systems that share it know it; a shortened one would name something else.',
  )
}

/** Characters as people count them, not the units of UTF-16. */
function lengthOf(it: Json): number {
  const text = isNumberToken(it) || typeof it === 'number' ? (numberText(it) ?? '') : String(it)
  return [...text].length
}
