// What becomes of a device status check, in the words of the DERMS and of the customer programme side. Published are the codes
// SUCCESS, ERROR and FAILURE (Oracle mapping guide 22C, 2.5; REST reference, Controllable Device Status). What each of them says
// of a device, and the words beside them, are ours: what nobody could ask, or has answered, says nothing of the device (K4).

import type { JsonObject } from '../schema/json-text.ts'
import type { Word, WordsRow } from './row.ts'

/** What a device has answered. */
const ANSWERS = ['reachable', 'unreachable', 'unknown'] as const

/** How a check ends that no device has answered. */
const ENDS = ['unsupported', 'timedOut', 'failed'] as const

type Come = (typeof ANSWERS)[number] | (typeof ENDS)[number]

/** What a vendor says of one of them, and where it says why. */
interface Line {
  readonly said: Word['said']
  readonly why?: string
}

/** The whole of what CIM says of it. */
function cimOf(come: Come): JsonObject {
  const isAnswer = ANSWERS.some((it) => it === come)
  return {
    commState: isAnswer ? come : 'unknown',
    status: { value: isAnswer ? 'answered' : come },
  }
}

function wordOf({ said, why }: Line, cim: JsonObject): Word {
  if (why === undefined) return { said, cim }
  const row = { kind: 'value', vendor: why, cim: 'reason', most: 254, cut: true } as const
  return { said, cim, text: { cim: 'status', row } }
}

/** @param also other words for the same, which the vendor is not told */
function wordsFor(
  vendor: WordsRow['vendor'],
  lines: Readonly<Record<Come, Line>>,
  also: readonly (readonly [Come, Line])[],
): WordsRow {
  const word = (come: Come, cim = cimOf(come)) => wordOf(lines[come], cim)
  return {
    ...{ kind: 'words', vendor },
    words: [
      ...also.map(([come, line]) => ({ ...wordOf(line, cimOf(come)), isRead: true as const })),
      ...[...ANSWERS, ...ENDS].map((it) => word(it)),
      // What says less in CIM means the same.
      ...ENDS.map((value) => word(value, { status: { value } })),
      word('unknown', { status: { value: 'answered' } }),
      ...ANSWERS.map((commState) => word(commState, { commState })),
    ],
  }
}

/** SUCCESS = the check was made, and value says what it has found; every other value says why there is no answer. */
export const DERMS_CHECK = wordsFor(
  ['responseCode', 'value'],
  {
    reachable: { said: { responseCode: 'SUCCESS', value: 'reachable' } },
    unreachable: { said: { responseCode: 'SUCCESS', value: 'unreachable' } },
    unknown: { said: { responseCode: 'SUCCESS', value: 'unknown' } },
    unsupported: { said: { responseCode: 'ERROR', value: 'unsupported' } },
    timedOut: { said: { responseCode: 'FAILURE', value: 'timedOut' } },
    failed: { said: { responseCode: 'FAILURE' }, why: 'value' },
  },
  [
    ['unsupported', { said: { responseCode: 'FAILURE', value: 'unsupported' } }],
    ['timedOut', { said: { responseCode: 'ERROR', value: 'timedOut' } }],
    ['failed', { said: { responseCode: 'ERROR' }, why: 'value' }],
  ],
)

/** Whoever reads the status alone takes no device for reached that is not: SUCCESS and FAILURE are answers, ERROR is none. */
export const CPM_CHECK = wordsFor(
  ['status', 'value'],
  {
    reachable: { said: { status: 'SUCCESS' } },
    unreachable: { said: { status: 'FAILURE' } },
    unknown: { said: { status: 'ERROR', value: 'unknown' }, why: 'message' },
    unsupported: { said: { status: 'ERROR', value: 'unsupported' }, why: 'message' },
    timedOut: { said: { status: 'ERROR', value: 'timedOut' }, why: 'message' },
    failed: { said: { status: 'ERROR', value: 'failed' }, why: 'message' },
  },
  [
    ['reachable', { said: { status: 'SUCCESS', value: 'reachable' } }],
    ['unreachable', { said: { status: 'FAILURE', value: 'unreachable' } }],
    ['failed', { said: { status: 'ERROR' }, why: 'message' }],
  ],
)
