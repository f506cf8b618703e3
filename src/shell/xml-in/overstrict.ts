// Values that libxml2 refuses although XML Schema takes them: of those our own diagnosis decides, which knows the type.

import type { Draft } from '../../envelope/finding.ts'
import type { EngineError } from './engine.ts'
import type { Opened } from './open.ts'

/** White space in front of a date or time, which every type of them collapses (Part 2 §4.3.6), derived ones too. */
const REFUSED = /: '\s+[-+:.TZ\d]{3,64}\s*' is not a valid value of the (?:local )?atomic type\b/

/** The complaints without those that are about such values alone. @param ours the diagnosis of the same element */
export function withoutOverstrict(
  errors: readonly EngineError[],
  ours: readonly Draft[],
  { elementAt }: Pick<Opened, 'elementAt'>,
): readonly EngineError[] {
  return errors.filter((it) => {
    const at = REFUSED.test(it.message) ? elementAt(it.node)?.index : undefined
    return at === undefined || ours.some((one) => one.at === at)
  })
}
