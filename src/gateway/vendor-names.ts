// By what a vendor knows the objects of its messages in an acknowledgement.

import type { VendorRoute } from '../dialects/dialect.ts'
import type { ItemAck } from '../dialects/ack.ts'
import { member } from '../schema/json-text.ts'
import type { Json } from '../schema/json-text.ts'

/** What it calls one of its objects; empty where it has not named it. */
export function idIn(object: Json, { namedBy = [] }: Pick<VendorRoute, 'namedBy'>): string {
  const paths = typeof namedBy === 'string' ? [namedBy] : namedBy
  const found = paths
    .map((path) => path.split('/').reduce<Json | undefined>((it, step) => member(it, step), object))
    .find((it) => typeof it === 'string' || typeof it === 'number')
  return found === undefined ? '' : String(found)
}

/** What tells it from another object of that name, as far as it says that. */
export function besideOf(
  object: Json,
  { repeats = [] }: Pick<VendorRoute, 'repeats'>,
): Pick<ItemAck, 'beside'> {
  const all = repeats.flatMap((name) => {
    const value = member(object, name)
    return typeof value === 'string' ? [[name, value] as const] : []
  })
  return all.length === 0 ? {} : { beside: Object.fromEntries(all) }
}

/**
 * To what of its kind an object belongs that the vendor tells something of: as it says, or as it was sent.
 * @param message as it was sent, of one object or around a list @param told of each object, in the vendor's order
 */
export function belongingIn(
  message: Json,
  route: VendorRoute,
  list: string | undefined,
  told: readonly ItemAck[],
): (at: number) => string | undefined {
  const [kind] = route.repeats ?? []
  if (kind === undefined) return () => undefined
  const sent = list === undefined ? [message] : (member(message, list) ?? [])
  const records: readonly Json[] = Array.isArray(sent) ? sent : []
  // One word for each, in their order, is that of each; else a word is that of whatever has its name.
  const isEach =
    records.length === told.length &&
    told.every(({ id }, at) => id === idIn(records[at] ?? null, route))
  return (at) => {
    const record = isEach ? member(records[at], kind) : undefined
    const value = told[at]?.beside?.[kind] ?? record ?? member(message, kind)
    return typeof value === 'string' ? value : undefined
  }
}
