// Arrays and single values: what the schema admits more than once is an array also where there is one, and nothing else ever is.

import type { Json } from '../../src/index.ts'
import { isArray, under } from './schema.ts'
import type { Schema } from './schema.ts'
import { isObject } from './thing.ts'

/** A key that holds the other thing. */
export interface ArrayFault {
  /** JSON Pointer */
  readonly place: string
  readonly expected: 'an array' | 'no array'
}

/** All of them, in what stands at a place. */
export function arrayFaults(
  value: Json,
  schema: Schema | undefined,
  place = '',
): readonly ArrayFault[] {
  if (schema === undefined || !isObject(value)) return []
  return Object.entries(value).flatMap(([key, it]) => {
    if (/^[@$#]/.test(key)) return []
    const of = under(schema, { kind: 'element', name: key })
    if (of === undefined) return []
    const here = `${place}/${key}`
    const isMany = Array.isArray(it)
    const items = isMany ? (it as readonly Json[]) : [it]
    const inner = items.flatMap((one, at) => arrayFaults(one, of, isMany ? `${here}/${at}` : here))
    if (isMany === isArray(of)) return inner
    return [{ place: here, expected: isMany ? 'no array' : 'an array' } as const, ...inner]
  })
}
