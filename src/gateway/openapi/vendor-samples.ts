// What each vendor's create takes, as the samples of its flow have it in the words of the vendor: unlike a body that is made
// from the schema alone, a fresh gateway accepts it.

import { vendorRoutes } from '../../dialects/index.ts'
import type { BoundRoute } from '../../dialects/index.ts'
import { flowsOf } from '../../flows/index.ts'
import { isObject, readJson } from '../../schema/json-text.ts'
import type { Json, JsonObject } from '../../schema/json-text.ts'
import type { Describe, Sample } from '../ports.ts'

/** By the path of the create; a path without a sample is left out. */
export async function vendorSamples({
  samples,
}: Pick<Describe, 'samples'>): Promise<Readonly<Record<string, Json>>> {
  const routes = vendorRoutes()
  const creates = routes.filter((it) => it.action === 'create')
  const messages = routes.filter((it) => it.action === 'message')
  const golden = await Promise.all(
    messages.map(async ({ dialect, file, path }) => {
      const found = (await samples(dialect)).find(({ name }) => name === `${file}.json`)
      const read = found === undefined ? undefined : readJson(found.text)
      return read !== undefined && 'value' in read ? [[path, read.value] as const] : []
    }),
  )
  const all = await Promise.all(
    creates.map(async (it) => {
      const folders = await Promise.all(flowsOf(it.noun).map(({ id }) => samples(id)))
      const found = folders.flat().flatMap((one) => bodyIn(one, it))
      return found.slice(0, 1).map((body) => [it.path, body] as const)
    }),
  )
  return Object.fromEntries([...golden, ...all].flat())
}

/** `example.json`, `example-dissolve.json`: of the dialect, and about what the path is about. */
function bodyIn(
  { name, text }: Sample,
  { dialect, given = {} }: BoundRoute,
): readonly JsonObject[] {
  const isIts =
    name === `${dialect}.json` || (name.startsWith(`${dialect}-`) && name.endsWith('.json'))
  const read = isIts ? readJson(text) : undefined
  const value = read !== undefined && 'value' in read ? read.value : undefined
  const one = Array.isArray(value) ? (value[0] as Json) : value
  if (!isObject(one)) return []
  return Object.entries(given).every(([key, due]) => one[key] === due) ? [one] : []
}
