// Events of programmes: planned in stages by a DERMS, mirrored to whoever keeps the programmes, and told of as they begin, end
// or are cancelled. An event is where its stages together are, and takes the devices in them along.

import { STAGE } from '../lifecycles/stage.ts'
import type { JsonObject } from '../schema/json-text.ts'
import { asking, statusOf } from './document-status.ts'
import { enrolledBreaches, enrolledSearches, saidOfEnrolled } from './event-enrolled.ts'
import { EVENT_ORDER } from './event-order.ts'
import { eventMoves, eventSearches, outcomeTurns, releases } from './event-moves.ts'
import { eventBreaches, timeBreaches, toldBreaches, unseenEvent } from './event-rules.ts'
import type { Timing } from './event-rules.ts'
import { forecastBreaches, forecastsFor, saidOfForecasts } from './event-forecast.ts'
import { defineFlow } from './flow.ts'
import type { Flow } from './flow.ts'
import { NAMED_PROGRAM } from './program-terms.ts'
import { QUANTITIES } from './quantities.ts'
import { REPORT_VERBS } from './record.ts'
import type { ByRole } from './role.ts'
import { stageClaims } from './stage-ref.ts'
import {
  STAGE_ITEMS,
  askingStages,
  stageTrigger,
  stagesApart,
  stagesOf,
  stagesUndone,
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

/** What depends on how the configuration has times of stages judged. */
function timed(timing: Timing): Pick<Flow, 'stepped' | 'rules' | 'tells'> {
  return {
    stepped: steppedStages(timing.stops),
    rules: (...it) => [
      ...timeBreaches(timing)(...it),
      ...enrolledBreaches(...it),
      ...forecastBreaches(...it),
    ],
    tells: toldBreaches(timing),
  }
}

/** What is completed before it has begun may only have come before that. */
function held(seconds: number): NonNullable<Flow['waits']> {
  return { rules: ['STG-ORDER'], forMs: seconds * 1_000 }
}

const HOUR_MS = 3_600_000

const USUAL: Timing = { stops: false, skewMs: QUANTITIES.stageSkew.usually * 1_000 }

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
  status: { of: statusOf, written: writtenEvent },
  ...timed(USUAL),
  invariants: eventBreaches,
  leadsTo: forecastsFor,
  named: { DemandResponseProgram: NAMED_PROGRAM },
  says: (it, state, around) =>
    saidOfForecasts(it, state, around) ?? (around && saidOfEnrolled(it, around)),
  unseen: unseenEvent,
  making: 'EVT-MAKING',
  claims: { inState: stageClaims },
  belongs: EVENT_ORDER,
  itemwise: stagesApart,
  undoes: stagesUndone,
  frozen: {
    rule: 'EVT-FROZEN',
    freezes: [
      { members: ['DemandResponseProgram'] },
      { members: ['interval'], each: STAGE_ITEMS },
      {
        members: ['targetReduction'],
        in: ['IN_PROGRESS', 'COMPLETED', 'CANCELED'],
        each: STAGE_ITEMS,
      },
    ],
  },
  searches: (before, after, find, isGoing) =>
    before === undefined ? enrolledSearches(after, find) : eventSearches(before, after, isGoing),
  moves: (before, after, _find, all) => eventMoves(before, after, all),
  ends: (before, _find, all) => stagesOf(before).flatMap((it) => releases(it, all)),
  asks: { cancel: askingStages('CANCELED'), close: askingStages('COMPLETED') },
  itemSteps: {
    stages: {
      start: asking('IN_PROGRESS'),
      complete: asking('COMPLETED'),
      cancel: asking('CANCELED'),
    },
  },
  turns: outcomeTurns(QUANTITIES.outcomeWithin.usually * HOUR_MS),
  policies: { allowInProgressCancel: timed({ ...USUAL, stops: true }) },
  waits: held(QUANTITIES.stageGrace.usually),
  quantities: ({ stageSkew, stageGrace, outcomeWithin }, policies) => ({
    waits: held(stageGrace),
    ...timed({ stops: policies.includes('allowInProgressCancel'), skewMs: stageSkew * 1_000 }),
    turns: outcomeTurns(outcomeWithin * HOUR_MS),
  }),
})

function trigger(before: JsonObject | undefined, after: JsonObject | undefined): string {
  if (after === undefined) return 'delete'
  if (before === undefined) return 'schedule'
  return stageTrigger(statusOf(before) ?? '', statusOf(after) ?? '')
}
