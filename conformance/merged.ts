// A capability statement of an older suite in the lines of this one: what it says stays, what is new is denied until somebody
// says otherwise, and what no case needs any more goes. Each of these lines is told: nobody claims anything unawares.

import type { Capability, Role } from './shapes.ts'
import { REQUEST_VERBS } from './transport/typed.ts'

/** A statement as it was written, whatever it lacks. */
export interface Older extends Omit<Capability, 'roles' | 'options'> {
  readonly roles?: Readonly<Partial<Record<Role, Partial<Sides>>>>
  readonly options?: Readonly<Record<string, unknown>>
}

type Sides = NonNullable<Capability['roles'][Role]>
type Lines = Sides['receives']

/** The statement with a line for each message, and what has been done to it. */
export interface Merged {
  readonly capability: unknown
  readonly told: readonly string[]
}

const REQUEST = new RegExp(`^(${REQUEST_VERBS.join('|')}) `)

/** What is new may be no more than was said: of what a product can, nothing; of the values of an option, the first. */
const DENIED: Capability['options'] = {
  ...{ async: false, operationSet: false, compression: false, events: false },
  ...{ groupVersion: false, assignsMRID: false, mixedBatch: 'FAILED', whenTargetDown: 'none' },
}

/** @param whole what this suite asks of each role of the statement */
export function merged(
  { roles = {}, options = {}, ...rest }: Older,
  whole: Readonly<Partial<Record<Role, Sides>>>,
): Merged {
  const told: string[] = []
  const sides = (role: Role, own: Partial<Sides> = {}) =>
    Object.fromEntries(
      (['receives', 'sends'] as const).map((side) => [
        side,
        lines(`roles/${role}/${side}`, own[side] ?? {}, whole[role]?.[side] ?? {}, told),
      ]),
    )
  const known = Object.keys(DENIED)
  for (const it of known.filter((name) => !(name in options)))
    told.push(`options/${it}: new, ${String(DENIED[it as keyof typeof DENIED])}`)
  for (const it of Object.keys(options).filter((name) => !known.includes(name)))
    told.push(`options/${it}: taken out, there is no such option`)
  const kept = Object.fromEntries(Object.entries(options).filter(([name]) => known.includes(name)))
  const capability = {
    ...rest,
    roles: Object.fromEntries(
      Object.entries(roles).map(([role, own]) => [role, sides(role as Role, own)]),
    ),
    options: { ...DENIED, ...kept },
  }
  return { capability, told }
}

/** In the order of this suite; a request of a noun that it has no line for stays as it is. */
function lines(place: string, own: Lines, due: Lines, told: string[]): Lines {
  const added = Object.keys(due).filter((it) => !(it in own))
  const more = Object.keys(own).filter((it) => !(it in due))
  const gone = more.filter((it) => !REQUEST.test(it))
  for (const it of added) told.push(`${place}: "${it}" is new, -`)
  for (const it of gone) told.push(`${place}: "${it}" is taken out, no case needs it`)
  const kept = more.filter((it) => !gone.includes(it))
  return Object.fromEntries([...Object.keys(due), ...kept].map((it) => [it, own[it] ?? '-']))
}
