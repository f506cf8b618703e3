// What is registered by an object: devices, usage points. Whatever names one of them belongs to whoever the registration
// belongs to. Kept in the store's index of names, beside the claims.

import type { Flow } from '../../flows/flow.ts'
import { isObject } from '../../schema/json-text.ts'
import type { Json, JsonObject } from '../../schema/json-text.ts'
import { idKey, identityOf, nameTexts } from '../identity.ts'
import type { Held, World } from '../world.ts'

/** Registrations of one thing that are looked at to tell whose it is: two that differ are enough to know that it is unclear. */
const LOOKED_AT = [0, 1] as const

/** The keys under which the registrations of whatever bears one of these texts are found. */
export function registrationKeys(texts: readonly string[]): readonly string[] {
  return texts.flatMap((text) => LOOKED_AT.map((place) => `claim REGISTERED ${place} ${text}`))
}

/** The keys of what an object is the registration of. */
export function keysRegistered(flow: Flow, object: JsonObject): readonly string[] {
  return registrationKeys(registeredBy(flow, object))
}

/** A place for each text as long as one is free: what more registrations would tell is not needed. */
export function registrations(
  { noun, id, object }: Pick<Held, 'noun' | 'id' | 'object'>,
  flow: Flow,
  world: World,
): readonly string[] {
  const isFree = (key: string) => [undefined, id].includes(world.claimant(noun, key)?.id)
  return registeredBy(flow, object).flatMap((it) => registrationKeys([it]).find(isFree) ?? [])
}

function registeredBy({ registers }: Flow, object: JsonObject): readonly string[] {
  if (registers === undefined) return []
  return textsOf(registers(object).filter((it) => it !== undefined))
}

/** mRIDs and names of what is referred to, each once; a text stands for itself. */
export function textsOf(named: readonly Json[]): readonly string[] {
  return [...new Set(named.flatMap(textsIn))]
}

function textsIn(named: Json): readonly string[] {
  if (!isObject(named)) return typeof named === 'string' ? [idKey(named)] : []
  const { mRID } = identityOf(named)
  return [...(mRID === undefined ? [] : [idKey(mRID)]), ...nameTexts(named)]
}
