// Judges an exchange that others have had: the request against its sender, the reply against who answered. Nothing was
// played, so that nothing is known of what was meant; what a message and its reply have to be shows all the same.

import { acceptedIn, leavesReadable } from '../checks/accepted.ts'
import { CHECKS, asked, attempt, together } from '../checks/checks.ts'
import type { Asked, Checks } from '../checks/checks.ts'
import { isRepeatedNoun } from '../checks/exchange.ts'
import type { Numbers } from '../checks/repeated.ts'
import type { Captured } from '../captured/captured.ts'
import { textAt } from '../find.ts'
import type { Scenario } from '../shapes.ts'
import { isPart } from '../transport/answer.ts'
import { bindingOf } from '../transport/soap.ts'
import type { Answer, Part } from '../transport/answer.ts'
import type { Pair, Told } from './paired.ts'
import type { Seen } from './seen.ts'
import { nameOf, sidesOf, titleOf, untaken } from './sides.ts'
import type { Sides } from './sides.ts'
import type { Wire } from './wire.ts'

/** An exchange as a case, with what was seen in it. */
export interface Exchanged {
  readonly scenario: Scenario
  readonly seen: readonly Seen[]
  /** who has sent something in it */
  readonly parties: readonly string[]
}

/** What exchanges are judged with. */
export interface Watching {
  readonly numbers: Numbers
  readonly wire: Wire
  /** ids of exchanges that there are */
  readonly taken: Map<string, number>
  /** where it has come from, for the report */
  readonly source: string
  /** names of the two sides, where the wire says who they are; else messages do */
  readonly sides?: Sides
  /** what came back that is no message; undefined = nobody knows what did */
  readonly unread?: Answer
  /** all, where nothing is said */
  readonly checks?: Checks
}

/** A pair as a case: a step for the request, and one for each reply. */
export function exchanged(pair: Pair, watching: Watching): Exchanged {
  const { first, replies } = pair
  const begins = first ?? replies[0]
  const id = untaken(`captured/${nameOf(begins)}`, watching.taken)
  const parties = watching.sides ?? sidesOf(pair)
  const steps = [
    ...(first === undefined ? [] : [{ id: 'request', from: parties.first, told: first }]),
    ...replies.map((told, at) => ({
      id: at === 0 ? 'reply' : `reply-${at + 1}`,
      from: parties.second,
      told,
    })),
  ]
  const seen = steps.map((it) =>
    seenOf(
      it.told,
      {
        id: it.id,
        case: id,
        from: it.from,
        to: it.from === parties.first ? parties.second : parties.first,
      },
      pair,
      watching,
    ),
  )
  const place = { id: 'reply', case: id, from: parties.second, to: parties.first }
  const empty = unreadOf(pair, place, watching)
  const scenario = { id, title: titleOf(pair, parties), pack: 'captured', source: watching.source }
  return {
    scenario: { ...scenario, target: [], profiles: [], needs: [], steps: [] },
    seen: [...seen, ...empty],
    parties: [...new Set(steps.map(({ from }) => from))],
  }
}

/** A request that got no message back; an event needs none. */
function unreadOf({ first }: Pair, place: Place, watching: Watching): readonly Seen[] {
  const { unread, checks = CHECKS, wire } = watching
  if (unread === undefined || (first?.half === 'event' && unread.kind === 'answered')) return []
  const { observations, broken } = asked(checks.transport, unread)
  const { id, case: scenario, from, to } = place
  const kept = { scenario, step: id, direction: 'reply', from, to } as const
  const reply = isPart(unread) ? wire.add({ ...kept, ...partOf(unread) }).file : ''
  const none = { notRun: undefined, isAsExpected: false, isUnread: true }
  return [{ ...none, step: id, observations, undecided: broken, blame: from, reply }]
}

function partOf({
  status,
  contentType,
  bytes,
}: Part): Pick<Part, 'status' | 'contentType' | 'bytes'> {
  return { status, contentType, bytes }
}

