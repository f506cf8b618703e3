// How a programme system decides: object for object, by guards that may refuse it, and by what is done where none does. A
// guard that is left out, or a deed that is another one, makes a broken system.

import { find } from '../find.ts'
import type { Node } from '../xml.ts'
import { idOf } from './drafts.ts'
import type { Doing, Failure } from './party.ts'
import type { Tools } from './peer.ts'
import type { Kept } from './program-content.ts'

/** What is known while a message is carried out. */
export interface Then extends Tools {
  /** as it was before the message, of which others may have been carried out since */
  readonly before: Kept
}

/** Why an object is refused; undefined = it is not, by this one. */
export type Guard = (kept: Kept, object: Node, then: Then) => Failure | undefined

/** What becomes of an object that nobody has refused. */
export type Deed = (kept: Kept, object: Node, then: Then) => Kept

/** What is done with each object of a message. */
export interface Ruled {
  readonly guards: readonly Guard[]
  readonly deed: Deed
  /** what is said beside OK */
  readonly notes?: (kept: Kept, object: Node) => readonly Failure[]
}

/** A refusal. */
export function refused(rule: string, reason: string, code = '6.1'): Failure {
  return { code, rule, reason }
}

/** What an object of a noun is called. */
export function nameIn(noun: string): string {
  if (noun === 'EndDeviceStatuses') return 'EndDeviceStatus'
  return noun.replace(/ies$/, 'y').replace(/s$/, '')
}

/** Each object of a message for itself. */
export function each({ guards, deed, notes = () => [] }: Ruled): Doing<Kept> {
  return (before, { noun, content }, tools) => {
    const then = { ...tools, before }
    const objects = find(content, nameIn(noun))
    const failures: Failure[] = []
    const said: Failure[] = []
    let kept = before
    for (const it of objects) {
      const wrong = guards.map((guard) => guard(kept, it, then)).find((one) => one !== undefined)
      if (wrong === undefined) kept = deed(kept, it, then)
      else failures.push({ ...wrong, id: idOf(it), objectType: nameIn(noun) })
      said.push(...notes(kept, it))
    }
    return { state: kept, failures, notes: said, isPartly: failures.length < objects.length }
  }
}

/** All of a message, or nothing of it. */
export function together(ruled: Ruled): Doing<Kept> {
  return (before, ask, tools) => {
    const done = each(ruled)(before, ask, tools)
    return (done.failures ?? []).length === 0 ? done : { ...done, state: before, isPartly: false }
  }
}
