// What one of several gateways on one database does of the work: takes what comes, sends what is in the outbox, looks after
// what is due by the clock. One alone does all of it.

/** `ingress` takes requests, `dispatch` sends, `scheduler` does what is due by the clock, one node at a time. */
export const NODE_ROLES = ['ingress', 'dispatch', 'scheduler'] as const

/** A part of the work. */
export type NodeRole = (typeof NODE_ROLES)[number]

/** The parts that a node does. */
export type NodeRoles = ReadonlySet<NodeRole>

/** The word for all of them. */
export const ALL_ROLES = 'all'

/** What a node does that nobody has given a part. */
export const EVERY_ROLE: NodeRoles = new Set(NODE_ROLES)

/** @param text roles with commas between @returns undefined where it names one that there is not, or none */
export function nodeRolesIn(text: string): NodeRoles | undefined {
  const names = text
    .split(',')
    .map((it) => it.trim())
    .filter((it) => it !== '')
  if (names.length === 0) return undefined
  const roles = names.flatMap((it) => (it === ALL_ROLES ? NODE_ROLES : it))
  return roles.every(isRole) ? new Set(roles) : undefined
}

/** As people read it. */
export function shownRoles(roles: NodeRoles): string {
  return NODE_ROLES.every((it) => roles.has(it)) ? ALL_ROLES : [...roles].join(', ')
}

function isRole(text: string): text is NodeRole {
  return (NODE_ROLES as readonly string[]).includes(text)
}
