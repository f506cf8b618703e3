// Programme systems that are broken as real ones have been known to be, a line each: the known issues of a release (Oracle 22C
// release notes, K1 to K4), the hazards of its documents, and rules that nobody looks at. Exactly one requirement says so.

import { find, textAt } from '../../find.ts'
import { withText } from '../../mutate/tree.ts'
import type { Node } from '../../xml.ts'
import type { Row } from './words.ts'
import {
  inState,
  isTouching,
  placed,
  saying,
  statusOf,
  withParticipation,
} from '../program-content.ts'
import type { Kept } from '../program-content.ts'
import * as enrolling from '../program-enrolling.ts'
import * as events from '../program-events.ts'
import { each, nameIn, together } from '../program-rules.ts'
import type { Deed, Guard, Then } from '../program-rules.ts'
import { checked, programsDoing, programsWith, programsWithout } from '../programs.ts'
import { askedBy } from '../said.ts'
import { hearing, replying, withResult } from '../variants.ts'
import type { Variant } from '../variants.ts'

/** It does not look at something. */
export function blind(id: string, requirement: string, what: string, guard: Guard): Row {
  return [id, requirement, () => programsWithout(what, guard)]
}

/** It does something else. @param change the deed that it should do is given */
function doing(id: string, requirement: string, what: string, change: (of: Deed) => Deed): Row {
  return [id, requirement, () => programsDoing(what, ({ deed }) => ({ deed: change(deed) }))]
}

/** It takes an object for another one before it does what it should. */
export function mistaking(
  id: string,
  requirement: string,
  what: string,
  change: (it: Node) => Node,
): Row {
  const changed =
    (deed: Deed): Deed =>
    (kept, it, then) =>
      deed(kept, change(it), then)
  return doing(id, requirement, what, changed)
}

/** Something comes of what it has refused. */
function leaving(
  id: string,
  requirement: string,
  what: string,
  leave: (kept: Kept, refused: Node, then: Pick<Then, 'now'>) => Kept,
): Row {
  const carriedOut: typeof each = (ruled) => (before, ask, tools) => {
    const done = each(ruled)(before, ask, tools)
    const ids = (done.failures ?? []).map((it) => it.id)
    const refused = find(ask.content, nameIn(ask.noun)).filter((it) =>
      ids.includes(textAt(it, 'mRID')),
    )
    return { ...done, state: refused.reduce((kept, it) => leave(kept, it, tools), done.state) }
  }
  return [id, requirement, () => programsDoing(what, () => ({}), carriedOut)]
}

/** It says OK to such messages, whatever it has done. @param result that it should say, and @param rule of its refusal */
function fineTo(what: string, result: string, rule = ''): Variant {
  return replying((reply, { root }) =>
    root !== undefined &&
    askedBy(root) === what &&
    textAt(reply, 'Reply/Result') === result &&
    (textAt(reply, 'Reply/Error/details') ?? '').includes(rule)
      ? withResult(reply, 'OK')
      : reply,
  )
}

/** A value that the schema does not have is one to it, too. */
const knowing = (value: string): Variant =>
  hearing((it) => (it.text.includes(`>${value}<`) ? { ...it, wrong: [] } : it))

const SUBSCRIPTIONS = 'ProgramSubscriptions'
const [ENROLL, SUBSCRIBE] = ['create ProgramEnrollments', 'create ProgramSubscriptions']
const [CHANGE, CLOSE] = ['change ProgramSubscriptions', 'close ProgramSubscriptions']
const [CANCEL, STEP] = ['cancel ProgramEvents', 'change ProgramEvents']
const [RESERVE, PARTICIPATE] = ['create EventParticipations', 'change EventParticipations']

const KNOWN_ISSUES: readonly Row[] = [
  blind(
    'K1: has a device active before its enrollment is completed',
    'SUB-01',
    SUBSCRIBE,
    enrolling.premature,
  ),
  mistaking(
    'K1: makes a subscription active because its enrollment is there',
    'SUB-04',
    SUBSCRIBE,
    (it) => statusOf(it, 'ACTIVE'),
  ),
  doing(
    'K2: unenrolls a customer, and leaves the devices in',
    'SUB-02',
    CLOSE,
    () =>
      (kept, it, { now }) => {
        const was = enrolling.known(kept, SUBSCRIPTIONS, it)
        return placed(kept, SUBSCRIPTIONS, statusOf(enrolling.ended(was, it, now), 'INACTIVE'))
      },
  ),
  blind('K2: unenrolls a customer without an end', 'SUB-08', CLOSE, enrolling.endless),
  blind('K2: reserves a device whose customer has left', 'SUB-03', RESERVE, events.inactive),
  blind('K3: enrolls a device that is enrolled', 'DEV-01', ENROLL, enrolling.taken),
  blind('K3: enrolls a device twice by one message', 'DEV-02', ENROLL, enrolling.shared),
  [
    'K4: says that a status has failed which nobody can ask for',
    'DSC-01',
    () => programsWith({ 'get EndDeviceStatuses': checked('failed') }),
  ],
  mistaking(
    'K4: keeps as failed what is unsupported',
    'DSC-04',
    'created EndDeviceStatuses',
    (it) => withText(it, 'status/value', ({ text }) => (text === 'unsupported' ? 'failed' : text)),
  ),
]

