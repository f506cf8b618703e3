// What is wrong in a capability statement although every line of it can be read: claims that no case could ever be about, or that
// deny each other. Taken as they are, they would make a run of few cases, or of none, that looks like a good one.

import type { Mode } from './modes.ts'
import type { Register } from './register.ts'
import { scenarioOf } from './register.ts'
import { JUDGED_BY } from './statement.ts'
import type { Capability, Role, Scenario } from './shapes.ts'
import { REQUEST_VERBS } from './transport/typed.ts'

type Side = Mode['side']

/** A sentence each, with its place. @param nouns those that schemas are known for */
export function lintStatement(
  capability: Capability,
  register: Pick<Register, 'scenarios' | 'clients'>,
  nouns: ReadonlySet<string>,
): readonly string[] {
  return [
    ...(capability.editions.includes(JUDGED_BY)
      ? []
      : [
          `editions: messages are judged by ${JUDGED_BY}, which is not among ${capability.editions.join(', ')}`,
        ]),
    ...claims(capability).flatMap(([role, side, message]) => {
      const fault = messageFault(message, nouns, neededBy(role, casesOn(side, register)))
      return fault === undefined ? [] : [`roles/${role}/${side}: "${message}" ${fault}`]
    }),
    ...setFaults(capability),
  ]
}

type Claim = readonly [role: Role, side: Side, message: string, support: string]

function claims({ roles }: Capability): readonly Claim[] {
  return Object.entries(roles).flatMap(([role, sides]) =>
    (['receives', 'sends'] as const).flatMap((side) =>
      Object.entries(sides[side]).map(([message, support]): Claim => [
        role as Role,
        side,
        message,
        support,
      ]),
    ),
  )
}

function casesOn(side: Side, { scenarios, clients }: Pick<Register, 'scenarios' | 'clients'>) {
  return side === 'receives' ? scenarios : clients.map(scenarioOf)
}

function neededBy(role: Role, cases: readonly Scenario[]): ReadonlySet<string> {
  return new Set(cases.filter((it) => it.target.includes(role)).flatMap((it) => it.needs))
}

/** A request of any noun can be made into cases; an event is for those whom a case tells of it. */
function messageFault(
  message: string,
  nouns: ReadonlySet<string>,
  needed: ReadonlySet<string>,
): string | undefined {
  if (needed.has(message)) return undefined
  const [verb = '', noun = ''] = message.split(' ')
  if (!REQUEST_VERBS.includes(verb))
    return 'is needed by no case of this role; take it out. Requests are create, change, cancel, close, delete, get and execute of a noun'
  return nouns.has(noun)
    ? undefined
    : 'has a noun that no schema is known for; mend it, or name its schemas with --xsd'
}

const SET = 'execute OperationSet'

/** The option and the messages are to say the same of sets of operations. */
function setFaults(capability: Capability): readonly string[] {
  const own = claims(capability).filter(([, , message]) => message === SET)
  const { operationSet } = capability.options
  const denied = own.filter(([, , , support]) => (support !== '-') !== operationSet)
  if (operationSet && denied.length < own.length) return []
  return denied.map(
    ([role, side, , support]) =>
      `options/operationSet is ${operationSet}, and roles/${role}/${side} has "${SET}": "${support}"; say the same in both`,
  )
}
