// A schema file again as it is on disk: for whoever wants to download it, and for the places of what is in it.

import { join } from 'node:path'
import type { Locate } from '../../envelope/finding.ts'
import { LIMITS } from '../../envelope/limits.ts'
import { locator } from '../../envelope/scan.ts'
import type { SchemaFile } from '../../schema/catalogue.ts'
import { withoutDoctype } from './doctype.ts'
import { decode } from './encoding.ts'
import { guard } from './guard.ts'
import { bytesOf, digest } from './xsd-bytes.ts'
import type { SchemaFolder } from './xsd-read.ts'

/**
 * Text and layout of a file that the catalogue was made from.
 * @param folders the same that it was made from
 * @returns undefined when the file is gone, or is another one by now
 */
export function schemaSource(
  folders: readonly SchemaFolder[],
  { location, sha256 }: SchemaFile,
): string | undefined {
  const [, at = '', inside = ''] = /^\/(\d+)\/(.*)$/.exec(location) ?? []
  const folder = folders[Number(at)]
  return at === '' || folder === undefined
    ? undefined
    : textOf(folder.path, inside, sha256)?.written
}

/** Lines and columns of the elements of a file; undefined as above. */
export function locatorIn(folder: string, inside: string, sha256: string): Locate | undefined {
  const text = textOf(folder, inside, sha256)
  return text === undefined ? undefined : locator(text.read)
}

/** A file as it is written, and as it is read: without its DOCTYPE, line by line the same. */
interface Text {
  readonly written: string
  readonly read: string
}

function textOf(folder: string, inside: string, sha256: string): Text | undefined {
  const bytes = bytesOf(folder, join(folder, inside))
  if ('reason' in bytes || digest(bytes) !== sha256) return undefined
  const bare = withoutDoctype(bytes, LIMITS)
  if ('reason' in bare) return undefined
  const guarded = guard(bare, LIMITS)
  if ('refusal' in guarded) return undefined
  const written = decode(bytes, guarded.encoding)
  return { written, read: bare === bytes ? written : decode(bare, guarded.encoding) }
}
