// Names and patterns of those who take part: parties, and cimgate itself.

import { matched } from '../../../gateway/parties/patterns.ts'
import { resolved } from '../../../gateway/parties/routing.ts'
import { meant } from '../meant.ts'
import type { Path } from '../tree.ts'
import type { Across, Facts } from './check.ts'

/** What is wrong with the name or pattern of somebody who takes part; cimgate is one of them. */
export function unknownParty(
  path: Path,
  text: string,
  { topology, written }: Facts,
): readonly Across[] {
  const { parties, aliases } = topology
  const ids = [...parties.map((it) => it.id), written.source]
  if (ids.some((it) => matched(text, it) !== undefined)) return []
  if (/[*{]/.test(text))
    return [
      {
        path,
        because: [['parties']],
        severity: 'warning',
        message: 'no party is called so; add one, or leave it out',
      },
    ]
  const because = [['parties', text]]
  const owner = parties.find((it) => it.sources.includes(text))?.id
  if (owner !== undefined)
    return [{ path, because, message: `${text} is a Source of ${owner}; write ${owner}` }]
  if (Object.hasOwn(aliases, text))
    return [
      {
        path,
        because,
        message: `${text} is an alias, and a sender is known by its own name; write ${resolved(text, aliases)}`,
      },
    ]
  return [{ path, because, message: `there is no party ${text}${meant(text, ids)}` }]
}
