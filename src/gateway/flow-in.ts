// Which flow a message belongs to, for every noun of a catalogue.

import { isVerb } from '../envelope/verbs.ts'
import type { Flow } from '../flows/flow.ts'
import type { PolicyName } from '../flows/policy.ts'
import type { Quantities } from '../flows/quantities.ts'
import { flowFor, flowsOf } from '../flows/index.ts'
import { recordFlow } from '../flows/record.ts'
import type { SchemaSet } from '../schema/schemas.ts'
import { contentsOf } from './content.ts'

/**
 * The flow of a noun and verb; a noun without a flow of its own is kept as a record.
 * @param policies what the configuration in force asks of flows besides
 * @param quantities and the numbers that it gives; undefined = each is as usual
 */
export function flowIn(
  schemas: SchemaSet,
  policies: () => readonly PolicyName[] = NONE,
  quantities: () => Quantities | undefined = () => undefined,
): (noun: string, verb: string) => Flow | undefined {
  const contentOf = contentsOf(schemas)
  return (noun, verb) => {
    if (!isVerb(verb)) return undefined
    if (flowsOf(noun).length > 0) return asAsked(flowFor(noun, verb), policies(), quantities())
    const record = recordFlow(noun, contentOf(noun)?.element ?? noun)
    return record.verbs.includes(verb) ? record : undefined
  }
}

const NONE = (): readonly PolicyName[] => []

function asAsked(
  flow: Flow | undefined,
  asked: readonly PolicyName[],
  quantities: Quantities | undefined,
): Flow | undefined {
  const given = quantities === undefined ? [] : (flow?.quantities?.(quantities) ?? [])
  const own = [...asked.flatMap((it) => flow?.policies?.[it] ?? []), given].flat()
  return flow === undefined || own.length === 0 ? flow : Object.assign({}, flow, ...own)
}
