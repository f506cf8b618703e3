// One value of a simple type: believable for a person, or as odd as the type admits.
// Candidates come from tables, facets and patterns; the type itself has the last word on each.

import { normalize } from '../builtins.ts'
import { readDecimal } from '../decimal.ts'
import { faultOf } from '../lexical.ts'
import type { SimpleType } from '../model.ts'
import { randomOf } from '../random.ts'
import type { Random } from '../random.ts'
import { EMPTY_WORDS, FALSE, MEMBERS } from './believable.ts'
import { FILLERS, ODD, PLAIN } from './literals.ts'
import { NUMBER, UUID } from './owners.ts'
import { textLike } from './pattern.ts'
import { CUTS, TIMES } from './times.ts'

/** Names from the outermost element down to the element or attribute that has the value: `Parent/name`. */
export type NamePath = string

/**
 * A value as XML text, before escaping.
 * @param tidy the value that an example in a book would have
 */
export function sampleText(
  type: SimpleType,
  name: NamePath,
  random: Random,
  tidy: boolean,
): string {
  if (type.variety === 'union') return unionText(type, name, random, tidy)
  if (type.variety === 'list') return listText(type, name, random, tidy)
  const valid = (it: string) => faultOf(type, it) === undefined
  // Each is to be the only one of its document.
  if (type.builtin === 'ID' && type.facets.enumeration === undefined) {
    const own = `id-${random.uuid()}`
    if (valid(own)) return own
  }
  if (tidy) return plainTexts(type, name, random).find(valid) ?? ''
  const odd = oddTexts(type, random).filter((it) => valid(it) && isPlain(type, it))
  return random.pick(odd) ?? sampleText(type, name, random, true)
}

/** White space that means nothing is left out where JSON Schema would take it for more. */
function isPlain(type: SimpleType, text: string): boolean {
  const { patterns, length, minLength, maxLength } = type.facets
  const isMeasured = [patterns, length, minLength, maxLength].some((it) => it !== undefined)
  return !isMeasured || type.primitive !== 'string' || normalize(type, text) === text
}

function unionText(type: SimpleType, name: NamePath, random: Random, tidy: boolean): string {
  const members = type.members ?? []
  const texts = (tidy ? members : random.shuffled(members)).map((it) =>
    sampleText(it, name, random, tidy),
  )
  const listed = type.facets.enumeration ?? []
  return [...texts, ...listed].find((it) => faultOf(type, it) === undefined) ?? ''
}

/** Items apart by one blank; as many as the facets ask for. */
function listText(type: SimpleType, name: NamePath, random: Random, tidy: boolean): string {
  const texts = type.facets.enumeration ?? [
    ...lengthsOf(type).map((it) => itemsText(type, it, name, random, tidy)),
    ...fromPatterns(type, random),
  ]
  const valid = texts.filter((it) => faultOf(type, it) === undefined)
  return (tidy ? valid[0] : random.pick(valid)) ?? ''
}

/** how many items a list is tried with, beyond what it asks for */
const MORE_ITEMS = 3

function lengthsOf({ facets }: SimpleType): readonly number[] {
  const least = facets.length ?? facets.minLength ?? 1
  const most = facets.length ?? facets.maxLength ?? Number.POSITIVE_INFINITY
  return Array.from({ length: MORE_ITEMS + 1 }, (_, at) => least + at).filter(
    (it) => it <= Math.min(most, MOST_LENGTH),
  )
}

function itemsText(
  { item }: SimpleType,
  length: number,
  name: NamePath,
  random: Random,
  tidy: boolean,
): string {
  if (item === undefined) return ''
  const items = Array.from({ length }, () => sampleText(item, name, random, tidy).trim())
  // An item that is empty or holds a blank would be none or two.
  return items
    .map((it) => (/^[^ \t\r\n]+$/.test(it) ? it : plainItem(item, name, random)))
    .join(' ')
}

function plainItem(item: SimpleType, name: NamePath, random: Random): string {
  return sampleText(item, name, random, true).trim()
}

/**
 * A value that a person would write there, by what the element is called; undefined where no row is about it, or none
 * of those that are has a value of the type.
 */
export function believable(type: SimpleType, name: NamePath, random: Random): string | undefined {
  return rowTexts(type, `/${name}`)
    .map((it) => ownOf(it, random))
    .find((it) => faultOf(type, it) === undefined)
}

