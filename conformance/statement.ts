// A capability statement in which every line is yes: to be gone through by who knows the product, or as it is for a peer of
// the suite's own.

import { messagesOf } from './engine/plan.ts'
import type { Register } from './register.ts'
import type { Capability, Role } from './shapes.ts'

/** The statement of a role: all that its cases need. */
export function statementOf(role: Role, { scenarios }: Pick<Register, 'scenarios'>): Capability {
  const receives = Object.fromEntries(messagesOf(role, scenarios).map((it) => [it, 'M' as const]))
  return {
    product: { name: 'name of the product', version: '1.0', vendor: 'who makes it' },
    editions: ['IEC 61968-100:2013'],
    transports: ['http-xml'],
    roles: { [role]: { receives, sends: {} } },
    options: {
      async: false,
      operationSet: true,
      compression: false,
      events: false,
      groupVersion: true,
      assignsMRID: true,
      mixedBatch: 'FAILED',
      whenTargetDown: 'none',
    },
  }
}
