// What is told to others when something has been accepted here: one EventMessage for all objects of a noun and of
// one owner to which the same has happened, in the order in which it did.

import type { JsonObject } from '../../schema/json-text.ts'
import { payloadOf, rootsOf } from '../content.ts'
import type { ContentOf } from '../content.ts'
import type { Decision } from '../decide.ts'
import type { MovedObject, Outcome } from '../outcome.ts'

/** An event to be told, before it has ids, times and receivers. */
export interface Publication {
  readonly noun: string
  /** an event verb */
  readonly verb: string
  readonly flow: string
  /** party whose objects they are */
  readonly owner: string
  /** as CIM-JSON, with Verb and Noun */
  readonly message: JsonObject
}

/** The events of a decision; what came as an event is told on by its own way, not again as one of ours. */
export function publicationsOf(decision: Decision, contentOf: ContentOf): readonly Publication[] {
  const groups = new Map<string, Happened>()
  for (const { event, object } of decision.outcomes.flatMap(happenedIn)) {
    const { noun, verb, flow, owner } = event
    const name = `${noun} ${verb} ${owner}`
    const group = groups.get(name)
    if (group === undefined) groups.set(name, { noun, verb, flow, owner, objects: [object] })
    else group.objects.push(object)
  }
  return [...groups.values()].flatMap((it) => publication(it, contentOf))
}

/** The change itself, and the steps of others that went with it: these are ours also where an event has brought them about. */
function happenedIn({
  task,
  before,
  after,
  event,
  moved = [],
  isUntold,
}: Outcome): readonly Omit<MovedObject, 'was'>[] {
  const object = (after ?? before)?.object
  const isOurs = event !== undefined && object !== undefined && !task.reported && !isUntold
  return isOurs ? [{ event, object }, ...moved] : moved
}

interface Happened {
  readonly noun: string
  readonly verb: string
  readonly flow: string
  readonly owner: string
  readonly objects: JsonObject[]
}

/** Whole objects also of what is gone: whoever was told of them knows them again, by whatever it keeps. */
function publication(
  { noun, verb, flow, owner, objects }: Happened,
  contentOf: ContentOf,
): readonly Publication[] {
  const content = contentOf(noun)
  if (content === undefined) return []
  const payload = payloadOf([[noun, rootsOf(objects, content)]])
  const message = { message: 'EventMessage', header: { Verb: verb, Noun: noun }, payload }
  return [{ noun, verb, flow, owner, message }]
}
