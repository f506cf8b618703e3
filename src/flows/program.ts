// Programs and the rules of their events, as the system that manages them has them: told to the DERMS, which keeps the rules
// when it chooses devices. A rule that is linked to a program and one that no longer is are changes, their order is none.

import { member } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import { durationMs } from './duration.ts'
import { defineFlow } from './flow.ts'
import type { Breach, Claim } from './flow.ts'
import { backwardBreaches } from './interval.ts'
import { programCodes } from './program-terms.ts'
import { RECORDED, REPORT_VERBS } from './record.ts'
import { listOf } from './reference.ts'
import { only } from './role.ts'
import { ledgerReference } from './sync-ledger.ts'

const NOUN = 'Programs'

export default defineFlow({
  ...RECORDED,
  id: 'program',
  noun: NOUN,
  objectType: 'Program',
  verbs: [...REPORT_VERBS, 'cancel', 'close', 'canceled', 'closed', 'get'],
  pattern: 'RR',
  about: 'tell of programs and the rules that are linked to them; the order of rules says nothing',
  source: 'MD-02, G-AC33',
  by: only('cpm'),
  // Whoever takes part in a program may know its rules.
  isPublic: true,
  invariants,
  synchronizedTo: ['derms'],
  unordered: ['rules', 'seasons'],
  refers: (it) => [ledgerReference(NOUN, it)],
  claims: { inState: claims },
})

function invariants(it: JsonObject, _around: unknown, before?: { readonly object: JsonObject }) {
  return [
    ...codeBreaches(it),
    ...backwardBreaches('PRG-INTERVAL', ['validityInterval'], it, before?.object),
    ...cutoffBreaches(it),
    ...ruleBreaches(it),
  ]
}

/** Others name a program by its code, so there is one. */
function codeBreaches(program: JsonObject): readonly Breach[] {
  const code = member(program, 'code')
  if (typeof code !== 'string' || code.trim() === '') return [blank('The program has no code.')]
  const other = programCodes(program).find((it) => it !== code)
  if (other === undefined) return []
  const reason = `The program has the code ${code}, and ${other} as its programCode.`
  return [{ rule: 'PRG-CODE', code: '6.1', reason }]
}

function cutoffBreaches(program: JsonObject): readonly Breach[] {
  const cutoff = member(program, 'optOutCutoff')
  if (cutoff === undefined || durationMs(cutoff) !== undefined) return []
  const reason = `optOutCutoff ${String(cutoff)} is no length of time in days, hours, minutes and seconds.`
  return [{ rule: 'PRG-VALUE', code: '5.8', reason }]
}

function ruleBreaches(program: JsonObject): readonly Breach[] {
  const rules = listOf(program, 'rules')
  const codes = rules.map((it) => String(member(it, 'ruleCode') ?? ''))
  const twice = codes.filter((it, at) => codes.indexOf(it) !== at)
  return [
    ...[...new Set(twice)].map((it): Breach => ({
      rule: 'PRG-RULE',
      code: '6.1',
      reason: `The rule ${it} is linked to the program twice.`,
    })),
    ...rules.flatMap(valueBreaches),
  ]
}

/** In which form a rule says what it asks: a code that nobody could map is not told as one that says nothing. */
type Form = 'count' | 'time' | 'hours' | 'days' | 'any'

const FORMS: Readonly<Record<string, Form>> = {
  ...{ maxEventsPerDay: 'count', maxEventsPerSeason: 'count', allowedOverrides: 'count' },
  ...{ maxDuration: 'time', minRest: 'time', minNotice: 'time' },
  ...{ allowedHours: 'hours', allowedDays: 'days', cycleFrequency: 'any', temperature: 'any' },
}

const ASKS: Readonly<Record<Form, string>> = {
  count: 'a count',
  time: 'a value in s, min or h',
  hours: 'windows, each with startTime or endTime',
  days: 'windows, each with dayOfWeek',
  any: 'a count or a value',
}

function valueBreaches(rule: JsonObject): readonly Breach[] {
  const [kind, code] = [String(member(rule, 'kind') ?? ''), member(rule, 'ruleCode')]
  if (typeof code !== 'string' || code.trim() === '')
    return [blank(`A rule of the kind ${kind} has no ruleCode.`)]
  const form = FORMS[kind]
  if (form === undefined || HAS_FORM[form](rule)) return []
  return [blank(`The rule ${code} of the kind ${kind} has to say ${ASKS[form]}.`)]
}

const HAS_FORM: Readonly<Record<Form, (rule: JsonObject) => boolean>> = {
  count: (it) => member(it, 'count') !== undefined,
  time: (it) => ['s', 'min', 'h'].includes(String(member(member(it, 'value'), 'unit'))),
  hours: (it) => everyWindow(it, (one) => hasText(one, 'startTime') || hasText(one, 'endTime')),
  days: (it) => everyWindow(it, (one) => daysOf(one).length > 0),
  any: (it) => member(it, 'count') !== undefined || member(it, 'value') !== undefined,
}

function everyWindow(rule: JsonObject, has: (window: JsonObject) => boolean): boolean {
  const windows = listOf(rule, 'window')
  return windows.length > 0 && windows.every(has)
}

function hasText(window: JsonObject, name: string): boolean {
  return typeof member(window, name) === 'string'
}

function daysOf(window: JsonObject): readonly Json[] {
  const days = member(window, 'dayOfWeek')
  return Array.isArray(days) ? days : []
}

function blank(reason: string): Breach {
  return { rule: 'PRG-VALUE', code: '5.8', reason }
}

/** Also where a program is named by its code alone it is found. */
function claims(program: JsonObject, state: string): readonly Claim[] {
  const code = member(program, 'code')
  if (typeof code !== 'string' || state !== 'present') return []
  return [{ key: code, rule: 'PRG-CODE', reason: `The code ${code} is that of another program.` }]
}
