// A file called otherwise at its source, so that people see what has become of it, together with its manifest. It decides nothing:
// what has become of the file is kept elsewhere.

import { MANIFEST_SUFFIX } from './layout.ts'
import type { FileSource, Listed } from './ports.ts'
import { TAGS } from './rules.ts'
import type { FolderRules } from './rules.ts'

/**
 * @param sha256 of the file, which tells it from an earlier one of its name
 * @returns its new name; empty where it is not there any more
 */
export async function calledOtherwise(
  { name, bytes, changedMs }: Listed,
  became: 'done' | 'failed',
  sha256: string,
  source: Pick<FileSource, 'rename' | 'list'>,
  { tags }: Pick<FolderRules, 'tags'>,
): Promise<string> {
  // Another file may have come under its name meanwhile: that one is still to be taken.
  const now = (await source.list()).find((it) => it.name === name)
  if (now === undefined || now.bytes !== bytes || now.changedMs !== changedMs) return ''
  const tagged = TAGS[tags][became]
  for (const more of ['', `.${sha256.slice(0, 8)}`, `.${changedMs}`]) {
    const it = `${name}${more}`
    if (!(await source.rename(name, tagged(it)))) continue
    await source.rename(`${name}${MANIFEST_SUFFIX}`, tagged(`${it}${MANIFEST_SUFFIX}`))
    return tagged(it)
  }
  return ''
}
