// A case in which the product is a client, as it stands: what came in it, what was found in that, and the steps that come of
// it. Pure.

import { CHECKS, asked, gathered } from '../checks/checks.ts'
import type { Asked, Checks } from '../checks/checks.ts'
import { openIn, sorted } from '../checks/conduct.ts'
import type { Conduct, ConductCheck } from '../checks/conduct.ts'
import type { ClientCase } from '../shapes.ts'
import type { Incoming, Played } from './inbox.ts'
import type { Seen } from './seen.ts'

/** A case as it stands. */
export interface Open {
  readonly played: Played
  readonly request: Step
  /** what came after the answer, message by message */
  readonly again: readonly Step[]
  /** the product, or a person, was asked to have the message sent */
  readonly isAsked: boolean
  /** why the product could not be asked; undefined = it was, or a person was */
  readonly notAsked: string | undefined
}

/** What was found in the message of a step. */
interface Step {
  readonly asked: Asked
  /** of its message; empty where none came */
  readonly file: string
}

/** A message of a case, with what was found in it. */
export interface Note {
  readonly it: Incoming
  readonly step: 'request' | 'again'
  readonly file: string
  readonly asked: Asked
  /** mRID that the answer gives to its object */
  readonly assigned: string | undefined
  /** why the peer could not do what was asked */
  readonly misfit: string | undefined
}

const NOTHING: Step = { asked: { observations: [] }, file: '' }

/** Before anything has come. */
export function unbegun(client: ClientCase): Open {
  return {
    played: { client, first: undefined, follow: [], until: undefined },
    ...{ request: NOTHING, again: [], isAsked: false, notAsked: undefined },
  }
}

/** With one message more. @param now ms @param waitMs how long it goes on to listen */
export function noted(open: Open, note: Note, now: number, waitMs: number): Open {
  const { asked, file } = note
  if (note.step === 'request')
    return { ...open, request: { asked, file }, played: begun(open.played, note, now, waitMs) }
  const again = [...open.again, { asked, file }]
  return { ...open, again, played: gone(open.played, note.it, now) }
}

function begun(played: Played, note: Note, now: number, waitMs: number): Played {
  const until = now + (played.client.then === 'nothing' ? 0 : waitMs)
  const { it: first, assigned, misfit } = note
  return {
    ...{ ...played, first, until },
    ...(assigned === undefined ? {} : { assigned }),
    ...(misfit === undefined ? {} : { misfit }),
  }
}

/** What some cases wait for is one message: then they are over. */
function gone(played: Played, it: Incoming, now: number): Played {
  const isLast = ['repeat', 'uses-id', 'unanswered'].includes(played.client.then)
  return { ...played, follow: [...played.follow, it], ...(isLast ? { until: now } : {}) }
}

/** Nothing more is waited for. @param now ms */
export function isOver({ played: { first, until = Infinity }, notAsked }: Open, now: number) {
  return notAsked !== undefined || (first !== undefined && until <= now)
}

/** A step for the message that begins the case, and one for each that comes after the answer, or for its absence. */
export function seenOf(
  open: Open,
  waitMs: number,
  hasEnded: boolean,
  { conduct: checks }: Checks = CHECKS,
): readonly Seen[] {
  const { played, request, again, isAsked, notAsked } = open
  const { client, first, follow, assigned, misfit } = played
  const { verb, noun } = client.message
  if (first === undefined && !isAsked)
    return [notSent(notAsked ?? `the product has sent no ${verb} ${noun} that was left for it`)]
  const known = { client, isAsked, waitMs, isOver: hasEnded, first, assigned, misfit }
  const whole = { ...known, ...sorted(first, follow) }
  const judged = (step: ConductCheck['step'], it: Step, conduct: Conduct) => {
    const of = checks.filter((one) => one.step === step)
    return { ...it, asked: gathered([it.asked, asked(of, conduct)]) }
  }
  const begins = stepOf('request', judged('request', request, whole))
  const after = judged('after', NOTHING, whole)
  if (first === undefined) return [begins]
  const each = follow.map((it, at) =>
    judged('again', again[at] ?? NOTHING, { ...known, ...sorted(first, [it]) }),
  )
  const steps = each.length === 0 || !isNothing(after.asked) ? [...each, after] : each
  if (client.then === 'nothing' && steps.every((it) => isNothing(it.asked))) return [begins]
  const openIt = openIn(whole)
  const last = steps.length - 1
  const rest = steps.map((it, at) => stepOf(againName(at), it, at === last ? openIt : undefined))
  return [begins, ...rest]
}

/** What the step of a message after the answer is called. @param at of those before it */
export function againName(at: number): string {
  return at === 0 ? 'again' : `again-${at + 1}`
}

function isNothing({ observations, broken }: Asked): boolean {
  return observations.length === 0 && broken === undefined
}

function notSent(notRun: string): Seen {
  return { ...stepOf('request', NOTHING), notRun }
}

function stepOf(
  step: string,
  { asked: { observations, broken }, file }: Step,
  open?: string | undefined,
): Seen {
  return {
    ...{ step, notRun: undefined, isAsExpected: false, observations, reply: file },
    ...{ undecided: broken, ...(open === undefined ? {} : { open }) },
  }
}
