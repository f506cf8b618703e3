// What a user hands in, read: the capability statement of the product, and the waivers. What is wrong in one is said line by
// line.

import type { Mode, ModeOptions } from './modes.ts'
import { MODES, unstated } from './modes.ts'
import { lintCapability } from './engine/plan.ts'
import { lintStatement } from './lint-statement.ts'
import type { Register } from './register.ts'
import { ROLES, readAs } from './shapes.ts'
import type { Capability, Role, Waiver } from './shapes.ts'
import { merged } from './merged.ts'
import type { Merged, Older } from './merged.ts'
import { statementOf } from './statement.ts'
import { WrongUsage, textIn } from './usage.ts'
import { whyOf } from './why.ts'

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

/** That of the file, which an older suite may have printed, in the lines of this one. @throws WrongUsage */
export async function mergedIn(
  path: string,
  wholeOf: (role: Role) => Promise<Capability>,
): Promise<Merged> {
  const older = olderIn(path)
  const roles = Object.keys(older.roles ?? {}) as Role[]
  const strange = roles.find((it) => !ROLES.includes(it))
  if (strange !== undefined)
    throw new WrongUsage(`${path}: roles/${strange} is no role; roles are ${ROLES.join(', ')}`)
  const whole: Partial<Record<Role, NonNullable<Capability['roles'][Role]>>> = {}
  for (const role of roles) {
    const own = (await wholeOf(role)).roles[role]
    if (own !== undefined) whole[role] = own
  }
  const made = merged(older, whole)
  const read = readAs('capability', JSON.stringify(made.capability), path)
  if ('problems' in read) throw new WrongUsage(read.problems.join('\n'))
  return { ...made, capability: read.value }
}

function olderIn(path: string): Older {
  try {
    const read: unknown = JSON.parse(textIn('--ics', path))
    if (typeof read === 'object' && read !== null && !Array.isArray(read)) return read as Older
  } catch (error) {
    if (error instanceof WrongUsage) throw error
    throw new WrongUsage(`${path}: ${whyOf(error)}`)
  }
  throw new WrongUsage(`${path}: a capability statement is an object`)
}

/** A statement as it is written. */
export function statementText(capability: unknown): string {
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
  if ('problems' in read) {
    const isOlder = read.problems.some((it) => it.startsWith(`${path}: options`))
    throw new WrongUsage([...read.problems, ...(isOlder ? [mergeOf(path)] : [])].join('\n'))
  }
  if (needsCapability && Object.keys(read.value.roles).length === 0)
    throw new WrongUsage(`${path}: roles is empty: say what the product is, ${ROLES.join(', ')}`)
  const problems = lintCapability(read.value, casesOf(register, read.value), side)
  if (problems.length === 0) return read.value
  throw new WrongUsage([...problems.map((it) => `${path}: ${it}`), mergeOf(path)].join('\n'))
}

/** How a statement of an older suite gets the lines of this one. */
function mergeOf(path: string): string {
  return `\`cimgate conformance list --ics ${path}\` prints it with the lines that it lacks, each of them denied (-)`
}
