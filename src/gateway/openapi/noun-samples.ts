// What a create of a noun with flows takes, as the samples have it: unlike an object that is made from the schema alone, one
// that its flow accepts, and that fits those of the other nouns.

import { FLOWS } from '../../flows/index.ts'
import type { Flow } from '../../flows/flow.ts'
import { isObject, member, readJson } from '../../schema/json-text.ts'
import type { Json, JsonObject } from '../../schema/json-text.ts'
import type { Describe, Sample } from '../ports.ts'

/** A whole request in CIM-JSON by the noun that it creates; a noun without one is left out. */
export type NounSamples = ReadonlyMap<string, JsonObject>

/** The samples that an example is taken from, the first that there is: one that others name by its mRID, then the usual one. */
const NAMES = ['with-id-request.json', 'request.json', 'created.json'] as const

/** Of every flow that has such a sample. */
export async function nounSamples({ samples }: Pick<Describe, 'samples'>): Promise<NounSamples> {
  const flows: readonly Flow[] = FLOWS
  const all = await Promise.all(
    flows.map(async ({ id, noun }) => ({ noun, found: await samples(id) })),
  )
  const creating = all.flatMap(({ noun, found }) =>
    NAMES.flatMap((name, rank) =>
      found
        .filter((it) => it.name === name)
        .flatMap((it) => requestIn(it, noun))
        .map((message) => ({ noun, rank, message })),
    ),
  )
  const ranked = creating.toSorted((a, b) => b.rank - a.rank)
  return new Map(ranked.map(({ noun, message }) => [noun, message]))
}

/** The request that creates an object of the noun; an event tells what could have been asked for. */
function requestIn({ text }: Sample, noun: string): readonly JsonObject[] {
  const read = readJson(text)
  const message = 'value' in read ? read.value : undefined
  const header = member(message, 'header')
  const isCreated = ['create', 'created'].includes(String(member(header, 'Verb')))
  if (!isObject(message) || !isObject(header) || !isCreated || member(header, 'Noun') !== noun)
    return []
  const Verb: Json = 'create'
  return [{ ...message, message: 'RequestMessage', header: { ...header, Verb } }]
}
