// What comes to the tester as server and belongs to no case. Where the product has sent it, it is judged like everything
// else: a message that may not be sent does not become better because nobody has waited for it.

import type { Asked } from '../checks/checks.ts'
import type { CaseResult } from '../results-shape.ts'
import type { Role } from '../shapes.ts'
import type { Asked as Came, Told } from '../transport/listen.ts'
import type { Judged } from './judge.ts'
import type { Seen } from './seen.ts'
import type { ServerRun } from './server.ts'
import { weighed } from './weigh.ts'
import type { Wire } from './wire.ts'

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
  /** whose it is, where it can be several */
  readonly blame?: Role
}

/** Such a message as it came, with its answer. */
export interface Astray {
  readonly asked: Came
  readonly judged: Judged
  readonly to: Role | undefined
  /** who has sent it, as far as that can be told */
  readonly from: Role
  readonly why: string
  readonly answer: Exclude<Told, undefined>
}

/** Takes down what has come besides, with its answers. @param before those that have been */
export function keptAstray(
  all: readonly Astray[],
  wire: Wire,
  before: readonly Stray[],
): readonly Stray[] {
  const kept = [...before]
  for (const { asked, judged, to, from, why, answer } of all) {
    const place = strayPlace(undefined, kept)
    const { bytes, headers } = asked
    const contentType = headers['content-type'] ?? ''
    const sides = { from, to: to ?? 'tester' }
    const { file } = wire.add({
      ...place,
      ...sides,
      direction: 'request',
      status: null,
      contentType,
      bytes,
    })
    const back = { from: sides.to, to: from, status: answer.status, bytes: answer.bytes }
    const type = String(answer.headers['Content-Type'] ?? '')
    wire.add({ ...place, ...back, direction: 'reply', contentType: type })
    const { observations, undecided } = judged
    const found = undecided === undefined ? { observations } : { observations, broken: undecided }
    kept.push({ ...place, file, why, role: undefined, weighs: true, found, blame: from })
  }
  return kept
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
function seenOf({ step, file, blame, found: { observations, broken } }: Stray): Seen {
  return {
    ...(blame === undefined ? {} : { blame }),
    ...{ step, notRun: undefined, isAsExpected: false, observations, reply: file },
    ...{ undecided: broken, unjudged: ['L6'] },
  }
}
