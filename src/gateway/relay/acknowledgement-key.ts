// By what an acknowledgement is awaited, and known again when it comes.

import { idKey } from '../identity.ts'

/** What is awaited, by the object that is told of and the roles whose word counts. */
export function acknowledgementKey(mRID: string, roles: readonly string[]): string {
  return `${roles.join(' or ')} of ${idKey(mRID)}`
}
