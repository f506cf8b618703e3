// Which flow a message belongs to, for every noun of a catalogue.

import { isVerb } from '../envelope/verbs.ts'
import type { Choices } from '../flows/choices.ts'
import type { Flow } from '../flows/flow.ts'
import type { PolicyName } from '../flows/policy.ts'
import type { Quantities } from '../flows/quantities.ts'
import { flowFor, flowsOf } from '../flows/index.ts'
import { recordFlow } from '../flows/record.ts'
import type { SchemaSet } from '../schema/schemas.ts'
import { contentsOf } from './content.ts'
import type { NounContent } from './content.ts'

/**
 * The flow of a noun and verb; a noun without a flow of its own is kept as a record.
 * @param policies what the configuration in force asks of flows besides
 * @param quantities and the numbers that it gives; undefined = each is as usual
 * @param choices and what it has chosen; undefined = the usual
 */
export function flowIn(
  schemas: SchemaSet,
  policies: () => readonly PolicyName[] = () => NO_POLICIES,
  quantities: () => Quantities | undefined = () => undefined,
  choices: () => Choices | undefined = () => undefined,
): (noun: string, verb: string) => Flow | undefined {
  const contentOf = contentsOf(schemas)
  const [made, recordOf] = [madeOnce(), recordsOnce()]
  return (noun, verb) => {
    if (!isVerb(verb)) return undefined
    if (flowsOf(noun).length > 0) {
      const flow = flowFor(noun, verb)
      return flow && made(flow, policies(), quantities(), choices())
    }
    const record = recordOf(noun, contentOf(noun))
    return record.verbs.includes(verb) ? record : undefined
  }
}

/** What a configuration asks for that asks for none. */
export const NO_POLICIES: readonly PolicyName[] = []

/** Looked up several times for every message, and made once for each configuration. */
function madeOnce(): typeof asAsked {
  let known = new Map<Flow, Flow>()
  let last: readonly unknown[] = []
  return (flow, ...given) => {
    if (given.some((it, at) => it !== last[at])) known = new Map()
    last = given
    const own = known.get(flow) ?? asAsked(flow, ...given)
    known.set(flow, own)
    return own
  }
}

/** Nothing is remembered of nouns that the catalogue does not have: there is no end of them. */
function recordsOnce(): (noun: string, content: NounContent | undefined) => Flow {
  const known = new WeakMap<NounContent, Flow>()
  return (noun, content) => {
    if (content === undefined) return recordFlow(noun, noun)
    const own = known.get(content) ?? recordFlow(noun, content.element ?? noun)
    known.set(content, own)
    return own
  }
}

function asAsked(
  flow: Flow,
  asked: readonly PolicyName[],
  quantities: Quantities | undefined,
  choices: Choices | undefined,
): Flow {
  const given = quantities === undefined ? [] : (flow.quantities?.(quantities, asked) ?? [])
  const chosen = choices === undefined ? [] : (flow.choices?.(choices) ?? [])
  const own = [...asked.flatMap((it) => flow.policies?.[it] ?? []), given, chosen].flat()
  return own.length === 0 ? flow : Object.assign({}, flow, ...own)
}
