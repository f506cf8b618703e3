// Steps of an item in a list of an object, `POST …/{id}/stages/{item}:start`: a change of the object in which that item is asked
// to be in another state, and all the others stay as they are.

import type { Flow } from '../../flows/flow.ts'
import { isObject, member } from '../../schema/json-text.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import type { ReplyError } from '../../envelope/reply.ts'
import type { ExchangeParts } from '../exchange-parts.ts'
import type { Facade, FacadeAnswer, FacadeRequest } from './request.ts'
import { memberNamed } from './members.ts'
import { noObject } from './answer.ts'
import { guarded } from '../guarded.ts'
import { idKey, identityOf } from '../identity.ts'
import { mended } from '../mended.ts'
import { problemOf } from '../problem.ts'
import { noTrigger } from './triggers.ts'

type FlowOf = (noun: string, verb: string) => Flow | undefined

/** An item of a list, and the step that it is asked to take. */
export interface ItemStep {
  readonly list: string
  /** mRID of the item, or one of its names */
  readonly item: string
  readonly step: string
}

/** Takes a step of one item. */
export type TakeItemStep = (
  request: FacadeRequest,
  mRID: string,
  asked: ItemStep,
) => Promise<FacadeAnswer>

/** The steps of the items of a noun's objects, by list. */
export function itemStepsOf(noun: string, flow: FlowOf): NonNullable<Flow['itemSteps']> {
  return flow(noun, 'change')?.itemSteps ?? {}
}

/** @param facade by which the change is sent */
export function itemStepping(
  facade: Pick<Facade, 'change' | 'ids'>,
  parts: Pick<ExchangeParts, 'store' | 'flow' | 'courier'>,
): TakeItemStep {
  const store = guarded(parts.store)

  return async (request, mRID, { list, item, step: name }) => {
    const { noun, path, sender } = request
    const all = itemStepsOf(noun, parts.flow)
    const steps = Object.hasOwn(all, list) ? (all[list] ?? {}) : {}
    const step = Object.hasOwn(steps, name) ? steps[name] : undefined
    const known = Object.keys(steps)
    if (step === undefined)
      return { rendered: noTrigger(noun, { trigger: name, known }, path), headers: facade.ids() }
    const seen = parts.courier?.standings.seenBy(store, sender) ?? store
    const [stored] = await seen.objects(noun, [idKey(mRID)], [])
    if (stored === undefined) return refused(request, noObject(noun, mRID, parts.flow))
    const own = memberNamed(stored, list, item)
    if (own === undefined) return refused(request, noItem({ list, item }, mRID))
    return facade.change(request, mRID, { json: { [list]: [asked(own, step(own))] } })
  }

  function refused({ path }: FacadeRequest, error: ReplyError): FacadeAnswer {
    return { rendered: problemOf([error], 404, { instance: path }), headers: facade.ids() }
  }
}

/** Who the item is, and what of it is to be otherwise. */
function asked(item: JsonObject, changed: JsonObject): JsonObject {
  const { mRID } = identityOf(item)
  const named = mRID === undefined ? { Names: item['Names'] ?? [] } : { mRID }
  const others = Object.entries(changed).filter(([name, it]) => it !== item[name])
  return { ...named, ...Object.fromEntries(others.map(([name, it]) => [name, without(it)])) }
}

/** The time of the state before is none of the one that is asked for. */
function without(it: JsonObject[string]): JsonObject[string] {
  if (!isObject(it) || member(it, 'dateTime') === undefined) return it
  const { dateTime: _then, ...rest } = it
  return rest
}

function noItem({ list, item }: Pick<ItemStep, 'list' | 'item'>, mRID: string): ReplyError {
  return mended({
    code: '99.1',
    rule: 'NOT-FOUND',
    reason: `${mRID} has no ${item} in ${list}.`,
  })
}
