// Lists that tell of several organisations in one object, such as the providers of an agreement: a provider sees of them
// what is about itself.

import { FLOWS } from '../../flows/index.ts'
import type { Flow } from '../../flows/flow.ts'
import { isObject } from '../../schema/json-text.ts'
import type { Json, JsonObject } from '../../schema/json-text.ts'
import { textsOf } from '../deciding/registered.ts'
import type { Topology } from './party.ts'
import { providerOf, servingOf } from './provider.ts'

/** By noun, and by the name of the list. */
const APART: Readonly<Record<string, Lists>> = Object.fromEntries(
  (FLOWS as readonly Flow[]).flatMap(({ noun, apart }) => (apart ? [[noun, apart]] : [])),
)

/** True for a party that is not shown all of such a list. */
export function isApart(party: string, topology: Topology): boolean {
  return providerOf(party, topology) !== undefined
}

/** The message without the items about others; the same one for whoever is no provider. */
export function ofOthers(message: JsonObject, party: string, topology: Topology): JsonObject {
  const { payload } = message
  const own = providerOf(party, topology)
  if (own === undefined || payload === undefined) return message
  const isOwn = (organisation: Json | undefined) => {
    const served = servingOf(organisation === undefined ? [] : textsOf([organisation]), topology)
    return served !== undefined && providerOf(served, topology) === own
  }
  return { ...message, payload: kept(payload, isOwn) }
}

type Lists = NonNullable<Flow['apart']>

type IsOwn = (organisation: Json | undefined) => boolean

/** The noun may stand anywhere in the payload: in an operation too. */
function kept(it: Json, isOwn: IsOwn): Json {
  if (Array.isArray(it)) return it.map((one: Json) => kept(one, isOwn))
  if (!isObject(it)) return it
  return Object.fromEntries(
    Object.entries(it).map(([name, value]) => {
      const lists = Object.hasOwn(APART, name) ? APART[name] : undefined
      return [name, lists === undefined ? kept(value, isOwn) : listsOf(value, lists, isOwn)]
    }),
  )
}

/** At whatever depth below the root. */
function listsOf(it: Json, lists: Lists, isOwn: IsOwn): Json {
  if (Array.isArray(it)) return it.map((one: Json) => listsOf(one, lists, isOwn))
  if (!isObject(it)) return it
  return Object.fromEntries(
    Object.entries(it)
      .map(([name, value]): readonly [string, Json] => [name, listed(name, value, lists, isOwn)])
      .filter(([name, value]) => !(Object.hasOwn(lists, name) && isEmpty(value))),
  )
}

function listed(name: string, value: Json, lists: Lists, isOwn: IsOwn): Json {
  const of = Object.hasOwn(lists, name) ? lists[name] : undefined
  if (of === undefined || !Array.isArray(value)) return listsOf(value, lists, isOwn)
  return value.filter((one: Json) => isObject(one) && isOwn(of(one)))
}

function isEmpty(it: Json): boolean {
  return Array.isArray(it) && it.length === 0
}
