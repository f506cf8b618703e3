// What a gateway has to refuse on the JSON side, whole or in part.

import { mRIDsIn, renamed, together, withNull } from './samples.ts'
import type { Json, JsonObject } from '../../../src/index.ts'
import { isRefusedWhole } from '../../checks/facade.ts'
import { isObject } from '../../mapping/thing.ts'
import { called, seenOf } from './call.ts'
import type { Created } from './case.ts'
import type { At } from './noted.ts'
import type { Seen } from '../seen.ts'

/** What nobody may take. */
export async function refusals(sample: JsonObject, at: At): Promise<readonly Seen[]> {
  const { subject, playing, scenario, resource } = at
  const base = renamed(subject.contents.at(-1) ?? sample, playing.seed, subject.noun, 'refused')
  const nulled = withNull(base, subject.schema)
  const seen: Seen[] = []
  if (nulled !== undefined) {
    const where = { scenario, step: 'null' }
    const call = await called(where, { method: 'POST', path: resource, json: nulled }, playing)
    seen.push(seenOf(where, call, { kind: 'refused', for: 'null' }, playing))
  }
  for (const [n, json] of subject.wrong.entries()) {
    const where = { scenario, step: n === 0 ? 'wrong' : `wrong-${n + 1}` }
    const call = await called(where, { method: 'POST', path: resource, json }, playing)
    seen.push(seenOf(where, call, { kind: 'refused', for: 'schema' }, playing))
  }
  return seen
}

/** One that is there already, and says something else now, and a new one. */
export async function batchOf(created: Created, at: At): Promise<readonly Seen[]> {
  const { scenario, subject, profile, playing, resource } = at
  const other = renamed(created.content, playing.seed, subject.noun, 'batch')
  const both = together(
    anew(created.content, renamed(created.content, playing.seed, subject.noun, 'again')),
    other,
  )
  const [refused, accepted] = [mRIDsIn(created.content)[0], mRIDsIn(other)[0]]
  if (!created.isDone || both === undefined || refused === undefined || accepted === undefined)
    return []
  const where = { scenario, step: 'batch' }
  const call = await called(where, { method: 'POST', path: resource, json: both }, playing)
  const due = { kind: 'partial', refused, accepted, as: profile.mixedBatch } as const
  const seen = seenOf(where, call, due, playing)
  const { said, body } = call
  // A business rule that knows only one such object leaves nothing to tell apart.
  const isWhole = said.kind === 'answered' && isRefusedWhole({ body, due, status: said.status })
  return isWhole ? [] : [seen]
}

/** Under the mRID that is there, and with everything else by which it is known another one: nobody takes it for the same once more. */
function anew(content: JsonObject, other: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(other).map(([key, value]) => {
      const own = content[key]
      if (!Array.isArray(value) || !Array.isArray(own)) return [key, under(own, value)]
      const items = own as readonly Json[]
      return [key, (value as readonly Json[]).map((it, at) => under(items[at], it))]
    }),
  )
}

function under(own: Json | undefined, other: Json): Json {
  if (!isObject(own) || !isObject(other) || own['mRID'] === undefined) return other
  return { ...other, mRID: own['mRID'] }
}
