// Programme systems that settle and credit wrongly, a line each.

import { blind } from './programs.ts'
import type { Row } from './words.ts'
import { programsDoing } from '../programs.ts'
import { credited, miscalculated, unfinished } from '../settlement.ts'

/** All of them. */
export const SETTLEMENT_ROWS: readonly Row[] = [
  [
    'rounds every half up',
    'SET-01',
    () =>
      programsDoing('create ProgramSettlements', ({ guards }) => ({
        guards: [...guards.slice(0, 1), miscalculated(() => true)],
      })),
  ],
  blind('settles a season that goes on', 'SET-02', 'create ProgramSettlements', unfinished),
  blind(
    'credits a settlement once for each trigger',
    'SET-03',
    'create SettlementCredits',
    credited,
  ),
]
