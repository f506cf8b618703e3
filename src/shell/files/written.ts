// A file written as it comes: its size and its digest are known when it is on disk.

import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import { fileFault } from '../../gateway/files/ports.ts'
import type { Shelved } from '../../gateway/files/ports.ts'

/** What is known of it then. */
export type Written = Omit<Shelved, 'place'>

/**
 * Writes a file that is on disk when it resolves.
 * @throws {CimError} `too-large`
 */
export async function written(
  octets: AsyncIterable<Uint8Array>,
  path: string,
  mostBytes: number,
): Promise<Written> {
  const hash = createHash('sha256')
  let bytes = 0
  const file = await open(path, 'wx')
  try {
    for await (const chunk of octets) {
      bytes += chunk.length
      if (bytes > mostBytes)
        throw fileFault(
          `It has more than ${mostBytes} octets, the most that a file may have.`,
          true,
        )
      hash.update(chunk)
      await file.write(chunk)
    }
    await file.sync()
  } finally {
    await file.close()
  }
  return { bytes, sha256: hash.digest('hex') }
}

/** SHA-256 of a file, hex. */
export async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  const file = await open(path)
  try {
    for await (const chunk of file.createReadStream({ autoClose: false }))
      hash.update(chunk as Buffer)
  } finally {
    await file.close()
  }
  return hash.digest('hex')
}
