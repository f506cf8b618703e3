// Judges an exchange that others have had: the request against its sender, the reply against who answered. Nothing was
// played, so that nothing is known of what was meant; what a message and its reply have to be shows all the same.

import { EXCHANGE_CHECKS } from '../checks/exchange.ts'
import type { Numbers } from '../checks/repeated.ts'
import { TRANSPORT_CHECKS } from '../checks/transport.ts'
import type { Captured } from '../captured/captured.ts'
import { textAt } from '../find.ts'
import type { Observation } from '../finding.ts'
import type { Scenario } from '../shapes.ts'
import type { Answer } from '../transport/answer.ts'
import type { Node } from '../xml.ts'
import type { Pair, Told } from './paired.ts'
import type { Seen } from './seen.ts'
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
  /** where it has come from, for the report */
  readonly source: string
  /** names of the two sides, where the wire says who they are; else messages do */
  readonly sides?: { readonly first: string; readonly second: string }
  /** what came back that is no message; undefined = nobody knows what did */
  readonly unread?: Answer
}

/** A pair as a case: a step for the request, and one for each reply. */
export function exchanged(pair: Pair, watching: Watching): Exchanged {
  const { first, replies } = pair
  const begins = first ?? replies[0]
  const id = `captured/${nameOf(begins)}`
  const parties = sidesOf(pair, watching)
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
  const empty = unreadOf(pair, parties.second, watching)
  const scenario = { id, title: titleOf(pair, parties), pack: 'captured', source: watching.source }
  return {
    scenario: { ...scenario, target: [], profiles: [], needs: [], steps: [] },
    seen: [...seen, ...empty],
    parties: [...new Set(steps.map(({ from }) => from))],
  }
}

/** A request that got no message back; an event needs none. */
function unreadOf({ first }: Pair, blame: string, { unread }: Watching): readonly Seen[] {
  if (unread === undefined || (first?.half === 'event' && unread.kind === 'answered')) return []
  const observations = TRANSPORT_CHECKS.flatMap((it) => it.judge(unread))
  const none = { notRun: undefined, isAsExpected: false, undecided: undefined, reply: '' }
  return [{ ...none, step: 'reply', observations, blame }]
}

/** No control characters: whoever captured them may have called files anything. */
function nameOf(it: Told | undefined): string {
  return (it?.captured.name ?? 'nothing').replace(/[^\w./#-]+/g, '_')
}

function sidesOf({ first, replies }: Pair, { sides }: Watching) {
  if (sides !== undefined) return sides
  const [asking, answering] = [senderIn(first), senderIn(replies[0])]
  const name = asking ?? first?.captured.from
  return {
    first: name ?? (first === undefined ? 'whoever asked' : `sender of ${nameOf(first)}`),
    second:
      answering ??
      replies[0]?.captured.from ??
      first?.captured.to ??
      `whoever answers ${name ?? nameOf(first)}`,
  }
}

/** Who says to have sent it: Source, else the organization of User. */
function senderIn(it: Told | undefined): string | undefined {
  const root = it?.judged.root
  const said = textAt(root, 'Header/Source') ?? textAt(root, 'Header/User/Organization')
  return said === undefined || said === '' ? undefined : said
}

function titleOf(
  { first, replies }: Pair,
  sides: { readonly first: string; readonly second: string },
): string {
  const root = (first ?? replies[0])?.judged.root
  const about = root === undefined ? 'what cannot be read' : aboutOf(root)
  if (first === undefined) return `${about} from ${sides.second}, to nothing that was captured`
  if (replies.length > 0) return `${about} from ${sides.first}, answered by ${sides.second}`
  return `${about} from ${sides.first}${first.half === 'event' ? '' : ', without a reply'}`
}

function aboutOf(root: Node): string {
  const words = [textAt(root, 'Header/Verb'), textAt(root, 'Header/Noun')].filter(
    (it) => it !== undefined,
  )
  return words.length === 0 ? root.name : words.join(' ')
}

interface Place {
  readonly id: string
  readonly case: string
  readonly from: string
  readonly to: string
}

function seenOf(told: Told, place: Place, pair: Pair, watching: Watching): Seen {
  const { captured, judged } = told
  const isReply = told !== pair.first
  const { file } = watching.wire.add({
    ...{
      scenario: place.case,
      step: place.id,
      direction: isReply ? 'reply' : 'request',
      from: place.from,
      to: place.to,
    },
    ...{ status: captured.status, contentType: captured.contentType ?? '', bytes: captured.bytes },
  })
  const open = openOf(told, pair, watching)
  const together = isReply && pair.first !== undefined ? togetherOf(told, pair.first) : []
  const observations: readonly Observation[] = [
    ...transportOf(captured, isReply),
    ...judged.observations.filter((it) => !(isReply && isRepeatedNoun(it, told, pair))),
    ...together,
    ...watching.numbers
      .take(judged)
      .filter((it) => !together.some((one) => one.requirement === it.requirement)),
  ]
  return {
    ...{ step: place.id, notRun: undefined, isAsExpected: true, observations },
    ...{ undecided: judged.undecided, reply: file, blame: place.from },
    ...(open === undefined ? {} : { open }),
    unjudged: [
      ...(captured.contentType === undefined ? (['L0'] as const) : []),
      ...(isReply ? [] : (['L6'] as const)),
    ],
  }
}

/** A reply repeats the Noun of its request, also one that nobody knows. */
function isRepeatedNoun(it: Observation, { judged }: Told, { first }: Pair): boolean {
  const [own, asked] = [judged, first?.judged].map((one) => textAt(one?.root, 'Header/Noun'))
  return it.requirement === 'NOU-02' && own !== undefined && own === asked
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
  isReply: boolean,
): readonly Observation[] {
  if (contentType === undefined) return []
  const answer = { kind: 'answered', status: status ?? 200, contentType, bytes } as const
  return TRANSPORT_CHECKS.filter(
    (it) => (isReply && status !== null) || it.requirement === 'TRN-03',
  ).flatMap((it) => it.judge(answer))
}

function togetherOf(reply: Told, first: Told): readonly Observation[] {
  const request = first.judged.root
  if (request === undefined || reply.judged.root === undefined || first.half === 'event') return []
  const messageID = textAt(request, 'Header/MessageID') ?? ''
  const correlationID = textAt(request, 'Header/CorrelationID') ?? messageID
  // A request that is wrong may be answered by a fault.
  const isRight = first.judged.observations.every((it) => it.layer > 'L3')
  const exchange = { messageID, correlationID, reply: reply.judged.root, seen: new Set<string>() }
  return EXCHANGE_CHECKS.flatMap((check) =>
    check.requirement === 'ENV-04' && !isRight ? [] : check.judge({ ...exchange, request }),
  )
}