function rowTexts(type: SimpleType, way: string): readonly string[] {
  const cut = CUTS[type.primitive]
  if (cut !== undefined)
    return TIMES.filter(([pattern]) => pattern.test(way)).flatMap(([, ...it]) => it.map(cut))
  const members = MEMBERS.filter(([pattern]) => pattern.test(way)).flatMap(([, ...it]) => it)
  return type.primitive === 'boolean' ? [String(!FALSE.test(way))] : members
}

function plainTexts(type: SimpleType, name: NamePath, random: Random): readonly string[] {
  const listed = type.facets.enumeration ?? []
  const numeric = type.primitive === 'decimal' ? ['1', '10', '0'] : []
  return [
    ...[believable(type, name, random) ?? []].flat(),
    ...listed.filter((it) => !EMPTY_WORDS.test(it)),
    ...listed,
    ...PLAIN[type.primitive],
    ...numeric,
    ...fromBounds(type),
    ...fromLengths(type, 'x'),
    ...fromPatterns(type, random),
  ]
}

function ownOf(row: string, random: Random): string {
  if (row === UUID) return random.uuid()
  return row === NUMBER ? textLike('[1-9][0-9]{19}', random) : row
}

function oddTexts(type: SimpleType, random: Random): readonly string[] {
  const { enumeration } = type.facets
  if (enumeration !== undefined) return enumeration
  return [
    ...ODD[type.primitive],
    ...fromBounds(type),
    ...fromLengths(type, random.pick(FILLERS)),
    ...fromPatterns(type, random),
  ]
}

/** The bounds themselves, what is next to them, and the middle. */
function fromBounds({ facets }: SimpleType): readonly string[] {
  const ends = [facets.minInclusive, facets.maxInclusive, facets.minExclusive, facets.maxExclusive]
  return ends.filter((it) => it !== undefined).flatMap((it) => [it, ...neighbours(it)])
}

/** Nearest values of a whole or decimal number; none for a date. */
function neighbours(text: string): readonly string[] {
  const it = readDecimal(text)
  if (it === undefined || it.exponent > 0) return []
  return [-1n, 1n].map((step) => decimalText(it.digits + step, -it.exponent))
}

function decimalText(digits: bigint, places: number): string {
  const sign = digits < 0n ? '-' : ''
  const text = String(digits < 0n ? -digits : digits).padStart(places + 1, '0')
  const point = text.length - places
  return `${sign}${text.slice(0, point)}${places > 0 ? `.${text.slice(point)}` : ''}`
}

/** Longest text that is made on purpose, in characters. */
const MOST_LENGTH = 2000

function fromLengths({ facets }: SimpleType, filler: string): readonly string[] {
  const lengths = [facets.length, facets.minLength, facets.maxLength]
  return lengths
    .filter((it): it is number => it !== undefined && it <= MOST_LENGTH)
    .flatMap((it) => [filler, '1', 'AA'].map((one) => one.repeat(it)))
}

/** tries for each pattern: some will break another facet */
const TRIES = 8

/** What every processor takes for a URI; the recommendation leaves it to them (Part 2 §3.2.17). */
const PLAIN_URI = /^([a-z][a-z0-9+.-]*:)?[\w.~/?$&'()*+,;=-]*(#[\w.~/?-]*)?$/i

function fromPatterns(type: SimpleType, random: Random): readonly string[] {
  const steps = type.facets.patterns ?? []
  const texts = steps.length > 1 ? fromAllPatterns(type) : like(steps.flat(), TRIES, random)
  return type.primitive === 'anyURI' ? texts.filter((it) => PLAIN_URI.test(it)) : texts
}

function like(patterns: readonly string[], tries: number, random: Random): readonly string[] {
  return patterns.flatMap((it) => Array.from({ length: tries }, () => textLike(it, random)))
}

/** tries for each of several patterns that all have to match: few texts of one match the others */
const MANY_TRIES = 500

const conjunctions = new WeakMap<SimpleType, readonly string[]>()

/** Worked out once for each type, by a stream of its own, so that it is the same whoever asks first. */
function fromAllPatterns(type: SimpleType): readonly string[] {
  const known = conjunctions.get(type)
  if (known !== undefined) return known
  const texts = like((type.facets.patterns ?? []).flat(), MANY_TRIES, randomOf(0, 'patterns'))
  const found = [...new Set(texts)].filter((it) => faultOf(type, it) === undefined).slice(0, TRIES)
  conjunctions.set(type, found)
  return found
}
