// What a simulated system is: who it is, how it speaks, and one table of what it does about what it hears.

import type { JsonObject } from '../src/index.ts'

/** A message that a party sends. */
export interface Sending {
  readonly verb: string
  readonly noun: string
  readonly objects: readonly JsonObject[]
  /** true = it does not wait for the outcome, and is told later */
  readonly later?: boolean
}

/** What a party remembers: objects by noun, as it last heard of them. */
export interface Memory {
  readonly all: (noun: string) => readonly JsonObject[]
  /** by mRID; undefined when it has never heard of it */
  readonly find: (noun: string, mRID: unknown) => JsonObject | undefined
  readonly keep: (noun: string, object: JsonObject) => void
}

/** What it does about one message. */
export interface Row {
  /** verb and noun: `create WorkRequests` */
  readonly on: string
  /** only about objects of which this is true; the first row that fits counts */
  readonly when?: (object: JsonObject, memory: Memory) => boolean
  /** objects in the reply. @param asked what is asked with */
  readonly answers?: (memory: Memory, asked: readonly JsonObject[]) => readonly JsonObject[]
  /** why it does not do what it is asked for */
  readonly refuses?: (object: JsonObject, memory: Memory) => string | undefined
  /** what it sends because of it, in this order, when it has replied */
  readonly then?: (object: JsonObject, memory: Memory) => readonly Sending[]
}

/** One system. */
export interface Party {
  /** as the configuration names it */
  readonly id: string
  /** as the figures name it */
  readonly name: string
  /** notation of what it sends, and of what it is sent */
  readonly speaks: 'xml' | 'json'
  readonly does: readonly Row[]
  /** what it knows from the beginning, by noun */
  readonly knows?: Readonly<Record<string, readonly JsonObject[]>>
}

/** The row for a message about an object. */
export function rowFor(
  { does }: Party,
  on: string,
  object: JsonObject,
  memory: Memory,
): Row | undefined {
  return does.find((it) => it.on === on && (it.when?.(object, memory) ?? true))
}

/** An empty memory, but for what its party knows. */
export function memoryOf({ knows = {} }: Pick<Party, 'knows'>): Memory {
  const nouns = new Map<string, JsonObject[]>(
    Object.entries(knows).map(([noun, all]) => [noun, [...all]]),
  )
  const all = (noun: string) => nouns.get(noun) ?? []
  const find = (noun: string, mRID: unknown) => all(noun).find((it) => it['mRID'] === mRID)
  return {
    all,
    find,
    keep: (noun, object) => {
      const others = all(noun).filter((it) => it['mRID'] !== object['mRID'])
      nouns.set(noun, [...others, { ...find(noun, object['mRID']), ...object }])
    },
  }
}
