// The tables of README.md, derived from the tables they show. README holds each between its marks:
// `<!-- flows -->`, the table, `<!-- /flows -->`.

import { ERRORS, errorRow } from '../envelope/errors.ts'
import type { ErrorCode } from '../envelope/errors.ts'
import { LIMITS } from '../envelope/limits.ts'
import { EVENTS } from '../gateway/audit/events.ts'
import type { EventRow } from '../gateway/audit/events.ts'
import { FLOWS } from '../flows/index.ts'
import { BUSINESS_RULES } from '../flows/rules/index.ts'
import type { BusinessRule } from '../flows/rules/business-rule.ts'
import { RIGHTS, RIGHTS_OF } from '../gateway/access/rights.ts'
import type { Right } from '../gateway/access/rights.ts'
import { CIM_JSON_RULES } from '../schema/cim-json-rules.ts'
import type { Flow } from '../flows/flow.ts'

/** Every derived table by the name of its mark. @param limitsSource text of envelope/limits.ts, for the units */
export function readmeTables(limitsSource: string): Readonly<Record<string, string>> {
  return {
    flows: flowTable(),
    next: nextTable(),
    'business-rules': ruleTable(),
    errors: errorTable(),
    limits: limitTable(limitsSource),
    'cim-json': cimJsonTable(),
    rights: rightsTable(),
    audit: auditTable(),
  }
}

/** What stands between the marks; undefined while README lacks them. */
export function markedTable(readme: string, name: string): string | undefined {
  const found = new RegExp(`<!-- ${name} -->\\n([\\s\\S]*?)<!-- /${name} -->`).exec(readme)
  return found?.[1]?.trim()
}

function auditTable(): string {
  const rows: Readonly<Record<string, EventRow>> = EVENTS
  return table(
    ['what', 'says that', 'lines'],
    Object.entries(rows).map(([what, { says, windowMs }]) => [
      `\`${what}\``,
      says,
      windowMs === undefined ? 'one each' : `one, then one for ${SPANS[windowMs] ?? ''}`,
    ]),
  )
}

const SPANS: Readonly<Record<number, string>> = { 60_000: 'each minute', 3_600_000: 'each hour' }

function flowTable(): string {
  const flows: readonly Flow[] = FLOWS
  return table(
    ['flow', 'noun', 'verbs', 'pattern', 'what'],
    flows.map((it) => [`\`${it.id}\``, it.noun, it.verbs.join(', '), it.pattern, it.about]),
  )
}

/** What the gateway sends itself in a flow that it orchestrates. */
function nextTable(): string {
  const flows: readonly Flow[] = FLOWS
  const rows = flows.flatMap(({ id, next = [] }) =>
    next.map((it) => [`\`${id}\``, it.when, `${it.verb} ${it.noun}`, it.from, it.source]),
  )
  return table(['flow', 'when', 'is sent', 'in the name of', 'row'], rows)
}

/** Each right, and the roles that have it. */
function rightsTable(): string {
  const roles = Object.entries(RIGHTS_OF) as readonly (readonly [string, readonly Right[]])[]
  const rows = (Object.entries(RIGHTS) as readonly (readonly [Right, string])[]).map(
    ([right, lets]) => [
      `\`${right}\``,
      lets,
      ...roles.map(([, all]) => (all.includes(right) ? 'yes' : '')),
    ],
  )
  return table(['right', 'lets', ...roles.map(([role]) => role)], rows)
}

function ruleTable(): string {
  return table(
    ['rule', 'code', 'what it asks', 'how to mend it', 'source'],
    Object.entries<BusinessRule>(BUSINESS_RULES).map(([id, { codes, asks, mend, source }]) => [
      `\`${id}\``,
      codes.join(', '),
      asks,
      mend,
      source,
    ]),
  )
}

function errorTable(): string {
  const codes = Object.keys(ERRORS) as readonly ErrorCode[]
  return table(
    ['error', 'whose', 'code', 'HTTP', 'what', 'what to do'],
    codes.map((code) => {
      const { whose, replyCode, http, text, remedy } = errorRow(code)
      const status = typeof http === 'number' ? `${http}` : `${http.path} or ${http.body}`
      return [`\`${code}\``, whose, replyCode, status, text, remedy]
    }),
  )
}

function limitTable(source: string): string {
  return table(
    ['limit', 'default', 'of what'],
    Object.entries(LIMITS).map(([name, value]) => [
      `\`${name}\``,
      value % MIB === 0 ? `${value / MIB} MiB` : value.toLocaleString('en-US'),
      new RegExp(`/\\*\\* (.*) \\*/\\n  readonly ${name}:`).exec(source)?.[1] ?? '',
    ]),
  )
}

function cimJsonTable(): string {
  return table(['in XML', 'in CIM-JSON'], CIM_JSON_RULES)
}

const MIB = 1024 * 1024

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((it) => `| ${it.join(' | ')} |`).join('\n')
}
