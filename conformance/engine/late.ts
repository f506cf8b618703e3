// Of which branch a message is that a product sends by itself. Each branch has objects of its own, so what is about those of one
// that is over belongs there, however late it comes, and not to the one that is played now. Pure.

import { find, textAt } from '../find.ts'
import type { Passage } from '../peers/stage.ts'
import type { Node } from '../xml.ts'

/** What was spoken of in a branch: ids of messages, and of objects. */
export interface SpokenOf {
  readonly messages: ReadonlySet<string>
  readonly objects: ReadonlySet<string>
}

/** A branch that is over. */
export interface Over {
  readonly id: string
  readonly spokenOf: SpokenOf
}

/** Of everything that has passed in a branch, in both directions. */
export function spokenOfIn(passages: readonly Passage[]): SpokenOf {
  const roots = passages.flatMap(({ message, reply }) => [message.root, reply?.root])
  return {
    messages: new Set(roots.flatMap((it) => idsOf(it).messages)),
    objects: new Set(roots.flatMap((it) => idsOf(it).objects)),
  }
}

/**
 * The branch that a message is late for; undefined where it is of the one that is played, or of none. What it answers, or is
 * told by, says more than which message it is, and that more than what it is about.
 * @param now what has been spoken of in the one that is played @param over those before, the last one last
 */
export function lateFor(
  root: Node | undefined,
  now: SpokenOf,
  over: readonly Over[],
): string | undefined {
  const { correlation, messages, objects } = idsOf(root)
  const words: readonly (readonly [readonly string[], (of: SpokenOf) => ReadonlySet<string>])[] = [
    [correlation, (of) => of.messages],
    [messages, (of) => of.messages],
    [objects, (of) => of.objects],
  ]
  for (const [ids, of] of words) {
    if (ids.some((it) => of(now).has(it))) return undefined
    const late = over.findLast(({ spokenOf }) => ids.some((it) => of(spokenOf).has(it)))
    if (late !== undefined) return late.id
  }
  return undefined
}

interface Ids {
  readonly correlation: readonly string[]
  /** that one, and its own */
  readonly messages: readonly string[]
  readonly objects: readonly string[]
}

const NONE: Ids = { correlation: [], messages: [], objects: [] }
/** All of a branch are asked for with each message that comes in it. */
const known = new WeakMap<Node, Ids>()

function idsOf(root: Node | undefined): Ids {
  if (root === undefined) return NONE
  const made = known.get(root) ?? idsIn(root)
  known.set(root, made)
  return made
}

function idsIn(root: Node): Ids {
  const said = (name: string) => [textAt(root, `Header/${name}`) ?? ''].filter((it) => it !== '')
  const correlation = said('CorrelationID')
  const objects = ['Payload/**/mRID', 'Request/ID', 'Request/**/mRID', 'Reply/**/ID']
  return {
    ...{ correlation, messages: [...correlation, ...said('MessageID')] },
    objects: objects.flatMap((path) => find(root, path).map((it) => it.text)),
  }
}
