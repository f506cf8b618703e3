// The messages and replies of a branch on their way into the report: in the order of time, each under a name of its own, and
// taken down as it passed.

import { textAt } from '../find.ts'
import type { Passage } from '../peers/stage.ts'
import type { Role } from '../shapes.ts'
import { isPart } from '../transport/answer.ts'
import type { Acted } from './acting.ts'
import type { Match } from './scene.ts'
import { untaken } from './sides.ts'
import type { Wire } from './wire.ts'

/** A message or a reply on its way into the report. */
export interface Half {
  readonly at: number
  readonly part: Match['part']
  readonly time: number
  readonly passage: Passage
  readonly step: string
  readonly sender: Role
}

/** Messages and replies in the order of time, each under a name of its own. */
export function halvesOf(acted: Acted, matches: readonly Match[]): readonly Half[] {
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
    .map((it) => ({ ...it, step: untaken(nameOf(it, acted, matches), taken) }))
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

/** Takes it down. @returns its file; empty where nothing came */
export function wired({ part, passage, step }: Half, scenario: string, wire: Wire): string {
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
