// Notes in the ledger of an object, in the unit of its change, which exchange has told which revision, so that an
// acknowledgement which comes at some time later says what its party knows.

import type { Flow } from '../../flows/flow.ts'
import { NOTHING_KNOWN, acknowledgedBy, ledgerOf, toldIn } from '../../flows/sync-ledger.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import type { Outcome } from '../outcome.ts'
import type { DecideContext } from './settle.ts'
import type { Task } from '../tasks.ts'
import type { Held, World } from '../world.ts'

/** Keeps it in the world; of flows that are not synchronized nothing. */
export function noteTold(
  outcomes: readonly Outcome[],
  world: World,
  context: Pick<DecideContext, 'flow' | 'now' | 'exchangeId' | 'carriedOutBy' | 'roles'>,
): void {
  for (const { event, task, after, before } of outcomes) {
    const held = after ?? before
    if (event === undefined || held === undefined) continue
    const flow = context.flow(task.noun, 'get')
    if (!isSynchronized(flow)) continue
    const isGone = after === undefined || event.verb === 'deleted'
    const ledger = heldLedger(world, held)
    const knows = context.carriedOutBy ?? tellerOf(task, flow, context)
    const object = isGone
      ? NOTHING_KNOWN
      : noted(ledger?.object, event.revision, { ...context, knows })
    world.put(ledgerHeld(held, object, ledger))
  }
}

/** True where it is kept who knows of the objects of a flow. */
export function isSynchronized(flow: Flow | undefined): boolean {
  return flow?.synchronizedTo !== undefined
}

/** The ledger of an object as it is to be kept. @param was the ledger as it is kept now */
export function ledgerHeld(
  { noun, id, owner }: Pick<Held, 'noun' | 'id' | 'owner'>,
  object: JsonObject,
  was: Held | undefined,
): Held {
  const revision = (was?.revision ?? 0) + 1
  return { noun: ledgerOf(noun), id, state: 'kept', object, owner, revision }
}

function heldLedger(world: World, { noun, id }: Held): Held | undefined {
  const found = world.find(ledgerOf(noun), { mRID: id })
  return found.kind === 'one' ? found.held : undefined
}

/** Of a party that has to know an object: what it tells itself of that it knows. */
function tellerOf(
  { by, reported }: Task,
  flow: Flow | undefined,
  { roles = [] }: Pick<DecideContext, 'roles'>,
): string | undefined {
  const due: readonly string[] = flow?.synchronizedTo ?? []
  return reported && roles.some((it) => due.includes(it)) ? by : undefined
}

/** Who has carried a change out, or has told of it, knows it by that. */
function noted(
  ledger: JsonObject | undefined,
  revision: number,
  {
    exchangeId,
    now: at,
    knows,
  }: Pick<DecideContext, 'exchangeId' | 'now'> & { readonly knows: string | undefined },
): JsonObject {
  const told = toldIn(ledger, exchangeId, revision)
  if (knows === undefined) return told
  return acknowledgedBy(told, knows, { exchangeId, at }) ?? told
}
