// Which flow a message belongs to, for every noun of a catalogue.

import { isVerb } from '../envelope/verbs.ts'
import type { Flow } from '../flows/flow.ts'
import { flowFor, flowsOf } from '../flows/index.ts'
import { recordFlow } from '../flows/record.ts'
import type { SchemaSet } from '../schema/schemas.ts'
import { contentsOf } from './content.ts'

/** The flow of a noun and verb; a noun without a flow of its own is kept as a record. */
export function flowIn(schemas: SchemaSet): (noun: string, verb: string) => Flow | undefined {
  const contentOf = contentsOf(schemas)
  return (noun, verb) => {
    if (!isVerb(verb)) return undefined
    if (flowsOf(noun).length > 0) return flowFor(noun, verb)
    const record = recordFlow(noun, contentOf(noun)?.element ?? noun)
    return record.verbs.includes(verb) ? record : undefined
  }
}
