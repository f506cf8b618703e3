// Nonces of UsernameTokens that have proved somebody: each proves once. They are kept in memory, as long as their token
// would be fresh; a token that is older than what had to be forgotten sooner is refused, so that nothing is let in twice.

/** One use of a nonce. */
export interface Use {
  /** whose token it is: nobody fills the place of another */
  readonly party: string
  /** the same text for the same octets */
  readonly nonce: string
  /** milliseconds since 1970; when the token was made */
  readonly createdMs: number
}

/** Nonces that have been used. */
export interface Nonces {
  /** Uses one at a time. @returns why it may not be used, undefined where it may */
  readonly use: (it: Use, nowMs: number) => 'used' | 'forgotten' | undefined
  /** kept at the moment */
  readonly size: (party: string) => number
}

/** kept for each party: at 300 tokens a second those of five minutes */
const MOST = 100_000

interface Kept {
  /** when the token of a nonce was made, in the order of use */
  readonly used: Map<string, number>
  /** newest token whose nonce was forgotten while it was fresh */
  forgottenMs: number
}

/** @param freshMs how long a token proves anything @param most nonces of one party */
export function noncesFor(freshMs: number, most = MOST): Nonces {
  const byParty = new Map<string, Kept>()

  function use({ party, nonce, createdMs }: Use, nowMs: number) {
    const kept = byParty.get(party) ?? { used: new Map(), forgottenMs: -Infinity }
    byParty.set(party, kept)
    dropStale(kept, nowMs - freshMs)
    if (kept.used.has(nonce)) return 'used'
    if (createdMs <= kept.forgottenMs) return 'forgotten'
    if (kept.used.size >= most) forgetFirst(kept)
    kept.used.set(nonce, createdMs)
    return undefined
  }

  return { use, size: (party) => byParty.get(party)?.used.size ?? 0 }
}

/** From the first on: one that stays behind a fresh one goes later. */
function dropStale({ used }: Kept, oldestMs: number): void {
  for (const [nonce, createdMs] of used) {
    if (createdMs >= oldestMs) return
    used.delete(nonce)
  }
}

function forgetFirst(kept: Kept): void {
  const [first] = kept.used
  if (first === undefined) return
  const [nonce, createdMs] = first
  kept.used.delete(nonce)
  kept.forgottenMs = Math.max(kept.forgottenMs, createdMs)
}
