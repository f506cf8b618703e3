// A run as a folder: the octets that passed, what it was made from, and the reports made from its results.

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Ran } from '../engine/run.ts'

/** Writes a run. @param sources texts of the files it was made from, by their names in the folder */
export function writeFolder(
  folder: string,
  { results, passed }: Ran,
  sources: Readonly<Record<string, string>>,
): void {
  mkdirSync(join(folder, 'wire'), { recursive: true })
  for (const { file, bytes } of passed) writeFileSync(join(folder, file), bytes)
  for (const [name, text] of Object.entries(sources)) writeFileSync(join(folder, name), text)
  writeFileSync(join(folder, 'results.json'), `${JSON.stringify(results, undefined, 2)}\n`)
}
