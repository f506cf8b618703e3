// The library that checks what data looks like, for the files that say so. Nothing else knows it by name.

import { z } from 'zod'
import { whyOf } from './why.ts'

export { z }

/** Something that values are checked by. */
export type Shape<T> = z.ZodType<T>

/** A value that is what its shape asks for, or every place that is not. */
export type Read<T> = { readonly value: T } | { readonly problems: readonly string[] }

/** Reads JSON of a shape. @param name what to call it in a problem */
export function readShape<T>(shape: Shape<T>, text: string, name: string): Read<T> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    return {
      problems: [`${name}: is no JSON: ${whyOf(error)}`],
    }
  }
  const read = shape.safeParse(value)
  if (read.success) return { value: read.data }
  return {
    problems: read.error.issues.map(
      (it) => `${name}: ${it.path.map(String).join('/') || 'the file'}: ${it.message}`,
    ),
  }
}

/** JSON Schema (2020-12) of a shape. */
export function schemaOf(shape: Shape<unknown>): object {
  // That a reader does not write is said of the types, not of the file.
  const override = ({ jsonSchema }: { readonly jsonSchema: { readOnly?: boolean } }) => {
    delete jsonSchema.readOnly
  }
  return z.toJSONSchema(shape, { io: 'input', override })
}
