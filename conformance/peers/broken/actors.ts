// Peers that are broken in one way each, and the branch of a script in which that shows.

import type { Role } from '../../shapes.ts'
import { AGREEMENT_ACTORS } from './agreements.ts'
import { CONNECTION_ACTORS } from './connections.ts'
import { EDITION_ACTORS } from './editions.ts'
import { WORK_ACTORS } from './works.ts'
import type { Variant } from '../variants.ts'

/** [branch, role, what it does, requirements that have to be found, how] */
export type BrokenRow = readonly [string, Role, string, string, Variant]

/** One of them. */
export interface BrokenActor {
  readonly branch: string
  readonly role: Role
  readonly id: string
  /** requirements that have to be found not to be met, and no other */
  readonly kills: readonly string[]
  readonly of: Variant
}

/** All of them. */
export const BROKEN_ACTORS: readonly BrokenActor[] = [
  ...CONNECTION_ACTORS,
  ...WORK_ACTORS,
  ...AGREEMENT_ACTORS,
  ...EDITION_ACTORS,
].map(([branch, role, id, kills, of]) => ({ branch, role, id, kills: kills.split(' '), of }))
