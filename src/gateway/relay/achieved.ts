// What a party has made of a request, against what was asked for: where it falls short, its sender hears so beside the
// reply, and what was not allowed to fall short has not come to be; the party is asked to take it back.

import type { ReplyError } from '../../envelope/reply.ts'
import type { Short } from '../../flows/short.ts'
import { isObject, member } from '../../schema/json-text.ts'
import type { Json, JsonObject } from '../../schema/json-text.ts'
import { PART } from '../answer.ts'
import type { Said } from '../answer.ts'
import type { ContentOf } from '../content.ts'
import type { Deciding } from '../deciding/deciding.ts'
import type { Leg } from '../ledger.ts'
import { mended } from '../mended.ts'
import { idOfObject } from '../outcome.ts'
import { providerOf } from '../parties/index.ts'
import type { Topology } from '../parties/party.ts'
import { referred } from '../deciding/placed.ts'
import { objectsFor } from '../tasks.ts'
import type { Task } from '../tasks.ts'
import { worldOf } from '../world.ts'
import type { Choose } from './choosing.ts'
import type { Pending } from './waiting.ts'

/** What judging needs from outside. */
export interface AchievingParts {
  readonly deciding: Deciding
  readonly contentOf: ContentOf
  readonly topology: () => Topology
  readonly choose: Choose
  readonly source: string
}

/** A reply as its sender hears it. */
export interface Achieved {
  readonly said: Said
  /** as CIM-JSON; what has not come to be is named by an Error */
  readonly reply: JsonObject
  /** objects that the party has made, and that are to be taken back */
  readonly undone: readonly Task[]
}

interface Lacking {
  readonly task: Task
  readonly short: Short
}

/** Over one record. */
export function achievingOn({ deciding, contentOf }: AchievingParts) {
  const besideIn = (payload: Json | undefined) => (noun: string) => {
    const content = contentOf(noun)
    return content === undefined ? [] : objectsFor(payload, content)
  }

  return async ({ message }: Pending, said: Said, reply: JsonObject): Promise<Achieved> => {
    const work = deciding.workOf(message)
    const flowOf = ({ noun, verb }: Task) => deciding.flow(noun, verb)
    const isJudged = work.tasks.some((it) => it.kind === 'create' && flowOf(it)?.short)
    if (!isJudged || said.result === 'FAILED') return { said, reply, undone: [] }
    const world = worldOf((await deciding.readAll(work)).stored)
    const [asked, told] = [message, reply].map((it) => besideIn(member(it, 'payload')))
    const all = work.tasks.flatMap((task): readonly Lacking[] => {
      const short = flowOf(task)?.short?.(task.object, asked ?? NOTHING, told ?? NOTHING, (it) =>
        referred(world, it),
      )
      return short === undefined ? [] : [{ task, short }]
    })
    if (all.length === 0) return { said, reply, undone: [] }
    const undone = all.flatMap(({ task, short }) => (short.isAllowed ? [] : task))
    const errors = all.map((it) => errorOf(it, flowOf(it.task)?.objectType ?? ''))
    const isNothing = undone.length === work.tasks.length
    const heard: Said = {
      ...said,
      result: isNothing ? 'FAILED' : 'PARTIAL',
      errors: isNothing || undone.length === 0 ? errors : [PART, ...errors],
    }
    return { said: heard, reply: withErrors(reply, heard), undone }
  }
}

const NOTHING = (): readonly JsonObject[] => []

/** A group of less is part of what was asked for; one that may not be of less is none. */
function errorOf({ task, short }: Lacking, objectType: string): ReplyError {
  const { rule, reason, isAllowed } = short
  const id = idOfObject(task.object, objectType)
  const named = id === undefined ? {} : { id }
  if (isAllowed) return mended({ code: '0.2', level: 'WARNING', rule, reason, ...named })
  const details = 'Nothing has been made. Ask for less, or allow a part (allowPartial).'
  return { code: '6.1', level: 'FATAL', rule, reason, details, ...named }
}

/** Our record is made of what the reply says. */
function withErrors(reply: JsonObject, { result, errors = [] }: Said): JsonObject {
  const own = member(reply, 'reply')
  const failed = errors.filter(({ code }) => code !== '0.2')
  const Error = failed.map(({ code, id }) => ({ code, ...(id === undefined ? {} : { ID: id }) }))
  return {
    ...reply,
    reply: { ...(isObject(own) ? own : {}), Result: result, Error: Error as unknown as Json },
  }
}

/** The request to take something back, and the way that it goes to whoever has made it. */
export function undoing(
  { noun, object }: Task,
  { party }: Leg,
  { deciding, choose, topology, source }: AchievingParts,
) {
  const id = idOfObject(object, deciding.flow(noun, 'delete')?.objectType ?? '')
  const provider = providerOf(party, topology())
  const providers = provider === undefined ? [] : [provider]
  const choice = choose({ noun, verb: 'delete', from: source }, { providers })
  const to = choice.kind === 'parties' ? choice.parties.find((it) => it.id === party) : undefined
  if (id === undefined || choice.kind !== 'parties' || to === undefined) return undefined
  const header = { Verb: 'delete', Noun: noun }
  const message = { message: 'RequestMessage', header, payload: { ID: [{ ...id }] } }
  return { message, party: to, way: choice.way }
}
