// What a check across a configuration looks at, and what it says.

import type { TlsMaterial } from '../../../gateway/access/tls.ts'
import type { Topology } from '../../../gateway/parties/party.ts'
import type { Complaint } from '../problem.ts'
import type { Written } from '../schema.ts'
import type { Path } from '../tree.ts'

/** A configuration that follows its schema, as it is written and as the gateway sees it. */
export interface Facts {
  readonly written: Written
  readonly topology: Topology
  /** absent = nothing is served over TLS */
  readonly tls?: TlsMaterial | undefined
}

/** A complaint, and what else it follows from: where that is broken itself, nothing is said. */
export interface Across extends Complaint {
  readonly because?: readonly Path[]
}

/** Everything of one kind that is wrong. */
export type Check = (facts: Facts) => readonly Across[]

/** Texts in a list, with their paths; a single text is a list of one. */
export function each(
  path: Path,
  all: readonly string[] = [],
): readonly { readonly path: Path; readonly text: string }[] {
  return all.map((text, at) => ({ path: [...path, at], text }))
}
