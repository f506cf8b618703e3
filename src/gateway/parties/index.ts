// Parties and the ways between them, as pure functions over the configuration.

export { isApart } from './apart.ts'
export { isAllowed, mayReplyTo, plainAddress, shownAddress } from './addresses.ts'
export { expectedAfter, metBy } from './awaiting.ts'
export type { Expected } from './awaiting.ts'
export { NO_ORGANISATIONS, organisationsIn } from './organisation.ts'
export type { Organisations } from './organisation.ts'
export { keyAt, orderKeyOf, partsOf } from './order-key.ts'
export type { Whole } from './order-key.ts'
export { MOST_TOGETHER, USUAL_COLLECTION, mostFor, unfit } from './profile.ts'
export {
  EVERYBODY,
  hasProviders,
  mayHave,
  mayKnow,
  providerOf,
  providersOf,
  servingOf,
} from './provider.ts'
export { HERE, isKept, wayOf } from './routing.ts'
export type { Choice, Routed } from './routing.ts'
export { isHidden, seenObject, visibleTo } from './visibility.ts'
