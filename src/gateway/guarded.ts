// The store as the gateway uses it: whatever makes it reject is a failure of ours, never a defect of the message
// and never an OK. The sender may repeat the message: what has been done already is not done twice.

import { CimError } from '../envelope/errors.ts'
import type { Store } from './ports.ts'

/** The part of a store that exchange, query and façade need. */
export type Memory = Pick<Store, 'message' | 'objects' | 'owners' | 'page' | 'commit'>

/** @returns the same, rejecting with a CimError `overloaded` only, the store's own error being its cause */
export function guarded(store: Memory): Memory {
  return {
    message: (party, messageID) => ours(() => store.message(party, messageID)),
    objects: (noun, ids, names) => ours(() => store.objects(noun, ids, names)),
    owners: (ids) => ours(() => store.owners(ids)),
    page: (noun, query) => ours(() => store.page(noun, query)),
    commit: (unit) => ours(() => store.commit(unit)),
  }
}

/** Asks the store; rejects with `overloaded` when it cannot answer. */
export async function ours<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (cause) {
    throw new CimError('overloaded', undefined, { cause })
  }
}
