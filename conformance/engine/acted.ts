// A branch of a script as it was played, judged: every message and reply by itself (L0 to L6), then all of them together (L7).

import { CHECKS, attempt } from '../checks/checks.ts'
import type { Blamed } from '../checks/blamed.ts'
import { openNumbers } from '../checks/repeated.ts'
import { dueIn, waitsFor } from '../checks/scenario.ts'
import type { Passage } from '../peers/stage.ts'
import type { ScriptStep } from '../shapes.ts'
import type { Acted } from './acting.ts'
import { bound, spokenIn } from './bound.ts'
import type { Spoken } from './bound.ts'
import { ofHalf, seenOf } from './half.ts'
import type { Judging } from './half.ts'
import { halvesOf, wired } from './halves.ts'
import { viewOf } from './scene.ts'
import type { View } from './scene.ts'
import type { Seen } from './seen.ts'
import type { Wire } from './wire.ts'

/** What a branch is judged with. */
export interface BranchJudging extends Judging {
  readonly wire: Wire
  /** a step that nobody but the product sees */
  readonly isHidden: (step: ScriptStep) => boolean
}

/** Everything that was seen in a branch, in the order in which it passed; what did not pass stands at the end. */
export function seenIn(acted: Acted, judging: BranchJudging): readonly Seen[] {
  const { played, passages, said, fill, left, unprepared } = acted
  const { script, branch } = played
  if (unprepared !== undefined) {
    for (const it of halvesOf(acted, [])) wired(it, branch.id, judging.wire)
    return [notRun('begin', unprepared)]
  }
  const spoken = spokenIn(said.map((it) => passages[it.at]?.message.root))
  const meant = passages.map((it) => boundTo(it, spoken))
  const view = viewOf({ script, branch, passages: meant, fill, isHidden: judging.isHidden })
  const halves = halvesOf(acted, view.matches)
  const found = blamedIn(view, judging)
  const known = { numbers: openNumbers(), spoken }
  const seen = halves.map((it) => {
    const own = found.all.filter(({ match }) => match?.at === it.at && match.part === it.part)
    const asked = ofHalf(it, acted, judging, known)
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

/** With what scripts look at in place of all that has come. */
function boundTo(it: Passage, spoken: Spoken): Passage {
  const message = { ...it.message, root: bound(it.message, spoken) }
  if (it.reply === undefined) return { ...it, message }
  return { ...it, message, reply: { ...it.reply, root: bound(it.reply, spoken) } }
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
