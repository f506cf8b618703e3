// A capability statement in which every line is yes: to be gone through by who knows the product, or as it is for a peer of
// the suite's own.

import { openCimgate } from '../src/index.ts'
import type { CommonOptions } from '../src/index.ts'
import { subjectOf } from './engine/mapping/samples.ts'
import { messagesOf } from './engine/plan.ts'
import { scenarioOf } from './register.ts'
import type { Register } from './register.ts'
import type { Capability, Role, Scenario } from './shapes.ts'

/** The edition of the envelope that every message is judged by. */
export const JUDGED_BY = 'IEC 61968-100:2013'

/** What stands in the place of a product that nobody has named. */
export const TEMPLATE = {
  name: 'name of the product',
  version: '1.0',
  vendor: 'who makes it',
} as const

/** The statement of a role: all that its cases need. */
export function statementOf(
  role: Role,
  { scenarios, clients }: Pick<Register, 'scenarios' | 'clients'>,
): Capability {
  const yes = (cases: readonly Scenario[]) =>
    Object.fromEntries(messagesOf(role, cases).map((it) => [it, 'M' as const]))
  const [receives, sends] = [yes(scenarios), yes(clients.map(scenarioOf))]
  return {
    product: TEMPLATE,
    editions: [JUDGED_BY],
    transports: ['http-xml'],
    roles: { [role]: { receives, sends } },
    options: {
      async: false,
      operationSet: true,
      compression: false,
      events: false,
      groupVersion: true,
      assignsMRID: true,
      mixedBatch: 'PARTIAL',
      whenTargetDown: 'none',
    },
    known: { UsagePoint: [], EndDevice: [], Customer: [] },
  }
}

/** That of a gateway, which translates these nouns besides. */
export function gatewayStatement(statement: Capability, nouns: readonly string[]): Capability {
  const { receives = {}, sends = {} } = statement.roles.GW ?? {}
  const created = Object.fromEntries(nouns.map((it) => [`create ${it}`, 'M' as const]))
  return {
    ...statement,
    transports: [...statement.transports, 'json', 'websocket'],
    roles: { GW: { receives: { ...created, ...receives }, sends } },
    options: { ...statement.options, events: true, mixedBatch: 'PARTIAL' },
  }
}

/** What a gateway fills in where it keeps what is created: the state that its lifecycle begins in. */
const BY_LIFECYCLE = ['*/*/status/*']
/** What it knows of others: whether whoever acts on an object has acknowledged it. */
const SYNCHRONIZED = ['State', 'Reason', 'RequestedDateTime'].map((it) => `*/*/sync${it}`)

/** That of a gateway that has every noun there is. */
export async function statementOfGateway(
  register: Register,
  common: CommonOptions,
): Promise<Capability> {
  const cimgate = await openCimgate(common)
  const nouns = [...new Set(cimgate.nouns.map((it) => it.noun))]
  const created = nouns.filter((it) => subjectOf(it, cimgate) !== undefined)
  await cimgate.close()
  const own = { defaults: [...BY_LIFECYCLE], owned: [...SYNCHRONIZED, '*/*/syncedDateTime'] }
  return { ...gatewayStatement(statementOf('GW', register), created), ...own }
}
