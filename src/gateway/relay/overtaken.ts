// A message of which something is kept here before its party is asked is not sent once more by a person when that has gone on
// since: what was rejected may be with another message by now, and what is done would be done twice.

import { formOf } from '../form.ts'
import type { Memory } from '../guarded.ts'
import { idKey, identityOf } from '../identity.ts'
import type { Leg } from '../ledger.ts'
import type { Validate } from '../ports.ts'
import { workOf } from '../tasks.ts'
import { octetsOf } from '../tracking/shown.ts'
import { judgeForm } from '../translate.ts'
import type { ContentOf } from '../content.ts'
import type { SchemaSet } from '../../schema/schemas.ts'
import { keptFirst } from '../../flows/acknowledged.ts'
import { flowIn } from './acknowledging.ts'

/** What it needs from outside. */
export interface OvertakenParts {
  readonly store: Pick<Memory, 'objects'>
  readonly schemas: SchemaSet
  readonly validate: Validate
  readonly contentOf: ContentOf
}

/** Why it is not sent once more; undefined where nothing speaks against it. */
export async function overtaken(
  leg: Leg,
  parts: OvertakenParts,
): Promise<{ readonly reason: string } | undefined> {
  const flow = flowIn(leg.noun, leg.verb)
  const due = flow?.acknowledged?.dueIn
  if (leg.direction !== 'out' || due === undefined || !keptFirst(flow, leg.verb)) return undefined
  const bytes = octetsOf(leg.request)
  const { validated } = await judgeForm(bytes, formOf(bytes), parts, { json: true, own: true })
  const tasks = validated.json === undefined ? [] : workOf(validated.json, parts.contentOf).tasks
  const ids = tasks.flatMap(({ object }) => identityOf(object).mRID ?? [])
  const held = await parts.store.objects(leg.noun, ids.map(idKey), [])
  const over = held.find(({ state }) => !due.includes(state))
  if (over === undefined) return undefined
  return { reason: `${flow?.objectType ?? leg.noun} ${over.id} is ${over.state} by now.` }
}
