// An export of the audit log, read line by line from a file or from standard input.

import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { exportedIn } from '../gateway/audit/exported.ts'
import type { Exported } from '../gateway/audit/exported.ts'

/** A line of the file, by its number from 1; `undefined` = it is none of an export. */
export type FileLine = readonly [number: number, it: Exported | undefined]

/** @param file `-` = standard input @throws when it cannot be read */
export async function* exportLines(file: string): AsyncGenerator<FileLine> {
  const input = file === '-' ? process.stdin : createReadStream(file)
  // Read in this way an error would be lost.
  const failed = new Promise<never>((_, reject) => input.once('error', reject))
  const lines = createInterface({ input, crlfDelay: Infinity })[Symbol.asyncIterator]()
  for (let number = 1; ; number += 1) {
    const { value, done } = await Promise.race([lines.next(), failed])
    if (done === true) return
    yield [number, exportedIn(value as string)]
  }
}
