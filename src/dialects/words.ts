// Fields of a vendor that say one thing only between them, such as a code and a word beside it: a table of what they say together,
// each line with what CIM says of it.

import { isObject, member, sameJson } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import type { Placed } from './dialect.ts'
import { unknownCode } from './flags.ts'
import { incomplete, joined, made, madeWith, pointer, problemAt } from './outcome.ts'
import type { Outcome } from './outcome.ts'
import { valueToCim, valueToVendor } from './plain.ts'
import { pathsOf, textFields } from './row.ts'
import type { Word, WordsRow } from './row.ts'

/** By the line that fits best; a word that stands in none beside what is said before it is a problem, never guessed. */
export function wordsToCim(row: WordsRow, source: JsonObject, from: string): Outcome {
  const { vendor } = row
  if (vendor.every((it) => saidAt(source, it) === null)) return made({})
  let words = row.words
  for (const field of vendor) {
    const value = saidAt(source, field)
    const fitting = words.filter((it) => fits(it, field, value))
    if (fitting.length === 0) return unfit(words, field, { path: pointer(from, field), value })
    words = fitting
  }
  const [{ cim, text, said } = NOTHING] = words.toSorted((a, b) => sizeOf(b) - sizeOf(a))
  const strange = textFields(row).filter((it) => !(it in said) && it !== text?.row.vendor)
  const dropped = strange.flatMap((it) => placedAt(source, [it], from))
  return joined([made(cim), textToCim(text, source, from), madeWith({}, { dropped })])
}

const NOTHING: Word = { said: {}, cim: {} }

/** What says more is meant before what says less. */
function sizeOf({ said }: Word): number {
  return Object.keys(said).length
}

function saidAt(source: JsonObject, field: string): Json {
  return member(source, field) ?? null
}

/** What a line says nothing of has to be missing, unless it is a text of its own. */
function fits({ said, text }: Word, field: string, value: Json): boolean {
  return said[field] === undefined
    ? value === null || text?.row.vendor === field
    : said[field] === value
}

function unfit(words: readonly Word[], field: string, it: Placed): Outcome {
  const allowed = [...new Set(words.flatMap(({ said }) => said[field] ?? []))]
  if (it.value !== null)
    return { ...madeWith({}, { unmapped: [it] }), problems: [unknownCode(it, allowed)] }
  return incomplete(problemAt(it.path, null, 'is missing', `Write ${allowed.join(' or ')}.`))
}

function textToCim(text: Word['text'], source: JsonObject, from: string): Outcome {
  const given = text === undefined ? null : saidAt(source, text.row.vendor)
  if (text === undefined || given === null) return made({})
  const one = valueToCim(text.row, given, pointer(from, text.row.vendor))
  return { ...one, members: { [text.cim]: one.members } }
}

/** By the first line that says no more than CIM does; what only another line has a place for is dropped. */
export function wordsToVendor(row: WordsRow, source: JsonObject, from: string): Outcome {
  const word = row.words.find(({ cim, isRead }) => isRead !== true && isWithin(cim, source))
  if (word === undefined) return unsaid(row, source, from)
  const { said, cim, text } = word
  const dropped = pathsOf(row)
    .filter((it) => valueAt(cim, it) === undefined && !isTextAt(text, it))
    .flatMap((it) => placedAt(source, it, from))
  return joined([made(said), textToVendor(text, source, from), madeWith({}, { dropped })])
}

function isTextAt(text: Word['text'], [part, name]: readonly string[]): boolean {
  return text?.cim === part && text?.row.cim === name
}

function textToVendor(text: Word['text'], source: JsonObject, from: string): Outcome {
  if (text === undefined) return made({})
  const path = [text.cim, text.row.cim]
  const [given] = placedAt(source, path, from)
  return given === undefined ? made({}) : valueToVendor(text.row, given.value, given.path)
}

function unsaid(row: WordsRow, source: JsonObject, from: string): Outcome {
  const [found] = pathsOf(row).flatMap((it) => placedAt(source, it, from))
  if (found === undefined) return made({})
  const mend = 'It stays with the object; the vendor has no word for it.'
  return problemAt(found.path, found.value, 'is nothing that the vendor has a word for', mend)
}

function isWithin(part: Json, whole: Json | undefined): boolean {
  if (whole === undefined) return false
  if (!isObject(part)) return sameJson(part, whole)
  return Object.entries(part).every(([name, it]) => isWithin(it, member(whole, name)))
}

function valueAt(of: JsonObject, path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>((it, step) => member(it, step), of)
}

function placedAt(source: JsonObject, path: readonly string[], from: string): readonly Placed[] {
  const value = valueAt(source, path)
  return value === undefined ? [] : [{ path: path.reduce<string>(pointer, from), value }]
}