interface Place {
  readonly id: string
  readonly case: string
  readonly from: string
  readonly to: string
}

function seenOf(told: Told, place: Place, pair: Pair, watching: Watching): Seen {
  const isReply = told !== pair.first
  const open = openOf(told, pair, watching)
  const { observations, broken } = judgedOf(told, pair, watching)
  return {
    ...{ step: place.id, notRun: undefined, isAsExpected: true, observations },
    ...{ undecided: told.judged.undecided ?? broken, blame: place.from },
    reply: takenDown(told, isReply, place, watching),
    ...(open === undefined ? {} : { open }),
    unjudged: [
      ...(told.captured.contentType === undefined ? (['L0'] as const) : []),
      ...(isReply ? [] : (['L6'] as const)),
    ],
  }
}

function takenDown(
  { captured }: Told,
  isReply: boolean,
  { id, case: scenario, from, to }: Place,
  { wire }: Watching,
): string {
  const { status, contentType = '', bytes } = captured
  const direction = isReply ? 'reply' : 'request'
  return wire.add({ scenario, step: id, direction, from, to, status, contentType, bytes }).file
}

function judgedOf(told: Told, { first }: Pair, { numbers, checks = CHECKS }: Watching): Asked {
  const { judged } = told
  const both = { request: first?.judged.root, reply: judged.root }
  const isReply = told !== first
  return together([
    transportOf(told.captured, isReply ? first : undefined, isReply, checks),
    {
      observations: isReply
        ? judged.observations.filter((it) => !isRepeatedNoun(it, both))
        : judged.observations,
    },
    ...(isReply && first !== undefined
      ? [exchangeOf(told, first, checks), acceptedOf(told, first)]
      : []),
    attempt('HDR-02', () => numbers.take(judged)),
  ])
}

/** What cannot be told, because half of it is missing. */
function openOf(
  told: Told,
  { first, replies, isRepeat }: Pair,
  { unread }: Watching,
): string | undefined {
  if (first === undefined)
    return 'what it answers was not captured: whether it answers it rightly cannot be told'
  if (told !== first || first.half === 'event' || replies.length > 0 || isRepeat) return undefined
  if (unread !== undefined) return undefined
  return 'no reply to it was captured: whether it was answered, and how, cannot be told'
}

/** Only what was taken down of the transport can be judged of it. A request has no status. */
function transportOf(
  { contentType, status, bytes }: Captured,
  request: Told | undefined,
  isReply: boolean,
  { transport }: Checks,
): Asked {
  if (contentType === undefined) return { observations: [] }
  const askedIn = request === undefined ? undefined : bindingOf(request.captured.bytes)
  const answer: Answer = {
    ...{ kind: 'answered', status: status ?? 200, contentType, bytes },
    ...(askedIn === undefined ? {} : { askedIn }),
  }
  const isWhole = isReply && status !== null
  return asked(
    transport.filter((it) => isWhole || it.isOfRequests === true),
    answer,
  )
}

function exchangeOf(reply: Told, first: Told, { exchange }: Checks): Asked {
  const request = first.judged.root
  if (request === undefined || reply.judged.root === undefined || first.half === 'event')
    return { observations: [] }
  const messageID = textAt(request, 'Header/MessageID') ?? ''
  const correlationID = textAt(request, 'Header/CorrelationID') ?? messageID
  // A request that is wrong may be answered by a fault.
  const isRight = first.judged.observations.every(leavesReadable)
  return asked(
    exchange.filter((it) => isRight || it.requirement !== 'ENV-04'),
    { request, messageID, correlationID, reply: reply.judged.root, seen: new Set<string>() },
  )
}

function acceptedOf({ judged: { root: reply } }: Told, { half, judged }: Told): Asked {
  if (half === 'event') return { observations: [] }
  return attempt('RPL-08', () => acceptedIn({ wrong: judged.observations, reply }))
}
