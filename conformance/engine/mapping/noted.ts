// What the parts of the case of a noun leave to one another: what was seen, the ledger, and what is lost already.

import type { JsonObject } from '../../../src/index.ts'
import { observed } from '../../finding.ts'
import type { Observation } from '../../finding.ts'
import { arrayFaults } from '../../mapping/arrays.ts'
import { ledgerOf } from '../../mapping/ledger.ts'
import type { Entry } from '../../mapping/ledger.ts'
import { neutral } from '../../mapping/place.ts'
import { isObject } from '../../mapping/thing.ts'
import type { Thing } from '../../mapping/thing.ts'
import type { LedgerLine } from '../../results-shape.ts'
import type { Translating } from './call.ts'
import { isValid } from './samples.ts'
import type { Subject } from './samples.ts'
import type { Seen } from '../seen.ts'

/** What the product declares. */
export interface Profile {
  /** whether it fills in such an element by itself */
  readonly isDeclared: (path: string) => boolean
  /** whether it says there what it knows, whatever was said */
  readonly isOwned?: (path: string) => boolean
  readonly mixedBatch: 'PARTIAL' | 'FAILED'
}

/** A case that was played, with its ledger. */
export interface MappingPlayed {
  readonly seen: readonly Seen[]
  readonly ledger: readonly LedgerLine[]
}

/** What one part of the case leaves to the others. */
export interface Noted extends MappingPlayed {
  /** places, by names that both sides share, whose values are lost already */
  readonly lost: ReadonlySet<string>
}

/** The case that is played. */
export interface At {
  readonly scenario: string
  readonly subject: Subject
  readonly profile: Profile
  readonly playing: Translating
  /** path of its resource */
  readonly resource: string
}

/** A part that was not played. */
export function notRun(step: string, why: string): Noted {
  const own = { isAsExpected: false, observations: [], undecided: undefined, reply: '' }
  const shows = ['L8'] as const
  return { seen: [{ step, notRun: why, shows, ...own }], ledger: [], lost: new Set() }
}

/** What of one side the other does not have, or has otherwise. */
export function compared(from: Thing, to: Thing, { subject, profile }: At): readonly Entry[] {
  return ledgerOf(from, to, { schema: subject.schema, ...profile })
}

/** Entries as lines of the ledger, each with where it was seen. */
export function linesOf(
  entries: readonly Entry[],
  place: Pick<LedgerLine, 'scenario' | 'step' | 'direction'>,
): readonly LedgerLine[] {
  return entries.map(({ path: _path, ...it }) => ({ ...place, ...it }))
}

/** Where something was lost against a requirement, on either side. */
export function lostIn(entries: readonly Entry[]): ReadonlySet<string> {
  return new Set(entries.filter((it) => it.requirement !== undefined).flatMap(placesOf))
}

/** By names that both sides share; of what has none in common, an extension, that of its elements. */
function placesOf({ from, to, path }: Entry): readonly string[] {
  const isExtension = [from, to].some((it) => it.includes('/#ext/')) || !(from === '' || to === '')
  return [...[from, to].filter((it) => it !== '').map(neutral), ...(isExtension ? [path] : [])]
}

/** Without what is known to be lost, and of what stands in it. */
export function freshIn(
  entries: readonly Entry[],
  ...known: readonly ReadonlySet<string>[]
): readonly Entry[] {
  const all = known.flatMap((it) => [...it])
  const isIn = (one: string) =>
    all.some((it) => one === it || one.startsWith(`${it}/`) || it.startsWith(`${one}/`))
  return entries.filter(
    (it) => it.requirement !== undefined && ![...placesOf(it), it.path].some(isIn),
  )
}

/** `{"DERGroups":{…}}` is the same as what stands in it. */
export function contentIn(body: JsonObject, { noun }: Subject): JsonObject {
  const inner = body[noun]
  return isObject(inner) ? inner : body
}

/** Lists that are no arrays, and arrays that are no lists (MAP-11). */
export function arraysIn(body: JsonObject, subject: Subject): readonly Observation[] {
  return arrayFaults(contentIn(body, subject), subject.schema, `/${subject.noun}`).map((it) =>
    observed('MAP-11', 'L8', {
      expected: it.expected,
      got: it.expected === 'an array' ? 'no array' : 'an array',
      message: `${it.place} is ${it.expected === 'an array' ? 'no array' : 'an array'}, and the schema says otherwise.`,
      path: it.place,
    }),
  )
}

/** Whether the schema of the noun admits it: what it does not admit nobody has to take. */
export function isRight(content: JsonObject, { subject, playing }: At): Promise<boolean> {
  const header = { Verb: 'create', Noun: subject.noun, MessageID: 'any', Timestamp: playing.now() }
  const payload = { [subject.noun]: { '@xmlns': subject.ns, ...content } }
  return isValid({ message: 'RequestMessage', header, payload }, playing.nouns)
}
