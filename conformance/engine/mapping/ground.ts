// What objects refer to: a product may not take an object whose customer, tariff or group it does not know. What stands in an
// object with an mRID refers to an object of its name: that is created from the sample of the nouns that hold such objects.

import type { Json, JsonObject } from '../../../src/index.ts'
import { marked } from '../../mapping/hard.ts'
import { isObject } from '../../mapping/thing.ts'
import { renamed, subjectOf } from './samples.ts'
import type { Nouns, Subject } from './samples.ts'

/** What others refer to, of all nouns. */
export interface Foundations {
  /** Those of a content that have not been asked for before, each once in a run. */
  readonly of: (content: JsonObject) => readonly Foundation[]
}

/** An object that others refer to. */
export interface Foundation {
  readonly subject: Subject
  readonly content: JsonObject
}

/** Of all nouns that there are, read when somebody asks. */
export function openFoundations(nouns: Nouns): Foundations {
  let holders: ReadonlyMap<string, readonly Subject[]> | undefined
  const made = new Set<string>()
  return {
    of: (content) => {
      holders ??= holdersOf(nouns)
      return referencesIn(content).flatMap(([name, mRID]) => {
        const key = `${name} ${mRID}`
        if (made.has(key)) return []
        made.add(key)
        return (holders?.get(name) ?? []).flatMap((subject) => foundationOf(subject, name, mRID))
      })
    },
  }
}

/** Nouns by the names of the objects that stand directly under their roots. */
function holdersOf(nouns: Nouns): ReadonlyMap<string, readonly Subject[]> {
  const holders = new Map<string, Subject[]>()
  for (const noun of new Set(nouns.nouns.map((it) => it.noun))) {
    const subject = subjectOf(noun, nouns)
    for (const name of Object.keys(subject?.least ?? {}))
      if (subject !== undefined) holders.set(name, [...(holders.get(name) ?? []), subject])
  }
  return holders
}

function foundationOf(subject: Subject, name: string, mRID: string): readonly Foundation[] {
  const unique = marked(renamed(subject.least, mRID), subject.schema, `text ${mRID.slice(0, 8)}`)
  const value = unique[name]
  const [first] = Array.isArray(value) ? (value as readonly Json[]) : [value]
  if (!isObject(first)) return []
  const object = { ...first, mRID }
  return [{ subject, content: { [name]: Array.isArray(value) ? [object] : object } }]
}

/** Names and mRIDs of what stands in the objects of a content. */
function referencesIn(content: JsonObject): readonly (readonly [string, string])[] {
  const inside = (
    value: Json,
    name: string,
    depth: number,
  ): readonly (readonly [string, string])[] => {
    if (Array.isArray(value))
      return (value as readonly Json[]).flatMap((it) => inside(it, name, depth))
    if (!isObject(value)) return []
    const { mRID } = value
    const own = depth > 1 && typeof mRID === 'string' ? [[name, mRID] as const] : []
    return [...own, ...Object.entries(value).flatMap(([key, it]) => inside(it, key, depth + 1))]
  }
  return inside(content, '', 0)
}
