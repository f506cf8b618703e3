// What is wrong in a scenario, and whose it is: a message that says or comes what it should not, or one that did not come.

import { observed } from '../finding.ts'
import type { Observation } from '../finding.ts'
import { find } from '../find.ts'
import type { Match, View } from '../engine/scene.ts'
import type { Which } from '../script-shape.ts'
import type { Role, ScriptStep } from '../shapes.ts'
import type { Node } from '../xml.ts'

/** What is not so in a scenario. */
export interface Blamed {
  readonly observation: Observation
  /** of the script */
  readonly step: string
  readonly blame: Role
  /** the message that shows it; undefined = one that did not come */
  readonly match: Match | undefined
}

/** A check of a scenario, with what it is called in the self-test. */
export interface ScenarioCheck {
  readonly name: string
  readonly judge: (view: View) => readonly Blamed[]
}

/** What a step passes as. */
export function wordsOf({ verb, noun, kind }: ScriptStep): string {
  return kind === 'reply'
    ? `the reply, ${noun}`
    : `${verb.replaceAll('|', ' or ')} ${noun.replaceAll('|', ' or ')}`
}

/** One that did not come: who was to send it is to blame. */
export function missing(
  requirement: string,
  { id: step, from: blame }: ScriptStep,
  it: { readonly expected: string; readonly message: string },
): Blamed {
  const observation = observed(requirement, 'L7', { ...it, got: 'nothing' })
  return { observation, step, blame, match: undefined }
}

type Wrong = Parameters<typeof observed>[2]

/** One that came: who has sent it is to blame. */
export function wrong(requirement: string, match: Match, it: Wrong): Blamed {
  const observation = observed(requirement, 'L7', it)
  return { observation, step: match.step.id, blame: match.sender, match }
}

/** Which messages are meant, in words. */
export function shown({ step, part, where = [] }: Which): string {
  const conditions = where.map(({ path, equals, absent }) => {
    const name = path.split('/').at(-1) ?? path
    return equals === undefined ? `no ${name} ${absent ?? ''}` : `${name} ${equals}`
  })
  const words = [part === 'reply' ? `the reply to ${step}` : step, ...conditions]
  return words.join(' with ')
}

/** Where something stands, for the report. */
export function placeOf(
  root: Node | undefined,
  path: string,
): { readonly path: string; readonly line: number } {
  return {
    path: `/${root?.name ?? ''}/${path}`,
    line: find(root, path)[0]?.line ?? root?.line ?? 0,
  }
}
