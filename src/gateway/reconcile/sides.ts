// What each side has: the source what is kept here of it, or its list; the target what it has acknowledged, or its list.

import type { Had } from '../../flows/reconciliation.ts'
import type { Flow } from '../../flows/flow.ts'
import { isOver } from '../../lifecycles/lifecycle.ts'
import { knownTo, ledgerOf } from '../../flows/sync-ledger.ts'
import { listOf } from '../../flows/reference.ts'
import { member } from '../../schema/json-text.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import { idKey, identityOf } from '../identity.ts'
import type { LegQuery, MessageState } from '../ledger.ts'
import { legPages, objectPages } from '../pages.ts'
import type { Store, StoredObject } from '../ports.ts'
import { heldOf } from '../world.ts'
import type { Held } from '../world.ts'
import type { Plan } from './plan.ts'

/** What reading needs from outside. */
export interface SidesParts {
  readonly store: Pick<Store, 'page' | 'legs'>
  /** the flow of a noun and verb; undefined when the noun's flows have no such verb */
  readonly flow: (noun: string, verb: string) => Flow | undefined
}

/** An object that is kept here, and what is known of who knows it. */
export interface Kept {
  readonly held: Held
  readonly names: readonly string[]
  /** absent where nothing has been told of it */
  readonly ledger?: Held
}

const PAGE = 500

/** States of a message that may arrive yet. */
export const ON_ITS_WAY: readonly MessageState[] = ['QUEUED', 'SENDING', 'SENT', 'FAILED']

/** Both, to be compared. */
export async function sidesOf(
  plan: Plan,
  parts: SidesParts,
): Promise<{ readonly source: readonly Had[]; readonly target: readonly Had[] }> {
  const { noun, target } = plan
  const kept = await keptOf(noun, parts)
  const open = await underWayTo(target, noun, parts)
  const flow = parts.flow(noun, 'get')
  const { lists } = plan
  const ours = kept.map((it): Had => ({
    ...hadOf(it),
    ...standing(it, flow),
    ...(lists.target === undefined ? {} : acknowledgedOf(it, target)),
    isUnderWay: isUnderWay(it, open),
  }))
  return {
    source: lists.source === undefined ? ours : listed(lists.source, ours, kept),
    target:
      lists.target === undefined
        ? kept.flatMap((it) => acknowledged(it, target))
        : listed(lists.target, [], kept),
  }
}

/** What is said of the object itself: that nobody need have it any more, or that its other side has not made it so. */
function standing(
  { held }: Kept,
  flow: Flow | undefined,
): Pick<Had, 'isOver' | 'unmet' | 'pending'> {
  const { object, state } = held
  const unmet = flow?.drift?.unmet(object, state)
  const pending = flow?.drift?.pending(object, state)
  const hasEnded = flow?.drift?.ended(object) === true
  return {
    isOver: hasEnded || (flow !== undefined && isOver(flow.lifecycle, state)),
    ...(unmet === undefined ? {} : { unmet }),
    ...(pending === undefined ? {} : { pending }),
  }
}

function acknowledgedOf({ ledger }: Kept, target: string): Pick<Had, 'acknowledged'> {
  const known = knownTo(ledger?.object, target)
  return known === undefined ? {} : { acknowledged: known.revision }
}

/** Every object of a noun that is kept here. */
async function keptOf(noun: string, { store }: SidesParts): Promise<readonly Kept[]> {
  const ledgers = await all(ledgerOf(noun), store)
  return withLedgers(await all(noun, store), ledgers)
}

/** Objects as they are stored, each with what is known of who knows it. */
export function withLedgers(
  objects: readonly StoredObject[],
  ledgers: readonly StoredObject[],
): readonly Kept[] {
  const known = new Map(ledgers.map((it) => [it.id, heldOf(it)]))
  return objects.map((it) => {
    const ledger = known.get(it.id)
    return { held: heldOf(it), names: it.names, ...(ledger === undefined ? {} : { ledger }) }
  })
}

async function all(noun: string, store: Pick<Store, 'page'>): Promise<readonly StoredObject[]> {
  const found: StoredObject[] = []
  for await (const objects of objectPages(noun, { limit: PAGE }, store)) found.push(...objects)
  return found
}

/** Conversations in which something of a noun may reach a party yet. */
export async function underWayTo(
  party: string,
  noun: string,
  { store }: Pick<SidesParts, 'store'>,
): Promise<ReadonlySet<string>> {
  const query: LegQuery = { direction: 'out', party, noun: [noun], state: ON_ITS_WAY, limit: PAGE }
  const found = new Set<string>()
  for await (const legs of legPages(query, store))
    for (const { exchangeId } of legs) found.add(exchangeId)
  return found
}

/** True where the object as it is now has been told in one of these. */
export function isUnderWay({ held, ledger }: Kept, open: ReadonlySet<string>): boolean {
  return listOf(ledger?.object, 'told').some(
    (it) => open.has(String(member(it, 'exchangeId'))) && member(it, 'revision') === held.revision,
  )
}

function hadOf({ held }: Kept): Had {
  const { id, object, revision, state } = held
  const mRID = identityOf(object).mRID ?? id
  return { key: id, mRID, revision, object, ...(SILENT.includes(state) ? {} : { state }) }
}

/** of a record: they say nothing that the revision does not */
const SILENT: readonly string[] = ['present', 'kept']

function acknowledged({ held, ledger }: Kept, party: string): readonly Had[] {
  const known = knownTo(ledger?.object, party)
  const mRID = identityOf(held.object).mRID ?? held.id
  return known === undefined ? [] : [{ key: held.id, mRID, revision: known.revision }]
}

/** Objects of a list: the same as one that is kept here where they are named as it is. */
function listed(
  list: readonly JsonObject[],
  ours: readonly Had[],
  kept: readonly Kept[],
): readonly Had[] {
  const byName = new Map(kept.flatMap(({ held, names }) => names.map((it) => [it, held.id])))
  const known = new Map(ours.map((it) => [it.key, it]))
  return list.map((object): Had => {
    const { mRID, names } = identityOf(object)
    const named = names.map((it) => byName.get(it)).find((it) => it !== undefined)
    const key = mRID === undefined ? (named ?? names[0] ?? '') : idKey(mRID)
    return { ...saidHere(known.get(key)), key, mRID: mRID ?? key, object }
  })
}

/** What is known here of an object that a list has, too: nothing of its content. */
function saidHere(own: Had | undefined): Partial<Had> {
  if (own === undefined) return {}
  const { key: _key, mRID: _mRID, object: _object, state: _state, isOver: _isOver, ...said } = own
  return said
}
