// What a party may do here, as data: each right, and the roles that stand for several. Nobody has a right that he was not given.

import type { Party } from '../parties/party.ts'
import type { Sender } from '../received.ts'

/** Every right, with what it lets do: after "may". */
export const RIGHTS = {
  exchange: 'send messages in its own name',
  metadata: 'see who has sent what, when, and what became of it, and hear events',
  payload: 'see what stands in messages and objects',
  allParties: 'see the messages, objects and events of all parties, not only its own',
  operate: 'send messages again, lay them aside, cancel them',
  watch: 'read metrics and alarms',
  audit: 'read the audit log',
} as const

/** One of them. */
export type Right = keyof typeof RIGHTS

/** Roles of people and systems at the gateway; those of the flows are others. */
export const RIGHTS_OF = {
  party: ['exchange', 'metadata', 'payload'],
  viewer: ['metadata', 'allParties', 'watch'],
  operator: ['metadata', 'payload', 'allParties', 'watch', 'operate'],
  auditor: ['metadata', 'allParties', 'audit'],
  admin: ['metadata', 'allParties', 'watch', 'operate', 'audit'],
} as const satisfies Readonly<Record<string, readonly Right[]>>

/** Their names. */
export type RoleOfRights = keyof typeof RIGHTS_OF

/** What a configuration may write: a right, or a role that stands for several. */
export const RIGHT_NAMES = [...Object.keys(RIGHTS_OF), ...Object.keys(RIGHTS)] as readonly (
  RoleOfRights | Right
)[]

/** Rights by the names of rights and roles, each once. */
export function rightsIn(names: readonly (RoleOfRights | Right)[]): readonly Right[] {
  const all = names.flatMap((it): readonly Right[] => (isRole(it) ? RIGHTS_OF[it] : [it]))
  return [...new Set(all)]
}

function isRole(name: RoleOfRights | Right): name is RoleOfRights {
  return Object.hasOwn(RIGHTS_OF, name)
}

/** What a party may do: what is written, or what every party may; and all of an operator where it is one. */
export function rightsOf({
  rights,
  operator,
}: Pick<Party, 'rights' | 'operator'>): readonly Right[] {
  const own = rights ?? RIGHTS_OF.party
  return operator === true ? [...new Set([...own, ...RIGHTS_OF.operator])] : own
}

/** True for who has a right; where nobody is asked who he is, everybody has all. */
export function may({ rights }: Pick<Sender, 'rights'>, right: Right): boolean {
  return rights === undefined || rights.includes(right)
}

/** Why somebody may not, and how that is mended. */
export function rightMissing({ party }: Pick<Sender, 'party'>, right: Right): string {
  return `${party} may not ${RIGHTS[right]}: it lacks the right ${right} (rights of the party in the configuration).`
}
