// A branch of a script as it was played, judged: every message and reply by itself (L0 to L6), then all of them together (L7).

import { CHECKS, asked, askedOf, attempt, together } from '../checks/checks.ts'
import type { Asked, Checks } from '../checks/checks.ts'
import type { Blamed } from '../checks/blamed.ts'
import { openNumbers } from '../checks/repeated.ts'
import { dueIn, waitsFor } from '../checks/scenario.ts'
import { observed } from '../finding.ts'
import { textAt } from '../find.ts'
import type { Observation } from '../finding.ts'
import type { Passage } from '../peers/stage.ts'
import type { Requirement, Role, ScriptStep } from '../shapes.ts'
import { isPart } from '../transport/answer.ts'
import type { Answer } from '../transport/answer.ts'
import type { Acted, Uttered } from './acting.ts'
import { viewOf } from './scene.ts'
import type { Match, View } from './scene.ts'
import type { Seen } from './seen.ts'
import type { Wire } from './wire.ts'

/** What a branch is judged with. */
export interface Judging {
  readonly requirements: ReadonlyMap<string, Pick<Requirement, 'layer'>>
  readonly wire: Wire
  /** whose messages are judged */
  readonly isJudged: (role: Role) => boolean
  /** a step that nobody but the product sees */
  readonly isHidden: (step: ScriptStep) => boolean
  /** all, where nothing is said */
  readonly checks?: Checks
}

/** A message or a reply on its way into the report. */
interface Half {
  readonly at: number
  readonly part: Match['part']
  readonly time: number
  readonly passage: Passage
  readonly step: string
  readonly sender: Role
}

/** Everything that was seen in a branch, in the order in which it passed; what did not pass stands at the end. */
export function seenIn(acted: Acted, judging: Judging): readonly Seen[] {
  const { played, passages, fill, left, unprepared } = acted
  const { script, branch } = played
  if (unprepared !== undefined) {
    for (const it of halvesOf(acted, [])) wired(it, branch.id, judging.wire)
    return [notRun('begin', unprepared)]
  }
  const view = viewOf({ script, branch, passages, fill, isHidden: judging.isHidden })
  const halves = halvesOf(acted, view.matches)
  const found = blamedIn(view, judging)
  const numbers = openNumbers()
  const seen = halves.map((it) => {
    const own = found.all.filter(({ match }) => match?.at === it.at && match.part === it.part)
    const asked = ofHalf(it, acted, judging, numbers)
    return seenOf(it, wired(it, branch.id, judging.wire), own, asked, judging)
  })
  return [
    ...seen,
    ...missed(found.all.filter((it) => it.match === undefined)),
    ...waiting(view),
    ...left.map(({ say, why }) => notRun(say.id, why)),
    ...failed(found.broken),
  ]
}

const NOTHING = { isAsExpected: false, observations: [], undecided: undefined, reply: '' } as const

function notRun(step: string, why: string): Seen {
  return { ...NOTHING, step, notRun: why, isOfScenario: true }
}

/** A check that fails by itself says nothing of anybody. */
function failed(broken: string | undefined): readonly Seen[] {
  return broken === undefined
    ? []
    : [{ ...notRun('scenario', broken), notRun: undefined, undecided: broken }]
}

/** Due, and waited for in vain: what was missing before it is told, not this. */
function waiting(view: View): readonly Seen[] {
  return dueIn(view).flatMap((step) => {
    const before = waitsFor(step, view)
    const isThere = view.matches.some((it) => it.step.id === step.id)
    return before === undefined || isThere ? [] : [notRun(step.id, `${before.id} did not pass`)]
  })
}

function blamedIn(view: View, { checks = CHECKS, isJudged }: Judging) {
  const made = checks.scenario.map(({ name, judge }) => {
    const all: Blamed[] = []
    const { broken } = attempt(name, () => {
      all.push(...judge(view))
      return []
    })
    return { all, broken }
  })
  const broken = made.find((it) => it.broken !== undefined)?.broken
  return { all: once(made.flatMap((it) => it.all).filter((it) => isJudged(it.blame))), broken }
}

/** What holds for several things that a message is about is told of it once. */
function once(all: readonly Blamed[]): readonly Blamed[] {
  const known = new Set<string>()
  return all.filter(({ observation, step, match }) => {
    const key = [observation.requirement, step, match?.at, match?.part, observation.path].join(' ')
    const isKnown = known.has(key)
    known.add(key)
    return !isKnown
  })
}

/** What did not come, step by step. */
function missed(all: readonly Blamed[]): readonly Seen[] {
  return all.map(({ step, blame, observation }) => ({
    ...NOTHING,
    ...{ step, blame, notRun: undefined, observations: [observation], isOfScenario: true },
  }))
}

