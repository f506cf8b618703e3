// What of a vendor's request can be sent, and why the rest cannot: by the rows of its dialect, by what its path is for, and by the
// schema. What of a list cannot be taken does not hold up the rest.

import type { BoundRoute } from '../dialects/index.ts'
import type { Agreed, Problem, Translation } from '../dialects/dialect.ts'
import { isObject, member, sameJson } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import { newMessage } from './facade/message.ts'
import { NO_ITEM, misfitsIn } from './misfits.ts'
import { judgeJson } from './translate.ts'
import type { TranslateParts } from './translate.ts'
import { byPlace, elementOf, objectsIn } from './vendor-ack.ts'
import type { Taken } from './vendor-ack.ts'
import { idIn } from './vendor-names.ts'
import { inVendorWords, pointersIn } from './vendor-words.ts'
import type { PointerTo } from './vendor-words.ts'

/** One request. */
export interface Requested {
  readonly json: Json
  readonly agreed: Agreed
  /** the party that sends it */
  readonly source: string
}

/** What of it can be sent, and why the rest cannot. */
export async function takenOf(
  route: BoundRoute,
  { json, agreed, source }: Requested,
  parts: TranslateParts,
): Promise<Taken> {
  const list = route.resource.mapped?.around?.list
  const objects = itemsIn(json, list)
  const first = route.resource.toCim(json, agreed)
  const pointerTo = pointersIn(json, list)
  const repeats = repeatsIn(objects, route)
  const refused = new Map([
    ...severalIn(route, json),
    ...withoutNeeded(route, objects, pointerTo),
    ...byPlace(first.problems, list, objects.length),
  ])
  const all: Omit<Taken, 'content' | 'sent'> = {
    ...{ objects, refused, losses: first.losses, list, pointerTo, repeats },
  }
  const isGood = (at: number) => !refused.has(at) && !refused.has(NO_ITEM) && !repeats.has(at)
  const good = [...objects.keys()].filter(isGood)
  if (good.length === 0) return { ...all, content: {}, sent: [] }
  const said = contentFor(route, json, good, first, agreed)
  const bad = await unfitIn(
    route,
    said.json,
    source,
    (place) => pointerTo(good[place] ?? place),
    parts,
  )
  if (bad.size === 0) return { ...all, content: said.json, sent: good }
  const known = new Map([...refused, ...[...bad].map(([at, it]) => [good[at] ?? at, it] as const)])
  const rest = good.filter((_at, place) => !bad.has(place) && !bad.has(NO_ITEM))
  const content = rest.length === 0 ? {} : contentFor(route, json, rest, first, agreed).json
  return { ...all, refused: known, content, sent: rest }
}

/** What is null or blank says nothing: systems that map XML to JSON write so what is not there. Items of lists stay, each is one. */
export function withoutBlanks(it: Json): Json {
  // What has none is handed on as it is: a list may have a hundred thousand records.
  if (Array.isArray(it)) {
    const items = it.map(withoutBlanks)
    return items.every((one, at) => one === it[at]) ? it : items
  }
  if (!isObject(it)) return it
  const all = Object.entries(it).map(([name, was]) => ({ name, was, now: withoutBlanks(was) }))
  if (all.every(({ was, now }) => was === now && !isBlank(was))) return it
  const said = all.filter(({ was }) => !isBlank(was))
  return Object.fromEntries(said.map(({ name, now }) => [name, now]))
}

function isBlank(it: Json): boolean {
  return it === null || (typeof it === 'string' && it.trim() === '')
}

/** Two records of one id that say the same are one, done once; of a list that is concluded later each has a result of its own. */
function repeatsIn(objects: readonly Json[], route: BoundRoute): ReadonlyMap<number, number> {
  const known = new Map<string, number>()
  const repeats = new Map<number, number>()
  if (route.isReceipt === true) return repeats
  for (const [at, it] of objects.entries()) {
    const id = idIn(it, route)
    const first = known.get(id)
    if (first === undefined) known.set(id, at)
    else if (id !== '' && sameJson(it, objects[first] ?? null)) repeats.set(at, first)
  }
  return repeats
}

