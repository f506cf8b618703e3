// What a folder of a run holds, file by file with its hash, and the signature over that: so that nobody can change a verdict
// unseen. Files are told apart by names that stay inside the folder.

import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify,
} from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { sha256 } from '../ids.ts'
import { readShape, z } from '../shape.ts'
import type { Read } from '../shape.ts'

/** Names of what vouches for the others, and is in no manifest itself. */
export const [MANIFEST, SIGNATURE, PUBLIC_KEY] = [
  'manifest.json',
  'manifest.sig',
  'public-key.pem',
] as const

/** Files of a run by their names in the folder. */
export type Files = Readonly<Record<string, Uint8Array | string>>

// A name that leads out of the folder would have another file judged than the one that is meant.
const fileName = z.string().regex(/^(?!.*(?:^|\/)\.\.?(?:\/|$))[\w.-]+(?:\/[\w.-]+)*$/)
const MANIFEST_SHAPE = z.strictObject({
  format: z.literal('cimgate-conformance-bundle-1'),
  hash: z.literal('SHA-256'),
  files: z.record(fileName, z.string().regex(/^[0-9a-f]{64}$/)),
})
/** The files of a run with their hashes. */
export type Manifest = z.infer<typeof MANIFEST_SHAPE>

/** Its text: the same files have the same, whatever their order. */
function manifestOf(files: Files): string {
  const names = Object.keys(files).sort()
  const hashes = names.map((it) => [it, sha256(files[it] ?? '')])
  const manifest = {
    format: 'cimgate-conformance-bundle-1',
    hash: 'SHA-256',
    files: Object.fromEntries(hashes) as Record<string, string>,
  } satisfies Manifest
  return `${JSON.stringify(manifest, undefined, 2)}\n`
}

/** The text of a manifest, read. */
export function readManifest(text: string): Read<Manifest> {
  return readShape(MANIFEST_SHAPE, text, MANIFEST)
}

/** What a run is called for ever: it follows from all that is in it. */
export function runIdOf(manifest: string | Uint8Array): string {
  return sha256(manifest).slice(0, 16)
}

/** A key that signs, and where it comes from. */
export interface Signer {
  readonly key: KeyObject
  readonly origin: 'given' | 'fresh'
}

/** @param pem private key of Ed25519; undefined = a fresh one, for this run alone @throws what is wrong with it */
export function signerOf(pem: string | undefined): Signer {
  if (pem === undefined) return { key: generateKeyPairSync('ed25519').privateKey, origin: 'fresh' }
  return { key: ed25519(() => createPrivateKey(pem), 'private'), origin: 'given' }
}

/** @throws what is wrong with it */
export function publicKeyOf(pem: string): KeyObject {
  return ed25519(() => createPublicKey(pem), 'public')
}

function ed25519(read: () => KeyObject, kind: string): KeyObject {
  let key: KeyObject
  try {
    key = read()
  } catch (error) {
    throw new Error(`is no ${kind} key in PEM without a password (${String(error)})`)
  }
  if (key.asymmetricKeyType !== 'ed25519')
    throw new Error(
      `is a key of ${key.asymmetricKeyType ?? 'another kind'}; one of Ed25519 is due: openssl genpkey -algorithm ed25519`,
    )
  return key
}

/** SHA-256 of a public key as it is in the folder. */
export function fingerprintOf(key: KeyObject): string {
  const open = key.type === 'public' ? key : createPublicKey(key)
  const der = open.export({ type: 'spki', format: 'der' })
  return createHash('sha256').update(der).digest('hex')
}

/** Everything of a run with what vouches for it. */
export function sealed(files: Files, { key }: Signer): Files {
  const manifest = manifestOf(files)
  return {
    ...files,
    [MANIFEST]: manifest,
    [SIGNATURE]: sign(null, Buffer.from(manifest), key),
    [PUBLIC_KEY]: createPublicKey(key).export({ type: 'spki', format: 'pem' }),
  }
}

/** Whether the signature is one of this key over the manifest. */
export function isSigned(manifest: Uint8Array, signature: Uint8Array, key: KeyObject): boolean {
  return verify(null, manifest, key, signature)
}

/** What is not as the manifest says. */
export interface Difference {
  readonly file: string
  readonly kind: 'changed' | 'missing' | 'added'
}

/** @param hashes of the files that are there; undefined: no plain file */
export function differences(
  { files }: Manifest,
  hashes: ReadonlyMap<string, string | undefined>,
): readonly Difference[] {
  const vouching: readonly string[] = [MANIFEST, SIGNATURE, PUBLIC_KEY]
  const listed = Object.entries(files).flatMap(([file, hash]): readonly Difference[] => {
    if (!hashes.has(file)) return [{ file, kind: 'missing' }]
    return hashes.get(file) === hash ? [] : [{ file, kind: 'changed' }]
  })
  const added = [...hashes.keys()].filter((it) => !(it in files) && !vouching.includes(it))
  return [...listed, ...added.map((file) => ({ file, kind: 'added' as const }))]
}
