// What is told to others when something has been accepted here: one EventMessage for all objects of a noun and of
// one owner to which the same has happened, in the order in which it did; of members that have come or gone, one for each.

import type { JsonObject } from '../../schema/json-text.ts'
import { payloadOf, rootsOf } from '../content.ts'
import type { ContentOf } from '../content.ts'
import type { Decision } from '../deciding/decide.ts'
import type { MovedObject, Outcome } from '../outcome.ts'
import { membersApart } from './members-apart.ts'

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
  /** the same of each member that has come or gone, for whoever takes it so */
  readonly apart?: readonly JsonObject[]
}

/** The events of a decision; what came as an event is told on by its own way, not again as one of ours. */
export function publicationsOf(decision: Decision, contentOf: ContentOf): readonly Publication[] {
  const groups = new Map<string, Happened>()
  for (const { event, object, was } of decision.outcomes.flatMap(happenedIn)) {
    const { noun, verb, flow, owner } = event
    const content = contentOf(noun)
    const isChanged = verb === 'changed' && was !== undefined && content !== undefined
    const apart = isChanged ? membersApart({ noun, was, object }, content) : undefined
    const name = `${noun} ${verb} ${owner}${apart === undefined ? '' : ` ${event.subject}`}`
    const group = groups.get(name)
    const about = { noun, verb, flow, owner, ...(apart === undefined ? {} : { apart }) }
    if (group === undefined) groups.set(name, { ...about, objects: [object] })
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
}: Outcome): readonly (Omit<MovedObject, 'was'> & Partial<MovedObject>)[] {
  const object = (after ?? before)?.object
  const isOurs = event !== undefined && object !== undefined && !task.reported && !isUntold
  const was = before === undefined ? {} : { was: before.object }
  return isOurs ? [{ event, object, ...was }, ...moved] : moved
}

interface Happened {
  readonly apart?: readonly JsonObject[]
  readonly noun: string
  readonly verb: string
  readonly flow: string
  readonly owner: string
  readonly objects: JsonObject[]
}

/** Whole objects also of what is gone: whoever was told of them knows them again, by whatever it keeps. */
function publication(
  { objects, ...about }: Happened,
  contentOf: ContentOf,
): readonly Publication[] {
  const { noun, verb } = about
  const content = contentOf(noun)
  if (content === undefined) return []
  const payload = payloadOf([[noun, rootsOf(objects, content)]])
  const message = { message: 'EventMessage', header: { Verb: verb, Noun: noun }, payload }
  return [{ ...about, message }]
}
