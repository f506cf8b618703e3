// Which parties know an object, as the façade shows it: the revision that each of them has acknowledged.

import type { Role } from '../flows/role.ts'
import { awareOf, knownTo, ledgerOf, unawareOf } from '../flows/sync-ledger.ts'
import type { JsonObject } from '../schema/json-text.ts'
import type { ExchangeParts } from './exchange-parts.ts'
import { jsonBody, noObject } from './facade/answer.ts'
import type { FacadeAnswer, FacadeRequest } from './facade/request.ts'
import { guarded } from './guarded.ts'
import { idKey } from './identity.ts'
import { wayOf } from './parties/index.ts'
import { rolesOf } from './parties/roles.ts'
import type { Topology } from './parties/party.ts'
import type { StoredObject } from './ports.ts'
import { problemOf } from './problem.ts'
import { heldOf } from './world.ts'

/** What it needs from outside. */
export interface AcknowledgementParts extends Pick<
  ExchangeParts,
  'store' | 'flow' | 'courier' | 'newId'
> {
  /** absent = there are no parties */
  readonly topology?: () => Topology
}

/** 200 with the revision that each party has acknowledged; 404 for what is not there, or not synchronized. */
export type Acknowledgements = (request: FacadeRequest, mRID: string) => Promise<FacadeAnswer>

/** Over one store. */
export function acknowledgementsOn(parts: AcknowledgementParts): Acknowledgements {
  const store = guarded(parts.store)
  const headers = () => ({ MessageID: parts.newId(), CorrelationID: parts.newId() })

  return async ({ noun, sender, path }, mRID) => {
    const roles = parts.flow(noun, 'get')?.synchronizedTo
    const seen = parts.courier?.standings.seenBy(store, sender) ?? store
    const [stored] = await seen.objects(noun, [idKey(mRID)], [])
    const error = roles === undefined ? notSynchronized(noun) : noObject(noun, mRID, parts.flow)
    if (stored === undefined || roles === undefined)
      return { rendered: problemOf([error], 404, { instance: path }), headers: headers() }
    const [ledger] = (await store.objects(ledgerOf(noun), [stored.id], [])).map(heldOf)
    const topology = parts.topology?.()
    const told = topology === undefined ? [] : toldOf(stored, topology)
    const all = linesOf(ledger?.object, roles, stored.revision, told)
    // Who knows what besides is for whoever the object belongs to, and for operators.
    const isWhole = sender.operator === true || stored.owner === sender.party
    const lines = isWhole ? all : all.filter(({ party }) => party === sender.party)
    const due = all.filter((it) => it.isDue).map(({ party }) => party)
    const isKnown = isWhole ? { isKnown: unawareOf(ledger?.object, due).length === 0 } : {}
    const body = { mRID, revision: stored.revision, ...isKnown, parties: lines.map(shown) }
    return { rendered: jsonBody(body), headers: headers() }
  }
}

/** What one party knows. */
interface Line {
  readonly party: string
  readonly roles: readonly string[]
  readonly revision: number | null
  readonly at: string | null
  readonly isCurrent: boolean
  /** it has to know the object */
  readonly isDue: boolean
}

/** A party that hears of an object, and what it is. */
interface Told {
  readonly party: string
  readonly roles: readonly Role[]
}

/** The parties that have to know an object of a noun before others may rely on it, by whose it is. */
export function dueBy({
  flow,
  topology,
}: Pick<AcknowledgementParts, 'flow'> & Pick<Required<AcknowledgementParts>, 'topology'>) {
  return (noun: string, owner: string): readonly string[] => {
    const roles = flow(noun, 'get')?.synchronizedTo ?? []
    if (roles.length === 0) return []
    return toldOf({ noun, owner }, topology())
      .filter((it) => it.roles.some((one) => roles.includes(one)))
      .map(({ party }) => party)
  }
}

/** Nobody else is waited for: of a provider, say, that is told of nobody's customers. */
function toldOf(
  { noun, owner }: Pick<StoredObject, 'noun' | 'owner'>,
  topology: Topology,
): readonly Told[] {
  const choice = wayOf(topology, { noun, verb: 'changed', from: owner })
  const parties = choice.kind === 'parties' ? choice.parties : []
  return parties.map((it) => ({ party: it.id, roles: rolesOf(it, topology) }))
}

/** Of those that have to know it, and of those that do besides, in the order of their way. */
function linesOf(
  ledger: JsonObject | undefined,
  due: readonly Role[],
  current: number,
  told: readonly Told[],
): readonly Line[] {
  const known = told.map(({ party, roles }) => ({
    party,
    roles: roles.filter((it) => due.includes(it)),
  }))
  const aware = awareOf(ledger)
  const gone = aware.filter((id) => !known.some(({ party }) => party === id))
  return [...known, ...gone.map((party) => ({ party, roles: [] }))]
    .filter(({ party, roles }) => roles.length > 0 || aware.includes(party))
    .map(({ party, roles }) => {
      const own = knownTo(ledger, party)
      return {
        ...{ party, roles, revision: own?.revision ?? null, at: own?.at ?? null },
        isCurrent: own?.revision === current,
        isDue: roles.length > 0,
      }
    })
}

function shown({ isDue: _due, ...line }: Line): JsonObject {
  return line
}

function notSynchronized(noun: string) {
  const reason = `It is not kept who knows objects of ${noun}.`
  return {
    ...{ code: '2.9', reason },
    details: 'Look at its messages instead: GET /api/v1/messages?key= with the mRID of the object.',
  }
}
