// What a schema file asks for and the folder does not have, in sentences with a place.

import type { SchemaFile } from '../../schema/catalogue.ts'
import { missingReferences } from '../../schema/missing.ts'
import { placeAt } from '../../schema/schema-place.ts'
import type { Core } from './terminal.ts'

/** What is wrong with one file, with its place where one is known. */
export interface Finding {
  readonly place: string
  readonly message: string
}

/** Every reference of the file that leads nowhere. */
export function missingIn(
  file: SchemaFile,
  { schemas }: Pick<Core, 'schemas'>,
): readonly Finding[] {
  const missing = missingReferences(schemas.catalogue.linked(file))
  const locate = missing.length === 0 ? undefined : file.locator?.()
  // In the order of the file: the locator reads on from where it is.
  return missing.map(({ node, what, add }) => {
    return {
      place: placeAt(file.path, locate?.(node.index)),
      message: `the ${what} is not in the folder; add ${add}. Nothing is fetched from elsewhere.`,
    }
  })
}
