// What comes to the tester as server and belongs to no case. Where the product has sent it, it is judged like everything
// else: a message that may not be sent does not become better because nobody has waited for it.

import type { Asked } from '../checks/checks.ts'
import type { CaseResult } from '../results-shape.ts'
import type { Role } from '../shapes.ts'
import type { Seen } from './seen.ts'
import type { ServerRun } from './server.ts'
import { weighed } from './weigh.ts'

/** A message that no case has taken. */
export interface Stray {
  readonly file: string
  readonly why: string
  readonly scenario: string
  readonly step: string
  /** role of the tester that it came to, where that is known */
  readonly role: Role | undefined
  /** a message of the product: what is wrong in it weighs */
  readonly weighs: boolean
  readonly found: Asked
}

/** Where such a message is kept: the first of a role is `message`, the next `message-2`. */
export function strayPlace(
  role: Role | undefined,
  before: readonly Stray[],
): Pick<Stray, 'scenario' | 'step'> {
  const number = before.filter((it) => it.role === role).length + 1
  const scenario = role === undefined ? 'unmatched' : `unmatched/${role}`
  return { scenario, step: number === 1 ? 'message' : `message-${number}` }
}

/** A case for each role of the tester that the product has sent something wrong to, with a step for each such message. */
export function strayCases(
  strays: readonly Stray[],
  run: Pick<ServerRun, 'plan' | 'waivers' | 'capability' | 'clients'>,
  today: string,
): readonly CaseResult[] {
  const wrong = strays.filter(({ weighs, found }) => weighs && !isRight(found))
  const ids = [...new Set(wrong.map((it) => it.scenario))]
  return ids.map((id) => {
    const own = wrong.filter((it) => it.scenario === id)
    const none = { profiles: [], needs: [], steps: [], pack: 'unmatched' }
    const target = [...sendersTo(own[0]?.role, run)]
    const scenario = { ...none, id, title: titleOf(own[0]?.role), target, source: 'as it came' }
    const planned = { scenario, notApplicable: undefined }
    return weighed(planned, own.map(seenOf), { plan: run.plan, waivers: run.waivers, today })
  })
}

function isRight({ observations, broken }: Asked): boolean {
  return observations.length === 0 && broken === undefined
}

function titleOf(role: Role | undefined): string {
  return `messages to ${role ?? 'the tester'} that no case has waited for`
}

/** Roles that the product claims and that have a case with that role of the tester; all where it is not known. */
function sendersTo(
  role: Role | undefined,
  { capability, clients }: Pick<ServerRun, 'capability' | 'clients'>,
): readonly Role[] {
  const claimed = Object.keys(capability.roles) as readonly Role[]
  const own = clients.filter((it) => it.peer === role).flatMap((it) => it.target)
  return role === undefined ? claimed : claimed.filter((it) => own.includes(it))
}

/** Nothing of it shows how the product takes an answer. */
function seenOf({ step, file, found: { observations, broken } }: Stray): Seen {
  return {
    ...{ step, notRun: undefined, isAsExpected: false, observations, reply: file },
    ...{ undecided: broken, unjudged: ['L6'] },
  }
}
