// Peers that are wrong as products are, by somebody who has read the standard and the register and not the checks: each says
// what has to find it. What the suite does not find of these is a hole in the suite, not in the list.

import type { Role } from '../../shapes.ts'
import { DEEDS_OF_OTHERS } from '../independent-deeds.ts'
import { WORDS_OF_OTHERS } from '../independent-words.ts'
import type { Variant } from '../variants.ts'

/** One of them. */
export type Independent = readonly [id: string, role: Role, kills: string, of: Variant]

/** All of them. */
export const INDEPENDENT_PEERS: readonly Independent[] = [...WORDS_OF_OTHERS, ...DEEDS_OF_OTHERS]
