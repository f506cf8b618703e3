// Files from outside as the gateway needs them: folders of this machine, and a shelf in the data folder.

import { join } from 'node:path'
import type { FilesOutside } from '../gateway/files/index.ts'
import type { Config } from '../shell/config/index.ts'
import { sha256 } from '../shell/digest.ts'
import { crashAt } from '../shell/store/crash.ts'

/** @param data folder of the store; with a database elsewhere it has the shelf alone */
export async function filesIn(data: string, config: () => Config): Promise<FilesOutside> {
  const { folderSource, shelfIn } = await import('../shell/files/index.ts')
  return {
    folders: () => config().files,
    sourceOf: ({ folder }) => folderSource(folder),
    shelf: shelfIn(join(data, 'files')),
    digest: sha256,
    reached: crashAt,
  }
}
