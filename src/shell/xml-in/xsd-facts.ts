// What the shipped schemas say about themselves, worked out when cimgate is built: a command that starts parses only
// what its message needs. Facts are found by the SHA-256 of a file, which is that of the build as long as nobody has
// written the file; a file without facts is parsed as ever.

import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { factsOf } from '../../schema/schema-facts.ts'
import type { SchemaFacts } from '../../schema/schema-facts.ts'
import { loadEngine } from './engine.ts'
import { parseXml } from './parse-xml.ts'
import { readSchemas } from './xsd-read.ts'
import type { Known, KnownFile, SchemaFolder } from './xsd-read.ts'

/** dist/src/shell/xml-in/xsd-facts.js -> dist/xsd-facts.json */
const FILE = new URL('../../../xsd-facts.json', import.meta.url)

/** A file in what a build keeps. */
interface Kept extends KnownFile {
  readonly name: string
  readonly facts: SchemaFacts
}

/** What is known of the shipped files since this build; nothing where it has none. */
export function builtFacts(file: URL = FILE): Known {
  const kept = keptIn(file)
  return {
    facts: new Map(kept.map((it) => [it.sha256, it.facts])),
    files: new Map(kept.map((it) => [it.name, it])),
  }
}

function keptIn(file: URL): readonly Kept[] {
  try {
    const kept = JSON.parse(readFileSync(file, 'utf8')) as unknown
    return Array.isArray(kept) ? kept : []
  } catch {
    return []
  }
}

/** The same for whoever runs on for long: all files are read at the beginning, as there may be others by and by. */
export function lastingFacts(file: URL = FILE): Known {
  return { ...builtFacts(file), files: new Map() }
}

/** Works out the facts of all files of a folder and keeps them beside the program. */
export async function buildFacts(folder: SchemaFolder, file: URL = FILE): Promise<void> {
  await loadEngine()
  const { files } = await readSchemas([folder], parseXml)
  const kept = files.map(({ location, sha256, root }): Kept => {
    const name = location.replace(/^\/\d+\//, '')
    const { size, mtimeMs } = statSync(join(folder.path, name))
    return { name, size, mtimeMs, sha256, facts: factsOf(root) }
  })
  writeFileSync(file, JSON.stringify(kept))
}
