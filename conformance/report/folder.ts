// A run as a folder on the disk. It is written once: evidence is not written over.

import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmdirSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { Files } from './manifest.ts'
import { whyOf } from '../why.ts'

/** Why a run cannot be written there, which is tried before anything is played; undefined = it can. */
export function obstacleAt(folder: string): string | undefined {
  try {
    if (!existsSync(folder)) return void tried(resolve(folder))
    if (readdirSync(folder).length === 0) return void accessSync(folder, constants.W_OK)
    return `${folder} is not empty. A run is never written over another one: name a folder that is not there yet`
  } catch (error) {
    return `${folder} cannot be a folder of evidence (${whyOf(error)}): name one that can be made`
  }
}

/**
 * Makes a folder and takes it away again. Level by level: below /proc, which takes none, a recursive mkdir of Node 20 does
 * not come to an end.
 */
function tried(path: string): void {
  if (!existsSync(dirname(path))) return tried(dirname(path))
  mkdirSync(path)
  rmdirSync(path)
}

/** Writes all files of a run. */
export function writeFolder(folder: string, files: Files): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), content)
  }
}

/** Paths of what lies in it, with `/`, in order; folders apart. `isPlain` false: a link, or something odder. */
export function entriesOf(
  folder: string,
): readonly { readonly name: string; readonly isPlain: boolean }[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((it) => !it.isDirectory())
    .map((it) => ({
      name: join(it.parentPath, it.name).slice(join(folder, '/').length).replaceAll('\\', '/'),
      isPlain: it.isFile(),
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** The octets of one of its files; undefined where there is none. */
export function octetsIn(folder: string, file: string): Uint8Array | undefined {
  try {
    return readFileSync(join(folder, file))
  } catch {
    return undefined
  }
}
