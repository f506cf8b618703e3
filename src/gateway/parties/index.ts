// Parties and the ways between them, as pure functions over the configuration.

export { isAllowed } from './addresses.ts'
export { orderKeyOf } from './order-key.ts'
export { HERE, wayOf } from './routing.ts'
export type { Choice, Routed } from './routing.ts'
export { visibleTo } from './visibility.ts'