/** A path for one object says of one alone what it means; of several, nothing is done for some of them only. */
function severalIn(
  { shape, resource }: BoundRoute,
  json: Json,
): readonly (readonly [number, readonly Problem[]])[] {
  const isList = resource.mapped?.around === undefined && shape === 'one' && Array.isArray(json)
  if (!isList || json.length < 2) return []
  const message = `The body is a list of ${json.length} objects, and the path takes one at a time.`
  return [[NO_ITEM, [{ path: '', message, mend: 'Send each by itself; nothing has been done.' }]]]
}

/** Objects that lack what the path is for, by their places. */
function withoutNeeded(
  { needs = [], path }: BoundRoute,
  objects: readonly Json[],
  pointerTo: PointerTo,
): ReadonlyMap<number, readonly Problem[]> {
  const problems = objects.map((it, at) =>
    needs
      .map((names) => (typeof names === 'string' ? [names] : names))
      .filter((names) => isObject(it) && names.every((name) => memberAt(it, name) === undefined))
      .map((names): Problem => ({
        path: `${pointerTo(at)}/${names[0] ?? ''}`,
        code: '5.8',
        message: `${fieldsOf(names)} is missing.`,
        mend: `Write ${fieldsOf(names)}, without which ${path} says nothing; nothing has been changed.`,
      })),
  )
  return new Map([...problems.entries()].filter(([, own]) => own.length > 0))
}

function fieldsOf(names: readonly string[]): string {
  return names.map((it) => it.slice(it.lastIndexOf('/') + 1)).join(' or ')
}

function memberAt(it: Json, path: string): Json | undefined {
  return path.split('/').reduce<Json | undefined>((own, step) => member(own, step), it)
}

/** The objects of a request as the vendor has them. */
function itemsIn(json: Json, list: string | undefined): readonly Json[] {
  const inside = list === undefined ? json : member(json, list)
  if (Array.isArray(inside)) return inside
  return list === undefined ? [json] : []
}

/** The content of a message about some of the objects alone. */
function contentFor(
  { resource }: BoundRoute,
  json: Json,
  places: readonly number[],
  whole: Translation<JsonObject>,
  agreed: Agreed,
): Translation<JsonObject> {
  const list = resource.mapped?.around?.list
  const all = itemsIn(json, list)
  if (places.length === all.length) return whole
  const some = places.map((at) => all[at] ?? null)
  const own = list === undefined || !isObject(json) ? some : { ...json, [list]: some }
  return resource.toCim(own, agreed)
}

/** What the schema has against single objects of a list; of one object the exchange itself says it. @param at where each stands */
async function unfitIn(
  route: BoundRoute,
  content: JsonObject,
  source: string,
  at: PointerTo,
  parts: TranslateParts,
): Promise<ReadonlyMap<number, readonly Problem[]>> {
  const objects = objectsIn(route, content)
  if (objects.length < 2) return new Map()
  const message = requestOf(route, content, { source, ...STAND_IN })
  const { validated } = await judgeJson(message, parts)
  const found = misfitsIn(validated.findings, elementOf(route))
  return new Map(
    [...found].map(([place, all]) => {
      const said = {
        route,
        object: objects[place] ?? content,
        at: place === NO_ITEM ? '' : at(place),
      }
      return [place, inVendorWords(all, said)]
    }),
  )
}

/** for a message that is only judged */
export const STAND_IN = { id: 'judged', at: '2026-01-01T00:00:00Z' } as const

/** Who speaks, when, and under which id. */
export interface Head {
  readonly source: string
  readonly id: string
  readonly at: string
}

/** The message that a request of a vendor stands for. */
export function requestOf(
  { noun, verbs = ['create'] }: BoundRoute,
  content: JsonObject,
  { source, id, at }: Head,
): JsonObject {
  const [verb = 'create'] = verbs
  const stamps = { clock: () => at, newId: () => id }
  return newMessage({ verb, noun, source }, { [noun]: content }, stamps)
}

/** The one object of a message is another one than it says. */
export function telling(object: JsonObject, route: BoundRoute, taken: Taken): Taken {
  return { ...taken, content: { ...taken.content, [elementOf(route)]: [object] } }
}

/** The one object of a message is refused, and nothing of it is sent. */
export function turnedDown(problems: readonly Problem[], taken: Taken): Taken {
  return { ...taken, refused: new Map([[0, problems]]), sent: [] }
}
