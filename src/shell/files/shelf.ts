// The folder in which files are worked on: a copy of each as long as it is looked at, what comes twice in it, and what was found in
// it. A copy is whole and on disk before anything is read of it.

import { createReadStream } from 'node:fs'
import { appendFile, mkdir, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Shelf, Shelved } from '../../gateway/files/ports.ts'
import { headerOf, linesOf } from './records.ts'
import { openTwins } from './twins.ts'
import { written } from './written.ts'

/** A shelf in a folder, which is made when it is first used; copies that a crash has left behind go then. */
export function shelfIn(folder: string): Shelf {
  let made: Promise<unknown> | undefined
  const ready = () => (made ??= cleared(folder))
  const at = (name: string) => join(folder, name)

  return {
    copy: async (octets, mostBytes) => {
      await ready()
      return copied(octets, folder, mostBytes)
    },
    lines: (place, layout) => linesOf(at(place), layout),
    header: (place, layout) => headerOf(at(place), layout),
    twins: async (bytes) => {
      await ready()
      return openTwins(folder, bytes)
    },
    note: async (name, lines) => {
      await ready()
      await appendFile(at(name), lines.map((it) => `${it}\n`).join(''))
    },
    noted: (name, most) => firstLines(at(name), most),
    drop: (name) => rm(at(name), { force: true }),
  }
}

const COPY = '.copy'

async function cleared(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  const names = await readdir(folder)
  for (const it of names.filter((name) => /\.(copy|part|twins)$/.test(name)))
    await rm(join(folder, it), { recursive: true, force: true })
}

/** Under its content's name, so that two copies of one file are one. */
async function copied(
  octets: AsyncIterable<Uint8Array>,
  folder: string,
  mostBytes: number,
): Promise<Shelved> {
  const part = join(folder, `${crypto.randomUUID()}.part`)
  try {
    const { bytes, sha256 } = await written(octets, part, mostBytes)
    const place = `${sha256}${COPY}`
    await rename(part, join(folder, place))
    return { place, bytes, sha256 }
  } finally {
    await rm(part, { force: true })
  }
}

async function firstLines(path: string, most: number): Promise<readonly string[]> {
  const lines: string[] = []
  const input = createReadStream(path)
  try {
    for await (const it of createInterface({ input, crlfDelay: Infinity })) {
      lines.push(it)
      if (lines.length >= most) break
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  } finally {
    input.destroy()
  }
  return lines
}
