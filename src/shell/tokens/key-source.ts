// The keys of one authorization server: fetched when they are asked for, kept, and fetched anew when a token names one that
// is not among them. One fetch at a time, and never one right after another, whatever anybody sends.

import { keySetOf } from './jose.ts'
import type { KeySet } from './jose.ts'

/** Keys; or why there are none, in one sentence. */
export type Keys = KeySet | { readonly reason: string }

/** Where the keys of one server come from. */
export interface KeySource {
  /** @param isWanting the keys that are known do not have the one that is looked for */
  readonly keys: (isWanting: boolean) => Promise<Keys>
}

/** What fetching needs from outside. */
export interface KeyParts {
  /** what stands at an address; rejects with one sentence, and within seconds */
  readonly fetchText: (url: string) => Promise<string>
  /** milliseconds since 1970 */
  readonly now: () => number
}

/** milliseconds for which keys are not asked for again, unless one is wanting */
const FRESH_MS = 10 * 60_000
/** milliseconds for which they go on being used while their server does not answer: a key that it takes back counts no longer */
const LAST_MS = 60 * 60_000
/** milliseconds between two fetches that nothing but tokens ask for: anybody can write an unknown kid */
const COOLDOWN_MS = 30_000
/** milliseconds after a fetch that has failed in which none is tried */
const PAUSE_MS = 5_000

/** @param url of a JWK Set, as it is configured */
export function keySource(url: string, { fetchText, now }: KeyParts): KeySource {
  let known: { readonly set: KeySet; readonly at: number } | undefined
  let failed: { readonly reason: string; readonly at: number } | undefined
  let pending: Promise<void> | undefined

  async function load(): Promise<void> {
    try {
      const set = keySetOf(await fetchText(url))
      known = { set, at: now() }
      failed = undefined
    } catch (error) {
      failed = { reason: `${url} ${(error as Error).message}.`, at: now() }
    }
  }

  function isDue(isWanting: boolean): boolean {
    if (failed !== undefined && now() - failed.at < PAUSE_MS) return false
    if (known === undefined) return true
    return now() - known.at >= (isWanting ? COOLDOWN_MS : FRESH_MS)
  }

  async function keys(isWanting: boolean): Promise<Keys> {
    if (isDue(isWanting)) pending ??= load().finally(() => (pending = undefined))
    if (pending !== undefined) await pending
    const isLasting = known !== undefined && now() - known.at < LAST_MS
    // Whether a key that is wanting is a new one, nobody can say while they cannot be fetched.
    if (isLasting && !(isWanting && failed !== undefined)) return (known as { set: KeySet }).set
    return { reason: failed?.reason ?? `${url} has not answered.` }
  }

  return { keys }
}
