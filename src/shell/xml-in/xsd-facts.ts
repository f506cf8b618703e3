// What the shipped schemas say about themselves, worked out when cimgate is built: a command that starts parses only
// what its message needs. Facts are found by the SHA-256 of a file, so that they can never be those of another one;
// a file without facts is parsed as ever.

import { readFileSync, writeFileSync } from 'node:fs'
import { factsOf } from '../../schema/schema-facts.ts'
import type { SchemaFacts } from '../../schema/schema-facts.ts'
import { loadEngine } from './engine.ts'
import { parseXml } from './parse-xml.ts'
import { readSchemas } from './xsd-read.ts'
import type { KnownFacts, SchemaFolder } from './xsd-read.ts'

/** dist/src/shell/xml-in/xsd-facts.js -> dist/xsd-facts.json */
const FILE = new URL('../../../xsd-facts.json', import.meta.url)

/** The facts of this build; none where it has none. */
export function builtFacts(file: URL = FILE): KnownFacts {
  try {
    const text = readFileSync(file, 'utf8')
    return new Map(Object.entries(JSON.parse(text) as Readonly<Record<string, SchemaFacts>>))
  } catch {
    return new Map()
  }
}

/** Works out the facts of all files of a folder and keeps them beside the program. */
export async function buildFacts(folder: SchemaFolder, file: URL = FILE): Promise<void> {
  await loadEngine()
  const { files } = await readSchemas([folder], parseXml)
  const facts = Object.fromEntries(files.map((it) => [it.sha256, factsOf(it.root)]))
  writeFileSync(file, JSON.stringify(facts))
}
