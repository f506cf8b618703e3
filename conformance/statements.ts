// What a user hands in, read: the capability statement of the product, and the waivers. What is wrong in one is said line by
// line.

import type { Mode, ModeOptions } from './modes.ts'
import { MODES, unstated } from './modes.ts'
import { lintCapability } from './engine/plan.ts'
import { lintStatement } from './lint-statement.ts'
import type { Register } from './register.ts'
import { ROLES, readAs } from './shapes.ts'
import type { Capability, Role, Waiver } from './shapes.ts'
import { statementOf } from './statement.ts'
import { WrongUsage, textIn } from './usage.ts'

/** What says who the product is. */
export interface StatementOptions extends ModeOptions {
  readonly ics?: string
  readonly role?: Role
}

/**
 * That of the file; else, of a client, all that its role can send; else, where no case is played, none.
 * @throws WrongUsage where there has to be one, or something is wrong in it
 */
export function statementIn(options: StatementOptions, register: Register, mode: Mode): Capability {
  const { ics, role } = options
  if (ics !== undefined) return capabilityIn(ics, register, mode)
  if (role !== undefined && mode === MODES.server) return statementOf(role, register)
  if (!mode.needsCapability) return unstated(options, register)
  throw new WrongUsage(
    '--ics names the capability statement of the product; `cimgate conformance list --role DOP` prints one to fill in',
  )
}

/** A statement as it is written. */
export function statementText(capability: Capability): string {
  return `${JSON.stringify(capability, undefined, 2)}\n`
}

/** Those of the file; none without one. @throws WrongUsage */
export function waiversIn(path: string | undefined): readonly Waiver[] {
  if (path === undefined) return []
  const read = readAs('waivers', textIn('--waivers', path), path)
  const problems = 'value' in read ? read.value.flatMap(endless) : read.problems
  if ('value' in read && problems.length === 0) return read.value
  throw new WrongUsage(
    problems.map((it) => (it.startsWith(path) ? it : `${path}: ${it}`)).join('\n'),
  )
}

const LONGEST_DAYS = 731

/** What is agreed to for good is no waiver but another requirement. */
function endless({ finding, locator, until }: Waiver): readonly string[] {
  const last = new Date(Date.now() + LONGEST_DAYS * 86_400_000).toISOString().slice(0, 10)
  if (until <= last) return []
  return [`${finding} at ${locator}: until ${until} is too far away; two years are the most`]
}

/** What of it shows when schemas are known. @throws WrongUsage */
export function agreeOn(
  capability: Capability,
  { ics }: Pick<StatementOptions, 'ics'>,
  register: Register,
  nouns: readonly { readonly noun: string }[],
): void {
  if (ics === undefined) return
  const known = new Set(nouns.map((it) => it.noun))
  const problems = lintStatement(capability, register, known)
  if (problems.length > 0) throw new WrongUsage(problems.map((it) => `${ics}: ${it}`).join('\n'))
}

function capabilityIn(
  path: string,
  register: Register,
  { casesOf, side, needsCapability }: Mode,
): Capability {
  const read = readAs('capability', textIn('--ics', path), path)
  if ('problems' in read) throw new WrongUsage(read.problems.join('\n'))
  if (needsCapability && Object.keys(read.value.roles).length === 0)
    throw new WrongUsage(`${path}: roles is empty: say what the product is, ${ROLES.join(', ')}`)
  const problems = lintCapability(read.value, casesOf(register, read.value), side)
  if (problems.length === 0) return read.value
  throw new WrongUsage(problems.map((it) => `${path}: ${it}`).join('\n'))
}
