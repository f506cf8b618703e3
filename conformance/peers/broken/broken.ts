// Peers that are broken in one way each, a line a peer, and the requirements that have to say so. Several are faults that
// earlier harnesses and products have had: canned replies, ids that are lost, a default reply where the message could not
// be read, a result that does not say what was done.

import { DEEDS } from './deeds.ts'
import { PARTIES } from './parties.ts'
import { WORDS } from './words.ts'
import type { Row } from './words.ts'
import type { Role } from '../../shapes.ts'
import type { Variant } from '../variants.ts'

/** One of them. */
export interface BrokenPeer {
  readonly id: string
  /** whose reference peer it is made of */
  readonly role: Role
  /** requirements that have to be found not to be met; others may be found with them */
  readonly kills: readonly string[]
  /** no others may */
  readonly isExact: boolean
  readonly of: Variant
}

/** All of them. */
export const BROKEN_PEERS: readonly BrokenPeer[] = [
  ...brokenOf('DOP', [...WORDS, ...DEEDS]),
  ...Object.entries(PARTIES).flatMap(([role, rows]) => brokenOf(role as Role, rows)),
]

function brokenOf(role: Role, rows: readonly Row[]): readonly BrokenPeer[] {
  const isExact = role === 'GW'
  return rows.map(([id, kills, of]) => ({ id, role, kills: kills.split(' '), isExact, of }))
}
