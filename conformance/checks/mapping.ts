// What is found in a ledger: every loss, with its places on both sides.

import type { Observation } from '../finding.ts'
import { observed } from '../finding.ts'
import type { Entry } from '../mapping/ledger.ts'

/** What the ledger itself finds; round trips are told under their own. */
export const LEDGER_REQUIREMENTS: readonly string[] = [
  ...['MAP-01', 'MAP-02', 'MAP-03', 'MAP-04', 'MAP-05', 'MAP-06', 'MAP-07', 'MAP-08'],
  ...['MAP-09', 'MAP-10', 'MAP-11', 'MAP-12', 'MAP-13', 'MAP-14', 'MAP-15', 'MAP-16', 'MAP-17'],
]

/** @param under one requirement for all of it, as of a round trip; undefined = that of each loss */
export function ledgerFindings(entries: readonly Entry[], under?: string): readonly Observation[] {
  return entries.flatMap((it) => {
    if (it.requirement === undefined) return []
    const isXml = it.line > 0 && it.to !== ''
    return [
      {
        ...observed(under ?? it.requirement, 'L8', {
          expected: shown(it.from === '' ? undefined : it.said),
          got: shown(it.to === '' ? undefined : it.got),
          message: sentence(it),
          path: it.to === '' ? it.from : it.to,
          line: isXml || it.to === '' ? it.line : 0,
        }),
        check: it.requirement,
        ...(it.from !== '' && it.to !== '' ? { counterpart: it.from } : {}),
      },
    ]
  })
}

function sentence({ fate, from, to, requirement }: Entry): string {
  if (fate === 'dropped') return `${from} is lost: it does not stand on the other side.`
  if (fate === 'invented') return `${to} is invented: nothing was said that it could come from.`
  if (requirement === 'MAP-12') return `Items of ${from} stand in another order at ${to}.`
  return `${from} has become another value at ${to}.`
}

/** characters of a value in a report; the whole stands in the ledger */
const MOST = 120

function shown(text: string | undefined): string {
  if (text === undefined) return 'nothing'
  const quoted = JSON.stringify(text)
  return quoted.length <= MOST ? quoted : `${quoted.slice(0, MOST)}… (${text.length} characters)`
}
