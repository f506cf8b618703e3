// Alarms of rules that are broken in a way that a person has to know of, whoever has been told: what was refused, or let
// through with a warning, would have done harm. One stands until its object has changed as it should.

import type { ReplyError } from '../envelope/reply.ts'
import { flowsOf } from '../flows/index.ts'
import { businessRule, rulesOf } from '../flows/rules/index.ts'
import type { Decision } from './deciding/decide.ts'
import type { Awaited } from './ledger.ts'
import type { NewId, StatusEvent, Unit } from './ports.ts'
import { idKey } from './identity.ts'

/** `kind` of what is kept of them; a rule of the configuration cannot have this name */
export const BROKEN = '@rule'

/** What of a unit they are. */
export type RuleAlarms = Required<Pick<Unit, 'awaits' | 'audit'>>

/** The leg that brought it, and when. */
interface Origin {
  readonly id: string
  readonly exchangeId: string
  /** ISO 8601 with Z */
  readonly at: string
}

/** The alarms of the errors of one message, each once. @param noun of the message */
export function alarmsOfErrors(
  errors: readonly ReplyError[],
  noun: string,
  { id: leg, exchangeId, at }: Origin,
  newId: NewId,
): RuleAlarms {
  const keys = errors
    .filter(({ rule }) => businessRule(rule)?.isAlarm === true)
    .map(({ rule = '', id }) => keyOf(rule, noun, id?.$ ?? ''))
  const awaits = [...new Set(keys)].map((key): Awaited => ({
    ...{ id: newId(), kind: BROKEN, key, exchangeId, leg, dueAt: at, state: 'overdue' },
  }))
  const said = { at, who: 'cimgate', what: 'alarm rule', details: exchangeId }
  return { awaits, audit: awaits.map(({ key: subject }) => ({ ...said, subject })) }
}

/** What a decision refuses, or lets through with a warning. */
export function saidIn({ outcomes }: Pick<Decision, 'outcomes'>): readonly ReplyError[] {
  return outcomes.flatMap(({ errors, warnings = [] }) => [...errors, ...warnings])
}

/** The alarms that end when an object has taken a step as it should. */
export function endedBy({ noun, subject }: Pick<StatusEvent, 'noun' | 'subject'>) {
  return [...(RULES.get(noun) ?? rulesFor(noun))].map((rule) => ({
    kind: BROKEN,
    key: keyOf(rule, noun, subject),
  }))
}

const RULES = new Map<string, readonly string[]>()

function rulesFor(noun: string): readonly string[] {
  const flows = flowsOf(noun)
  if (flows.length === 0) return []
  const all = flows.flatMap((it) => rulesOf(it)).filter(([, { isAlarm }]) => isAlarm === true)
  const own = [...new Set(all.map(([rule]) => rule))]
  RULES.set(noun, own)
  return own
}

function keyOf(rule: string, noun: string, id: string): string {
  return `${rule} ${noun} ${idKey(id)}`
}

/** What is wrong, and how it is mended. */
export function saidOfRule(key: string): { readonly reason: string; readonly mend: string } {
  const [rule = '', noun = '', ...id] = key.split(' ')
  const row = businessRule(rule)
  return {
    reason: `${noun} ${id.join(' ')} breaks the rule ${rule}: ${row?.asks ?? ''}`,
    mend: row?.mend ?? '',
  }
}
