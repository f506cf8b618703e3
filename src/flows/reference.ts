// Objects that others name: whether they are there, and by what they are known.

import { idKey, sameId } from '../envelope/mrid.ts'
import { isObject, member, writeJson } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import type { Around, Breach, Placed, Reference } from './flow.ts'

/** A reference, and what is said when it leads nowhere. */
export interface Named extends Reference {
  /** reply code */
  readonly code: string
  /** `pricing structure` */
  readonly what: string
}

/** One breach for each reference to something that is not there; where no such objects are kept, nobody can tell. */
export function unknownAmong(
  all: readonly Named[],
  around: Pick<Around, 'find' | 'keeps'>,
): readonly Breach[] {
  return all
    .filter((it) => isObject(it.object) && around.keeps(it.noun))
    .filter((it) => around.find(it) === undefined)
    .map(({ object, code, what }) => ({
      rule: 'REF-UNKNOWN',
      code,
      reason: `The ${what} ${keysOf(object)[0] ?? ''} is not known here.`,
    }))
}

/** The first of them that is known; undefined where none is. */
export function firstKnown(all: readonly Reference[], find: Around['find']): Placed | undefined {
  for (const it of all) {
    const found = find(it)
    if (found !== undefined) return found
  }
  return undefined
}

/** Every text by which a reference may be known: its mRID, its names. A blank one would be that of many, and is none. */
export function keysOf(it: Json | undefined): readonly string[] {
  const mRID = member(it, 'mRID')
  const names = listOf(it, 'Names').map((one) => String(member(one, 'name')))
  return [...(typeof mRID === 'string' ? [idKey(mRID)] : []), ...names].filter(isSaid)
}

function isSaid(text: string): boolean {
  return text.trim() !== ''
}

/** A name with its type and the authority of that type, as one text. */
export function nameText(name: Json | undefined): string {
  const type = member(name, 'NameType')
  const authority = member(member(type, 'NameTypeAuthority'), 'name')
  return [authority, member(type, 'name'), member(name, 'name')]
    .map((it) => String(it ?? ''))
    .join(' ')
}

/** The NameType of a name, as its text. */
export function typeOfName(name: Json | undefined): Json | undefined {
  return member(member(name, 'NameType'), 'name')
}

/** The names of a type that an object has. */
export function namesOfType(it: Json | undefined, type: string): readonly string[] {
  return listOf(it, 'Names')
    .filter((one) => typeOfName(one) === type)
    .map((one) => String(member(one, 'name')))
}

/** The same object with some of its Names alone; without the member where none is left. */
export function keepingNames(
  object: JsonObject,
  isKept: (name: JsonObject) => boolean,
): JsonObject {
  const { Names: _names, ...rest } = object
  const names = listOf(object, 'Names').filter(isKept)
  return names.length === 0 ? rest : { ...rest, Names: names }
}

/** True where both are one: by mRID where both have one, else by a name of the same type. */
export function sameIdentity(a: Json | undefined, b: Json | undefined): boolean {
  const [one, other] = [member(a, 'mRID'), member(b, 'mRID')]
  if (typeof one === 'string' && typeof other === 'string') return sameId(one, other)
  const names = listOf(b, 'Names').map(nameText)
  return listOf(a, 'Names').some((it) => names.includes(nameText(it)))
}

/** True where both are named as one: by mRID where both have one, else by a name of one type, or of which one says no type. */
export function isNamedAs(a: Json | undefined, b: Json | undefined): boolean {
  const [one, other] = [member(a, 'mRID'), member(b, 'mRID')]
  if (typeof one === 'string' && typeof other === 'string') return sameId(one, other)
  return listOf(a, 'Names').some((it) => listOf(b, 'Names').some((name) => isNameOf(it, name)))
}

function isNameOf(a: JsonObject, b: JsonObject): boolean {
  const types = [a, b].flatMap((it) => typeOfName(it) ?? [])
  return member(a, 'name') === member(b, 'name') && types.every((it) => it === types[0])
}

/** The objects of a list; none where there is none. */
export function listOf(it: Json | undefined, name: string): readonly JsonObject[] {
  const list = member(it, name)
  return Array.isArray(list) ? list.filter(isObject) : []
}

/** True when both are given and name the same. */
export function sameReference(a: Json | undefined, b: Json | undefined): boolean {
  return (
    writeJson(a ?? null) === writeJson(b ?? null) || keysOf(a).some((it) => keysOf(b).includes(it))
  )
}
