// What keeps the order of a message: as its way says, and with what it belongs to as far as that is known here, so that whoever
// names a stage alone stands in one order with whoever names its event.

import { flowsOf } from '../../flows/index.ts'
import type { Flow } from '../../flows/flow.ts'
import type { Belonging } from '../../flows/in-order.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import type { ContentOf } from '../content.ts'
import { lookedUp } from '../looked-up.ts'
import { orderKeyOf } from '../parties/index.ts'
import type { Whole } from '../parties/index.ts'
import type { OrderKey } from '../parties/party.ts'
import type { Store } from '../ports.ts'
import { workOf } from '../tasks.ts'
import type { Task } from '../tasks.ts'

/** What it needs from outside. */
export interface OrderParts {
  readonly store: Pick<Store, 'objects'>
  readonly contentOf: ContentOf
}

/** Its key; empty where nothing keeps its order. @param message as CIM-JSON */
export async function orderOf(
  message: JsonObject,
  order: OrderKey,
  { store, contentOf }: OrderParts,
): Promise<string> {
  if (order.by === 'none') return ''
  const byWhole = new Map<Belonging, Task[]>()
  for (const task of workOf(message, contentOf).tasks) {
    const belongs = belongingOf(task)
    if (belongs !== undefined) byWhole.set(belongs, [...(byWhole.get(belongs) ?? []), task])
  }
  const wholes = await Promise.all([...byWhole].map((it) => wholeOf(...it, store)))
  return orderKeyOf(message, order, wholes)
}

function belongingOf({ noun }: Task): Belonging | undefined {
  const flows: readonly Flow[] = flowsOf(noun)
  return flows.find(({ belongs }) => belongs !== undefined)?.belongs
}

async function wholeOf(
  { noun, refers, keys }: Belonging,
  tasks: readonly Task[],
  store: OrderParts['store'],
): Promise<Whole> {
  // An ID may be the one or the other.
  const objects = tasks.flatMap(({ object, otherwise = object }) =>
    otherwise === object ? [object] : [object, otherwise],
  )
  const find = await lookedUp(
    (_none, known) => objects.flatMap((it) => refers(it, known)),
    {},
    store,
  )
  return { noun, keys: objects.flatMap((it) => keys(it, find)) }
}
