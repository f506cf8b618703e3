// Hashes, and ids that follow from the seed of a run and from what they are for: the same run has the same ids, without anything kept.

import { createHash } from 'node:crypto'

/** Hexadecimal. */
export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex')
}

/** A UUID of version 4 in form, made from the seed and the words. */
export function uuidOf(seed: string, ...words: readonly string[]): string {
  const hex = sha256([seed, ...words].join('\u0000'))
  const variant = ((parseInt(hex.slice(16, 17), 16) & 0x3) | 0x8).toString(16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** A name that no other run has. */
export function nameOf(seed: string, ...words: readonly string[]): string {
  return `${words.at(-1) ?? ''}-${uuidOf(seed, ...words).slice(0, 8)}`
}

/** The word of a run in the addresses of the tester: what is of another run is told so. */
export function tokenOf(seed: string): string {
  return uuidOf(seed, 'run').slice(0, 8)
}
