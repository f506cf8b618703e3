// An array of ids ⇄ a list of references by mRID. A reference by something else has no id that could stand for it.

import { isObject, member } from '../schema/json-text.ts'
import type { Json } from '../schema/json-text.ts'
import type { Placed } from './dialect.ts'
import { joined, made, madeWith, pointer, strangers, wrong } from './outcome.ts'
import type { Outcome } from './outcome.ts'
import type { IdsRow } from './row.ts'

/** One reference for each id, in their order. */
export function idsToCim({ cim }: IdsRow, given: Json, path: string): Outcome {
  if (!Array.isArray(given)) return wrong(path, given, 'an array of ids')
  const bad = placedIn(given, path).filter(({ value }) => typeof value !== 'string')
  const ids = given.filter((it: Json) => typeof it === 'string')
  return joined([
    made({ [cim]: ids.map((mRID) => ({ mRID })) }),
    ...bad.map((it) => wrong(it.path, it.value, 'an id')),
  ])
}

/** One id for each reference; what has none is listed with all that is in it. */
export function idsToVendor({ vendor }: IdsRow, given: Json, path: string): Outcome {
  if (!Array.isArray(given)) return wrong(path, given, 'an array of references')
  const all = placedIn(given, path)
  const known = all.filter(({ value }) => typeof member(value, 'mRID') === 'string')
  const bad = all.filter(({ value }) => !isObject(value))
  const nameless = all.filter((it) => !known.includes(it) && !bad.includes(it))
  return joined([
    made({ [vendor]: known.map(({ value }) => member(value, 'mRID') ?? '') }),
    madeWith({}, { dropped: nameless }),
    ...known.map((it) => madeWith({}, { dropped: strangers(it.value, it.path, ['mRID']) })),
    ...bad.map((it) => wrong(it.path, it.value, 'a reference')),
  ])
}

function placedIn(list: readonly Json[], path: string): readonly Placed[] {
  return list.map((value, at) => ({ path: pointer(path, at), value }))
}
