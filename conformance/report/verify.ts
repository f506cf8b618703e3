// `conformance verify`: whether the folder of a run is still what was signed, and by whom.

import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { sha256 } from '../ids.ts'
import { USAGE } from '../layer.ts'
import { entriesOf, octetsIn } from './folder.ts'
import {
  MANIFEST,
  PUBLIC_KEY,
  SIGNATURE,
  differences,
  fingerprintOf,
  isSigned,
  publicKeyOf,
  readManifest,
  runIdOf,
} from './manifest.ts'
import { whyOf } from '../why.ts'

/** Where a command writes. */
interface Out {
  readonly out: (text: string) => void
  readonly err: (text: string) => void
}

/** 0 as signed, 1 something is different, 2 not to be judged. @param publicKey file of the key that it has to be signed by */
export function verifyRun(
  folder: string,
  publicKey: string | undefined,
  { out, err }: Out,
): number {
  try {
    const { lines, isSame } = judgedFolder(folder, publicKey)
    out(`${lines.join('\n')}\n`)
    return isSame ? 0 : 1
  } catch (error) {
    err(`${whyOf(error)}\n`)
    return USAGE
  }
}

/** @throws why it cannot be judged */
function judgedFolder(
  folder: string,
  publicKey: string | undefined,
): { readonly lines: readonly string[]; readonly isSame: boolean } {
  if (!existsSync(folder) || !statSync(folder).isDirectory())
    throw new Error(`${folder}: there is no such folder; name that of a run (run --report DIR)`)
  const manifest = octetsIn(folder, MANIFEST)
  if (manifest === undefined)
    throw new Error(
      `${folder}: ${MANIFEST} is missing: this is no folder of a run, or not a whole one`,
    )
  const read = readManifest(Buffer.from(manifest).toString('utf8'))
  if ('problems' in read) throw new Error(`${folder}: ${read.problems.join('\n')}`)
  const hashes = new Map(
    entriesOf(folder).map(({ name, isPlain }) => [
      name,
      isPlain ? sha256(readFileSync(join(folder, name))) : undefined,
    ]),
  )
  const found = differences(read.value, hashes)
  const { isValid, said } = signature(folder, manifest, publicKey)
  const count = Object.keys(read.value.files).length
  return {
    lines: [
      ...found.map((it) => `${it.kind}: ${shown(it.file)}`),
      `run ${runIdOf(manifest)}: ${count} files, ${found.length === 0 ? 'each as it was' : `${found.length} not as they were`}`,
      `signature: ${said}${isValid ? proven(found.length === 0, publicKey) : ''}`,
    ],
    isSame: found.length === 0 && isValid,
  }
}

/** What a right signature proves: nothing of files that are not what the manifest says. */
function proven(isWhole: boolean, publicKey: string | undefined): string {
  if (!isWhole) return `. Only ${MANIFEST} is as it was signed: the files above are not`
  return publicKey === undefined
    ? '. That proves integrity, not origin: name the key of whom you expect with --public-key'
    : ''
}

/** A name in somebody else's folder may be anything. */
function shown(name: string): string {
  return /^[\x21-\x7e]+$/.test(name) ? name : JSON.stringify(name).replace(/[^\x20-\x7e]/g, '?')
}

function signature(
  folder: string,
  manifest: Uint8Array,
  publicKey: string | undefined,
): { readonly isValid: boolean; readonly said: string } {
  const wanted = publicKey === undefined ? undefined : keyIn(publicKey)
  const signed = octetsIn(folder, SIGNATURE)
  if (signed === undefined) return { isValid: false, said: `${SIGNATURE} is missing` }
  if (wanted === undefined && octetsIn(folder, PUBLIC_KEY) === undefined)
    return { isValid: false, said: `${PUBLIC_KEY} is missing; name a key with --public-key` }
  const key = wanted ?? keyIn(join(folder, PUBLIC_KEY))
  if (!isSigned(manifest, signed, key))
    return {
      isValid: false,
      said: `not one of ${publicKey ?? `the key in the folder`} over this ${MANIFEST}`,
    }
  return {
    isValid: true,
    said:
      wanted === undefined
        ? `right, by the key in the folder (SHA-256 ${fingerprintOf(key)})`
        : `right, by ${publicKey} (SHA-256 ${fingerprintOf(key)})`,
  }
}

/** @throws with the name of the file */
function keyIn(path: string): ReturnType<typeof publicKeyOf> {
  try {
    return publicKeyOf(readFileSync(path, 'utf8'))
  } catch (error) {
    throw new Error(`${path}: ${whyOf(error)}`)
  }
}
