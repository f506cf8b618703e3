// Which suite has judged, so that two runs can be compared: by version, by a hash over everything that judges, and by one
// over the schemas that messages are judged by.

import { createHash } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { sha256 } from '../ids.ts'
import type { Results } from '../results-shape.ts'

/** @param xsd folders of schemas besides the shipped ones */
export function suiteIdentity(xsd: readonly string[]): Results['suite'] {
  const { version } = JSON.parse(readFileSync(at('package.json'), 'utf8')) as { version: string }
  // The compiled code, not its source: a clone and a package have the same.
  const hash = hashOver([
    [at('conformance'), /^(?!schemas|selftest).*\.(json|xml)$/],
    // How a run is told and kept decides nothing.
    [CODE, /^(?!report\/|.*\.(test|fixture)\.).*\.js$/],
  ])
  const schemas = hashOver([at('xsd'), ...xsd].map((it) => [it, /\.xsd$/]))
  return { name: 'cimgate conformance', version, hash, schemas, node: process.versions.node }
}

/** Where this is compiled to. */
const CODE = fileURLToPath(new URL('..', import.meta.url)).replace(/[/\\]$/, '')

function at(path: string): string {
  return fileURLToPath(new URL(`../../../${path}`, import.meta.url))
}

function hashOver(folders: readonly (readonly [folder: string, wanted: RegExp])[]): string {
  const hash = createHash('sha256')
  for (const [folder, wanted] of folders)
    for (const it of filesIn(folder).filter((one) => wanted.test(one)))
      hash.update(`${it}\0${sha256(readFileSync(`${folder}/${it}`))}\n`)
  return hash.digest('hex')
}

/** Paths in the folder, with `/`, in order. */
export function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((it) => it.isFile())
    .map((it) => `${it.parentPath}/${it.name}`.replaceAll('\\', '/').slice(folder.length + 1))
    .sort()
}
