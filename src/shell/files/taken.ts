// A file that is put into a folder: hidden until all of it is on disk, and then there at once, never in place of another one.

import { link, lstat, mkdir, open, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Taken } from '../../gateway/files/ports.ts'
import { digestOf, written } from './written.ts'

/** @throws {CimError} `too-large`, and what reading the octets throws */
export async function taken(
  octets: AsyncIterable<Uint8Array>,
  folder: string,
  mostBytes: number,
): Promise<Taken> {
  await mkdir(folder, { recursive: true })
  await forgetLeft(folder)
  const hidden = join(folder, `.${crypto.randomUUID()}${PUT}`)
  const drop = () => rm(hidden, { force: true })
  try {
    const facts = await written(octets, hidden, mostBytes)
    const keep: Taken['keep'] = async (name) => {
      const path = join(folder, name)
      if (await linked(hidden, path)) {
        await synced(folder)
        return 'kept'
      }
      const known = await digestOf(path).catch(whenGone)
      // Its name has become free meanwhile.
      if (known === undefined) return keep(name)
      return known === facts.sha256 ? 'there' : 'other'
    }
    return { ...facts, keep, drop }
  } catch (error) {
    await drop()
    throw error
  }
}

const PUT = '.put.part'

/** milliseconds for which nobody puts a single file */
const LEFT_MS = 3_600_000

/** What a process has left behind that ended while a file came. */
async function forgetLeft(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((it) => it.endsWith(PUT))
  for (const it of names) {
    const path = join(folder, it)
    const known = await lstat(path).catch(() => undefined)
    if (known !== undefined && Date.now() - known.mtimeMs > LEFT_MS) await rm(path, { force: true })
  }
}

/** A link is refused where the name is taken; a rename is not. */
async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

function whenGone(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
}

/** So that also the name is on disk. */
async function synced(folder: string): Promise<void> {
  const directory = await open(folder)
  try {
    await directory.sync()
  } finally {
    await directory.close()
  }
}
