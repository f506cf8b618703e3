// Files in a folder of this machine, or of a network that looks like one. Links, folders and whatever is hidden are no files.

import { createReadStream } from 'node:fs'
import { link, lstat, mkdir, open, readdir, rename, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import type { FileSource, Listed } from '../../gateway/files/ports.ts'
import { taken } from './taken.ts'

/** The files of a folder; it is made when it is not there. */
export function folderSource(folder: string): FileSource {
  return {
    list: () => listed(folder),
    open: (name) => createReadStream(join(folder, name)),
    take: (octets, mostBytes) => taken(octets, folder, mostBytes),
    text: (name, mostBytes) => textOf(join(folder, name), mostBytes),
    rename: (from, to) => moved(join(folder, from), join(folder, to)),
  }
}

async function listed(folder: string): Promise<readonly Listed[]> {
  await mkdir(folder, { recursive: true })
  const entries = await readdir(folder, { withFileTypes: true })
  const all = await Promise.all(
    entries.filter((it) => it.isFile()).map(({ name }) => factsOf(folder, name)),
  )
  return all.filter((it) => it !== undefined)
}

async function factsOf(folder: string, name: string): Promise<Listed | undefined> {
  try {
    const { size: bytes, mtimeMs } = await lstat(join(folder, name))
    return { name, bytes, changedMs: Math.floor(mtimeMs) }
  } catch (error) {
    if (isGone(error)) return undefined
    throw error
  }
}

/** Not more of it than is wanted is ever read. */
async function textOf(path: string, mostBytes: number): Promise<string | undefined> {
  let file
  try {
    file = await open(path)
    const { bytesRead, buffer } = await file.read(Buffer.alloc(mostBytes + 1), 0, mostBytes + 1, 0)
    return bytesRead > mostBytes ? undefined : buffer.toString('utf8', 0, bytesRead)
  } catch (error) {
    if (isGone(error)) return undefined
    throw error
  } finally {
    await file?.close()
  }
}

/** Never in place of another file: a link is refused where the name is taken, a rename is not. */
async function moved(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to)
    await unlink(from)
    return true
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'EEXIST') return false
    if (code === 'EPERM' || code === 'ENOTSUP' || code === 'ENOSYS') return renamed(from, to)
    throw error
  }
}

/** For file systems without links: who else gives names that end so is no concern of theirs. */
async function renamed(from: string, to: string): Promise<boolean> {
  if (await lstat(to).then(Boolean, () => false)) return false
  await rename(from, to)
  return true
}

function isGone(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT'
}
