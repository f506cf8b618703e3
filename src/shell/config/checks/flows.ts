// Checks of flows: each is one that there is, and one in which something comes next.

import { FLOWS } from '../../../flows/index.ts'
import type { Flow } from '../../../flows/flow.ts'
import { CHOICES, CHOICE_NAMES } from '../../../flows/choices.ts'
import type { Choice } from '../../../flows/choices.ts'
import { POLICIES, POLICY_NAMES } from '../../../flows/policy.ts'
import { QUANTITIES, QUANTITY_NAMES } from '../../../flows/quantities.ts'
import { meant } from '../meant.ts'
import type { Across, Check } from './check.ts'

/** A flow that there is not, or in which cimgate has nothing to send. */
export const unknownFlows: Check = ({ written }) =>
  Object.entries(written.flows).flatMap(([id, { orchestrate }]): readonly Across[] => {
    const flows: readonly Flow[] = FLOWS
    const found = flows.find((it) => it.id === id)
    const leading = flows.filter((it) => it.next !== undefined).map((it) => it.id)
    const path = ['flows', id]
    if (found === undefined)
      return [{ path, ofKey: true, message: `there is no flow ${id}${meant(id, leading)}` }]
    if (found.next !== undefined || !orchestrate) return []
    const message = `cimgate has nothing to send in the flow ${id}; leave it out, or write one of ${leading.join(', ')}`
    return [{ path: [...path, 'orchestrate'], severity: 'warning', message }]
  })

/** A policy, or a number, that is written in a flow which it does not belong to, and that nothing follows. */
export const strayPolicies: Check = ({ written }) =>
  Object.entries(written.flows).flatMap(([id, own]) =>
    PLACES.filter(([it, flow]) => isWritten(own[it]) && flow !== id).map(([it, flow]): Across => {
      const message = `${it} is written in the flow ${flow}, and has no effect in ${id}`
      return { path: ['flows', id, it], severity: 'warning', message }
    }),
  )

/** What leads to messages by its other half alone, which nobody has asked for. */
export const unorchestratedChoices: Check = ({ written }) =>
  CHOICE_NAMES.flatMap((it): readonly Across[] => {
    const row: Choice = CHOICES[it]
    const { [it]: chosen = row.usually, orchestrate = false } = written.flows[row.flow] ?? {}
    if (row.unorchestrated === undefined || orchestrate || chosen === row.usually) return []
    const message = `without orchestrate: true ${row.unorchestrated}; write it, or ${it}: ${row.usually}`
    return [{ path: ['flows', row.flow, it], severity: 'warning', message }]
  })

/** Nobody could tell what is missing: who has acknowledged objects is kept of some nouns alone. */
export const uncomparable: Check = ({ written }) =>
  written.reconciliations.flatMap(({ noun, ask }, at): readonly Across[] => {
    const flows: readonly Flow[] = FLOWS
    const isKept = flows.some((it) => it.noun === noun && it.synchronizedTo !== undefined)
    if (isKept || ask.includes('target')) return []
    const message = `it is not kept who has acknowledged objects of ${noun}; write [target], so that it is asked`
    return [
      { path: ['reconciliations', at, 'ask'], because: [['reconciliations', at, 'noun']], message },
    ]
  })

/** In which flow each of them is written. */
const PLACES = [
  ...POLICY_NAMES.map((it) => [it, POLICIES[it].flow] as const),
  ...QUANTITY_NAMES.map((it) => [it, QUANTITIES[it].flow] as const),
  ...CHOICE_NAMES.map((it) => [it, CHOICES[it].flow] as const),
]

/** 0 is a number that somebody has written. */
function isWritten(it: boolean | number | string | undefined): boolean {
  return it !== undefined && it !== false
}
