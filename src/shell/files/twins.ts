// What comes twice in a file, found on disk: each record leaves a digest of its key, a digest of its content and its line in one of
// many small files, by its key; each of these is small enough to be looked through in memory, however long the file is.

import { hash } from 'node:crypto'
import { mkdir, open, readFile, rm } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import type { Twice, Twins } from '../../gateway/files/ports.ts'

/** octets of a digest that are kept: chance makes two of a million keys the same once in 10^26 files */
const DIGEST = 16
/** octets of the number of a line */
const LINE = 6
const ENTRY = 2 * DIGEST + LINE
/** octets of the file for each part: some 40,000 records of a usual length */
const FOR_EACH = 4 * 1024 * 1024
const MOST_PARTS = 256
/** entries that are written together */
const AT_ONCE = 400

/** @param bytes of the file, by which it is divided */
export async function openTwins(folder: string, bytes: number): Promise<Twins> {
  const place = join(folder, `${crypto.randomUUID()}.twins`)
  await mkdir(place)
  const count = Math.min(MOST_PARTS, Math.max(1, Math.ceil(bytes / FOR_EACH)))
  const parts = Array.from({ length: count }, (_, at) => partAt(join(place, String(at))))
  return {
    add: (line, key, content) => {
      const [of, own] = [hash('sha256', key, 'buffer'), hash('sha256', content, 'buffer')]
      return parts[of.readUInt32LE(DIGEST) % count]?.add(of, own, line)
    },
    found: async function* () {
      for (const it of parts) yield* twiceIn(await it.entries())
    },
    drop: async () => {
      await Promise.all(parts.map((it) => it.close()))
      await rm(place, { recursive: true, force: true })
    },
  }
}

interface Part {
  readonly add: (key: Buffer, content: Buffer, line: number) => Promise<void> | undefined
  readonly entries: () => Promise<Buffer>
  readonly close: () => Promise<void>
}

function partAt(path: string): Part {
  const buffer = Buffer.alloc(ENTRY * AT_ONCE)
  let used = 0
  let file: FileHandle | undefined

  async function flush(): Promise<void> {
    file ??= await open(path, 'wx')
    await file.write(buffer, 0, used)
    used = 0
  }

  return {
    add: (key, content, line) => {
      key.copy(buffer, used, 0, DIGEST)
      content.copy(buffer, used + DIGEST, 0, DIGEST)
      buffer.writeUIntLE(line, used + 2 * DIGEST, LINE)
      used += ENTRY
      return used < buffer.length ? undefined : flush()
    },
    entries: async () => {
      if (file === undefined) return buffer.subarray(0, used)
      await flush()
      return readFile(path)
    },
    close: async () => {
      await file?.close()
      file = undefined
    },
  }
}

function* twiceIn(entries: Buffer): Generator<Twice> {
  const first = new Map<string, number>()
  const more = new Map<string, number[]>()
  for (let at = 0; at < entries.length; at += ENTRY) {
    const key = entries.toString('latin1', at, at + DIGEST)
    const known = first.get(key)
    if (known === undefined) {
      first.set(key, at)
      continue
    }
    const places = more.get(key) ?? [known]
    places.push(at)
    more.set(key, places)
  }
  for (const places of more.values()) yield twice(entries, places)
}

function twice(entries: Buffer, [first = 0, ...others]: readonly number[]): Twice {
  const content = (at: number) => entries.subarray(at + DIGEST, at + 2 * DIGEST)
  const line = (at: number) => entries.readUIntLE(at + 2 * DIGEST, LINE)
  const lines = [first, ...others].map(line).toSorted((a, b) => a - b)
  return { lines, isSame: others.every((it) => content(it).equals(content(first))) }
}
