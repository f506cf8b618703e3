// Messages that somebody has captured, judged without a network: each for itself, each exchange as a whole, and whose every
// finding is.

import type { Checks } from '../checks/checks.ts'
import { openNumbers } from '../checks/repeated.ts'
import type { Capture } from '../captured/captured.ts'
import type { CaseResult } from '../results-shape.ts'
import { exchanged } from './exchanged.ts'
import type { Judged } from './judge.ts'
import { halfOf, paired } from './paired.ts'
import type { Told } from './paired.ts'
import { summed } from './summary.ts'
import type { Ran, Run } from './summary.ts'
import { weighed } from './weigh.ts'
import { openWire } from './wire.ts'

/** What captured messages are judged with. */
export interface OfflineRun extends Run {
  readonly judge: (bytes: Uint8Array) => Promise<Judged>
  /** all, where nothing is said */
  readonly checks?: Checks
}

/** Judges everything in a capture. Where there is no message in it, that is the verdict. */
export async function offline(capture: Capture, run: OfflineRun): Promise<Ran> {
  const startedAt = run.now()
  const weights = { plan: run.plan, waivers: run.waivers, today: startedAt.slice(0, 10) }
  const watching = {
    numbers: openNumbers(),
    wire: openWire(),
    taken: new Map<string, number>(),
    source: 'captured messages',
    ...checksOf(run),
  }
  const told: Told[] = []
  for (const captured of capture.messages) {
    const judged = await run.judge(captured.bytes)
    told.push({ captured, judged, half: halfOf(captured, judged) })
  }
  const parties = new Set<string>()
  const pairs = paired(told)
  const cases: CaseResult[] = []
  for (const pair of pairs) {
    const { scenario, seen, parties: own } = exchanged(pair, watching)
    for (const it of own) parties.add(it)
    const result = weighed({ scenario, notApplicable: undefined }, seen, weights)
    cases.push(result)
    run.progress(result, cases.length, pairs.length)
  }
  cases.push(...unreadCases(capture.leftOut, weights))
  const why = `No message of IEC 61968-100 is in ${run.target}.`
  return summed(run, {
    ...{ mode: 'offline', transport: 'captured', startedAt, cases, wire: watching.wire },
    parties: [...parties].sort(),
    unmatched: capture.leftOut.map(({ name, why: reason }) => ({ file: name, why: reason })),
    ...(cases.length > 0 ? {} : { why }),
  })
}

/** A case of what may hold messages and could not be read: whoever has passed, has passed without them. */
function unreadCases(
  leftOut: Capture['leftOut'],
  weights: Parameters<typeof weighed>[2],
): readonly CaseResult[] {
  const seen = leftOut
    .filter(({ isUnread }) => isUnread === true)
    .map(({ name, why }) => ({
      ...{ step: name, notRun: undefined, open: why },
      ...{ isAsExpected: false, observations: [], undecided: undefined, reply: '' },
      shows: ['L6'] as const,
    }))
  if (seen.length === 0) return []
  const scenario = {
    ...{ id: 'captured/unread', title: 'what could not be read', source: 'the capture' },
    ...{ pack: 'captured', profiles: [], needs: [], steps: [], target: [] },
  }
  return [weighed({ scenario, notApplicable: undefined }, seen, weights)]
}

/** Those of a run, where it has its own. */
export function checksOf({ checks }: { readonly checks?: Checks }): { readonly checks?: Checks } {
  return checks === undefined ? {} : { checks }
}
