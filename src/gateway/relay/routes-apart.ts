// The operations of one OperationSet and the parties that their own routes lead to: a set goes whole, so all have to lead
// to one and the same.

import { member } from '../../schema/json-text.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import type { ContentOf } from '../content.ts'
import { HERE } from '../parties/index.ts'
import type { Choice, Routed } from '../parties/index.ts'
import { entriesOf, workOf } from '../tasks.ts'
import type { Work } from '../tasks.ts'
import { failing } from './said.ts'
import type { Failing } from './said.ts'

/** Undefined where all lead to one party, or have no route of their own, and for what is no OperationSet. */
export function routesApart(
  message: JsonObject,
  contentOf: ContentOf,
  choose: (it: Omit<Routed, 'from'>) => Choice,
): Failing | undefined {
  const work = setIn(message, contentOf)
  if (work === undefined) return undefined
  const led = work.tasks.flatMap(({ noun, verb, operationId = '' }) => {
    const target = targetOf(choose({ noun, verb }))
    return target === undefined
      ? []
      : [{ target, about: `${operationId} (${verb} ${noun})`.trim() }]
  })
  const targets = [...new Set(led.map((it) => it.target))]
  if (targets.length < 2) return undefined
  const parts = targets.map((target) => {
    const operations = led.filter((it) => it.target === target).map((it) => it.about)
    return `to ${target} leads ${[...new Set(operations)].slice(0, MOST_TOLD).join(', ')}`
  })
  const known = `Of the operations of one set, ${parts.join('; ')}.`
  return failing('several-routes', 'ROUTES-APART', `${known} ${whyNot(work)}`.trim())
}

/** operations that are told for one party */
const MOST_TOLD = 10

/** What the operations of a set ask for; undefined for what is no OperationSet. */
export function setIn(message: JsonObject | undefined, contentOf: ContentOf): Work | undefined {
  const isSet = entriesOf(member(message, 'payload')).some(([name]) => name === 'OperationSet')
  return message !== undefined && isSet ? workOf(message, contentOf) : undefined
}

/** Who carries it out; the others of its route are told. Undefined where nobody does. */
export function targetOf(choice: Choice): string | undefined {
  if (choice.kind === 'none') return undefined
  return choice.kind === 'local' ? HERE : choice.parties[0]?.id
}

/** What its flags ask for, no two parties can do together. */
function whyNot({ integrity, sequence }: Work): string {
  const flags = [
    ...(integrity ? ['enforceTransactionalIntegrity'] : []),
    ...(sequence ? ['enforceMsgSequence'] : []),
  ]
  return flags.length === 0 ? '' : `${flags.join(' and ')} cannot be kept between several parties.`
}
