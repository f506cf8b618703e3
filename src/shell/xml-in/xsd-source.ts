// A schema file again as it is on disk, for whoever wants to download it.

import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { LIMITS } from '../../envelope/limits.ts'
import type { SchemaFile } from '../../schema/catalogue.ts'
import { decode } from './encoding.ts'
import { guard } from './guard.ts'
import { bytesOf } from './xsd-read.ts'
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
  if (at === '' || folder === undefined) return undefined
  const bytes = bytesOf(folder.path, join(folder.path, inside))
  if ('reason' in bytes || createHash('sha256').update(bytes).digest('hex') !== sha256)
    return undefined
  const guarded = guard(bytes, LIMITS)
  return 'refusal' in guarded ? undefined : decode(bytes, guarded.encoding)
}
