// One noun whose schema cannot be used is no reason to say nothing about the others.

import { CimError } from '../envelope/errors.ts'

/** What was made from a schema, or why that schema cannot be used. */
export type Usable<T> = { readonly made: T } | { readonly unusable: string }

/** @throws whatever else goes wrong */
export function usable<T>(make: () => T): Usable<T> {
  try {
    return { made: make() }
  } catch (error) {
    if (error instanceof CimError && error.code === 'unusable-schema')
      return { unusable: error.message }
    throw error
  }
}
