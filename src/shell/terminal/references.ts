// What a schema file asks for and the folder does not have, in sentences with a place.

import { locator } from '../../envelope/scan.ts'
import type { SchemaFile } from '../../schema/catalogue.ts'
import { missingReferences } from '../../schema/missing.ts'
import type { Core } from './terminal.ts'

/** What is wrong with one file, with its place where one is known. */
export interface Finding {
  readonly place: string
  readonly message: string
}

/** Every reference of the file that leads nowhere. */
export async function missingIn(
  file: SchemaFile,
  { schemas, source }: Pick<Core, 'schemas' | 'source'>,
): Promise<readonly Finding[]> {
  const [document] = schemas.catalogue.closure(file)
  const missing = document === undefined ? [] : missingReferences(document)
  if (missing.length === 0) return []
  const text = await source(file)
  const locate = text === undefined ? undefined : locator(text)
  // In the order of the file: the locator reads on from where it is.
  return missing.map(({ node, what, add }) => {
    const line = locate?.(node.index).line ?? 0
    return {
      place: line > 0 ? `${file.path}:${line}` : file.path,
      message: `the ${what} is not in the folder; add ${add}. Nothing is fetched from elsewhere.`,
    }
  })
}