const HAZARDS: readonly Row[] = [
  mistaking('cuts a date at its T', 'ENR-05', ENROLL, (it) =>
    withText(it, 'validityInterval/start', ({ text }) => text.replace(/T.*/, 'T00:00:00Z')),
  ),
  ['takes a code of one field for one of another', 'ENR-06', knowing('X1SD')],
  ['reads a date as a vendor writes it', 'ENR-07', knowing('07-14-2026 01:30:00AM')],
  ['has two spellings of one state', 'EVT-06', knowing('CANCELLED')],
  blind('ignores what comes under an id that it has', 'ENR-04', ENROLL, enrolling.conflicting),
  [
    'refuses a whole collection for some of it',
    'ENR-01',
    () => programsDoing(ENROLL, () => ({}), together),
  ],
  ['acknowledges a list, whatever has become of each device', 'RSV-02', fineTo(RESERVE, 'PARTIAL')],
  doing(
    'acknowledges a subscription, whatever has become of each device',
    'SUB-06',
    'changed ProgramSubscriptions',
    () => (kept, it) =>
      placed(
        kept,
        SUBSCRIPTIONS,
        saying(enrolling.known(kept, SUBSCRIPTIONS, it), 'syncState', 'synced'),
      ),
  ),
  [
    'says that everything is acknowledged',
    'SUB-05',
    replying((reply) =>
      withText(reply, '**/syncState', ({ text }) => (text === 'pending' ? 'synced' : text)),
    ),
  ],
]

const ENROLLING: readonly Row[] = [
  leaving('keeps what it has refused', 'ENR-03', ENROLL, (kept, it) =>
    placed(kept, 'ProgramEnrollments', statusOf(it, 'PENDING')),
  ),
  blind('reserves a device that nobody has acknowledged', 'SUB-07', RESERVE, events.pending),
  doing('puts a new device beside the old one', 'DEV-03', CHANGE, (deed) => (kept, it, then) => {
    const [old] = find(enrolling.known(kept, SUBSCRIPTIONS, it), 'EndDevices')
    return deed(
      kept,
      { ...it, children: [...it.children, ...(old === undefined ? [] : [old])] },
      then,
    )
  }),
  blind('takes a device in the place of none', 'DEV-03', CHANGE, enrolling.absent),
  doing(
    'lets a later answer change a check',
    'DSC-03',
    'changed EndDeviceStatuses',
    () => (kept, it) => placed(kept, 'EndDeviceStatuses', it),
  ),
  [
    'answers for devices that nobody knows',
    'DSC-02',
    () => programsWith({ 'get EndDeviceStatuses': checked('answered', () => true) }),
  ],
]

const EVENTS: readonly Row[] = [
  blind('reserves a device for a stage twice', 'RSV-03', RESERVE, events.again),
  blind('reserves a device for two stages at a time', 'RSV-04', RESERVE, events.overlapping),
  doing(
    'cancels the first stage of an event',
    'EVT-01',
    CANCEL,
    () => (kept, it) =>
      events.releasedOf(
        events.stagesCancelled(kept, it, (_stage, at) => at === 0),
        it,
      ),
  ),
  doing(
    'keeps reserved what is cancelled',
    'EVT-02',
    CANCEL,
    () => (kept, it) => events.stagesCancelled(kept, it),
  ),
  ['says that it has cancelled what has begun', 'EVT-03', fineTo(CANCEL, 'FAILED')],
  leaving(
    'cancels the stages that have not begun, and refuses',
    'EVT-07',
    CANCEL,
    (kept, it, { now }) =>
      events.stagesCancelled(kept, it, (stage) => !events.hasBegun(stage, now)),
  ),
  [
    'says that a stage is completed that has not begun',
    'EVT-04',
    fineTo(STEP, 'FAILED', 'STG-ORDER'),
  ],
  blind('begins a stage again', 'EVT-05', STEP, events.backward),
  doing(
    'keeps an outcome, and what it is of open',
    'OUT-01',
    PARTICIPATE,
    (deed) => (kept, it, then) => {
      const done = deed(kept, it, then)
      const was = enrolling.known(done, 'EventParticipations', it)
      return textAt(it, 'outcome') === undefined
        ? done
        : withParticipation(done, inState(was, 'RESERVED'))
    },
  ),
  blind('knows a success of who has opted out', 'OUT-02', PARTICIPATE, events.optedOut),
  ['says OK to an outcome of nobody', 'OUT-03', fineTo(PARTICIPATE, 'FAILED', 'OUT-UNRES')],
  blind('takes an outcome before the end', 'OUT-04', PARTICIPATE, events.open),
  doing(
    'does not listen to who opts out',
    'OPT-01',
    PARTICIPATE,
    (deed) => (kept, it, then) =>
      textAt(it, 'outcome') === undefined ? kept : deed(kept, it, then),
  ),
  blind('lets a customer opt out too late', 'OPT-02', PARTICIPATE, events.late),
  blind('lets customers opt out of every programme', 'OPT-04', PARTICIPATE, events.barred),
  blind('knows no cut-off of opt-outs', 'OPT-05', PARTICIPATE, events.cutOff),
  [
    'refuses who opts out twice',
    'OPT-03',
    () =>
      programsDoing(PARTICIPATE, ({ guards }) => ({
        guards: [
          ...guards,
          (kept, it) =>
            textAt(enrolling.known(kept, 'EventParticipations', it), 'state') === 'OPTED_OUT'
              ? { code: '6.1', reason: 'The customer has opted out already.' }
              : undefined,
        ],
      })),
  ],
  [
    'does not say what is reserved for a device that is away',
    'UNA-01',
    () => programsDoing('create DeviceUnavailabilities', () => ({ notes: () => [] })),
  ],
  [
    'takes the end of a time for a part of it',
    'UNA-02',
    () =>
      programsDoing(RESERVE, ({ guards }) => ({ guards: [...guards, events.away(isTouching)] })),
  ],
]

/** All of them. */
export const PROGRAM_ROWS: readonly Row[] = [...KNOWN_ISSUES, ...HAZARDS, ...ENROLLING, ...EVENTS]
