// For tests only: units that no store keeps.

import type { Unit } from '../ports.ts'

const NOTHING_FOLLOWS: Partial<Unit> = { puts: [], removals: [] }

/** A unit with a text that holds NUL. */
export const UNKEEPABLE: Partial<Unit> = {
  ...NOTHING_FOLLOWS,
  keys: [{ leg: 'a', name: 'a', value: '\0' }],
}

/** A change of an object that is not there. */
export function refusing(id: string): Partial<Unit> {
  const put = { noun: 'Things', id, state: '', names: [], body: '{}', owner: '', expect: 7 }
  return { puts: [put] }
}
