// One message or reply of a branch, judged by itself: L0 to L6.

import { CHECKS, asked, askedOf, together } from '../checks/checks.ts'
import type { Asked, Checks } from '../checks/checks.ts'
import type { Blamed } from '../checks/blamed.ts'
import { isRepeatedNoun } from '../checks/exchange.ts'
import type { Expected } from '../checks/expectation.ts'
import type { openNumbers } from '../checks/repeated.ts'
import { observed } from '../finding.ts'
import { textAt } from '../find.ts'
import type { Passage } from '../peers/stage.ts'
import type { Requirement, Role } from '../shapes.ts'
import type { Answer } from '../transport/answer.ts'
import type { Acted, Uttered } from './acting.ts'
import { bound } from './bound.ts'
import type { Spoken } from './bound.ts'
import type { Half } from './halves.ts'
import type { Seen } from './seen.ts'

/** What it is judged with. */
export interface Judging {
  readonly requirements: ReadonlyMap<string, Pick<Requirement, 'layer'>>
  /** whose messages are judged */
  readonly isJudged: (role: Role) => boolean
  /** all, where nothing is said */
  readonly checks?: Checks
}

/** What is known of its branch. */
export interface Known {
  readonly numbers: ReturnType<typeof openNumbers>
  /** what the tester has spoken of */
  readonly spoken: Spoken
}

/** What it has come to. @param file of it */
export function seenOf(
  { step, sender, part, passage }: Half,
  file: string,
  found: readonly Blamed[],
  { observations, broken }: Asked,
  { isJudged }: Judging,
): Seen {
  const { undecided } = (part === 'reply' ? passage.reply : passage.message) ?? {}
  const own = isJudged(sender) ? observations : []
  return {
    ...{ step, notRun: undefined, isAsExpected: true, isOfScenario: true },
    observations: [...own, ...found.map((it) => it.observation)],
    ...{ undecided: undecided ?? broken, reply: file, blame: sender },
    unjudged: [
      ...(passage.answer === undefined || part === 'message' ? (['L0'] as const) : []),
      ...(part === 'message' ? (['L6'] as const) : []),
    ],
  }
}

/** L0 to L6 of one of them. */
export function ofHalf(
  half: Half,
  { said: all }: Pick<Acted, 'said'>,
  judging: Judging,
  { numbers, spoken }: Known,
): Asked {
  const { passage, part } = half
  const { message, reply } = passage
  if (part === 'message')
    return { observations: [...message.observations, ...numbers.take(message)] }
  if (reply === undefined && passage.answer === undefined) return unanswered(passage)
  const checks = judging.checks ?? CHECKS
  const roots = { request: message.root, reply: reply?.root }
  const answer: Answer = passage.answer ?? inMemory(passage)
  const said = all.find((it) => it.at === half.at)
  return together([
    passage.answer === undefined ? { observations: [] } : asked(checks.transport, answer),
    { observations: reply?.observations.filter((it) => !isRepeatedNoun(it, roots)) ?? [] },
    ofExchange(passage, checks),
    { observations: reply === undefined ? [] : numbers.take(reply) },
    // What cannot be read is told, and nothing else of it.
    said === undefined || reply?.root === undefined
      ? { observations: [] }
      : expected(said, { answer, reply: bound(reply, spoken), whole: reply.root }, judging),
  ])
}

function inMemory({ reply }: Passage): Answer {
  const bytes = reply?.bytes ?? new Uint8Array()
  return { kind: 'answered', status: 200, contentType: 'application/xml', bytes }
}

/** In memory there is nothing but silence that says so. */
function unanswered({ to }: Passage): Asked {
  const it = { expected: `an answer of ${to}`, got: 'nothing', message: `${to} does not answer.` }
  return { observations: [observed('TRN-01', 'L0', it)] }
}

function ofExchange({ message, reply }: Passage, { exchange }: Checks): Asked {
  const request = message.root
  if (request === undefined || reply === undefined) return { observations: [] }
  const messageID = textAt(request, 'Header/MessageID') ?? ''
  const correlationID = textAt(request, 'Header/CorrelationID') ?? messageID
  const seen = new Set<string>()
  return asked(exchange, { request, messageID, correlationID, reply: reply.root, seen })
}

/** What the script expects of the reply; what is a requirement of scenarios stands in their layer. */
function expected(
  { say, fill }: Uttered,
  came: Omit<Expected, 'fill'>,
  { requirements, checks = CHECKS }: Judging,
): Asked {
  const it = askedOf(say.expect ?? [], { ...came, fill }, checks.expectation)
  const observations = it.observations.map((one) =>
    requirements.get(one.requirement)?.layer === 'L7' ? { ...one, layer: 'L7' as const } : one,
  )
  return { ...it, observations }
}