/** Messages and replies in the order of time, each under a name of its own. */
function halvesOf(acted: Acted, matches: readonly Match[]): readonly Half[] {
  const taken = new Map<string, number>()
  const all = acted.passages.flatMap((passage, at): readonly Omit<Half, 'step'>[] => [
    { at, part: 'message', time: at, passage, sender: passage.from },
    ...(!isAsked(passage)
      ? []
      : [
          {
            ...{ at, part: 'reply' as const, passage, sender: passage.to },
            time: passage.repliedAfter - 0.5,
          },
        ]),
  ])
  return [...all]
    .sort((a, b) => a.time - b.time)
    .map((it) => ({ ...it, step: named(nameOf(it, acted, matches), taken) }))
}

/** There is an answer, or there has to be one. */
function isAsked({ reply, answer, message: { root } }: Passage): boolean {
  return reply !== undefined || answer !== undefined || root?.name === 'RequestMessage'
}

/** The step that it is; else what the tester has said; else what it says of itself. */
function nameOf(it: Omit<Half, 'step'>, { said }: Acted, matches: readonly Match[]): string {
  const match = matches.find((one) => one.at === it.at && one.part === it.part)
  if (match !== undefined) return match.step.id
  const own = said.find((one) => one.at === it.at)?.say.id
  const asked = matches.find((one) => one.at === it.at)?.step.id
  const { root } = it.passage.message
  const words = `${textAt(root, 'Header/Verb') ?? 'what'}-${textAt(root, 'Header/Noun') ?? 'cannot-be-read'}`
  const name = asked ?? own ?? words
  return it.part === 'message' ? name : `${name}-reply`
}

function named(name: string, taken: Map<string, number>): string {
  const count = (taken.get(name) ?? 0) + 1
  taken.set(name, count)
  return count === 1 ? name : `${name}~${count}`
}

function wired({ part, passage, step }: Half, scenario: string, wire: Wire): string {
  const { from, to, message, reply, answer } = passage
  const xml = 'application/xml; charset=utf-8'
  if (part === 'message')
    return wire.add({
      ...{ scenario, step, direction: 'request', from, to },
      ...{ status: null, contentType: xml, bytes: message.bytes },
    }).file
  const came =
    answer !== undefined && (answer.kind === 'answered' || isPart(answer)) ? answer : undefined
  const bytes = came?.bytes ?? reply?.bytes ?? new Uint8Array()
  if (reply === undefined && came === undefined) return ''
  return wire.add({
    ...{ scenario, step, direction: 'reply', from: to, to: from },
    ...{ status: came?.status ?? null, contentType: came?.contentType ?? xml, bytes },
  }).file
}

function seenOf(
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
function ofHalf(
  half: Half,
  acted: Acted,
  judging: Judging,
  numbers: ReturnType<typeof openNumbers>,
): Asked {
  const { passage, part } = half
  const { message, reply } = passage
  if (part === 'message')
    return { observations: [...message.observations, ...numbers.take(message)] }
  if (reply === undefined && passage.answer === undefined) return unanswered(passage)
  const checks = judging.checks ?? CHECKS
  const answer: Answer = passage.answer ?? inMemory(passage)
  const said = acted.said.find((it) => it.at === half.at)
  return together([
    passage.answer === undefined ? { observations: [] } : asked(checks.transport, answer),
    { observations: reply?.observations.filter((it) => !isRepeatedNoun(it, passage)) ?? [] },
    ofExchange(passage, checks),
    { observations: reply === undefined ? [] : numbers.take(reply) },
    // What cannot be read is told, and nothing else of it.
    said === undefined || reply?.root === undefined
      ? { observations: [] }
      : expected(said, passage, answer, judging),
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

/** A reply repeats the Noun of its request, also one that nobody knows. */
function isRepeatedNoun({ requirement }: Observation, { message, reply }: Passage): boolean {
  const [own, asked] = [reply, message].map((it) => textAt(it?.root, 'Header/Noun'))
  return requirement === 'NOU-02' && own !== undefined && own === asked
}

/** What the script expects of the reply; what is a requirement of scenarios stands in their layer. */
function expected(
  { say, fill }: Uttered,
  { reply }: Passage,
  answer: Answer,
  { requirements, checks = CHECKS }: Judging,
): Asked {
  const it = askedOf(say.expect ?? [], { answer, reply: reply?.root, fill }, checks.expectation)
  const observations = it.observations.map((one) =>
    requirements.get(one.requirement)?.layer === 'L7' ? { ...one, layer: 'L7' as const } : one,
  )
  return { ...it, observations }
}
