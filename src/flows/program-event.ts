// Events of programmes: planned in stages by a DERMS, mirrored to whoever keeps the programmes, and told of as they begin, end
// or are cancelled. An event is where its stages together are.

import { STAGE } from '../lifecycles/stage.ts'
import type { JsonObject } from '../schema/json-text.ts'
import { statusOf } from './document-status.ts'
import { eventBreaches } from './event-rules.ts'
import { defineFlow } from './flow.ts'
import { REPORT_VERBS } from './record.ts'
import type { ByRole } from './role.ts'
import {
  STAGE_ITEMS,
  askingStages,
  stageTrigger,
  steppedStages,
  stepsTaken,
  writtenEvent,
} from './stages.ts'

/** Events are the DERMS's. */
const BY: ByRole = {
  steps: {},
  otherwise: ['derms', 'dso-ops', 'dso-dms'],
  told: ['derms'],
  taken: stepsTaken,
}

export default defineFlow({
  id: 'program-event',
  noun: 'ProgramEvents',
  objectType: 'ProgramEvent',
  verbs: [...REPORT_VERBS, 'get', 'cancel', 'canceled', 'close', 'closed'],
  pattern: 'RR',
  about: 'plan events of programmes in stages, and tell how far they are',
  source: 'EV-01 to EV-03, G-AC21 to G-AC24, G-AC28',
  lifecycle: STAGE,
  by: BY,
  trigger,
  stepped: steppedStages(false),
  status: { of: statusOf, written: writtenEvent },
  invariants: eventBreaches,
  frozen: {
    rule: 'EVT-FROZEN',
    freezes: [
      { members: ['DemandResponseProgram'] },
      {
        members: ['interval', 'targetReduction'],
        in: ['IN_PROGRESS', 'COMPLETED', 'CANCELED'],
        each: STAGE_ITEMS,
      },
    ],
  },
  asks: { cancel: askingStages('CANCELED'), close: askingStages('COMPLETED') },
})

function trigger(before: JsonObject | undefined, after: JsonObject | undefined): string {
  if (after === undefined) return 'delete'
  if (before === undefined) return 'schedule'
  return stageTrigger(statusOf(before) ?? '', statusOf(after) ?? '')
}
