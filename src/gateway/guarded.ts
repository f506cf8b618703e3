// The store as the gateway uses it: whatever makes it reject is a failure of ours, never a defect of the message
// and never an OK. The sender may repeat the message: what has been done already is not done twice.

import { CimError } from '../envelope/errors.ts'
import type { Store } from './ports.ts'

/** The part of a store that exchange, query and façade need. */
export type Memory = Pick<
  Store,
  'message' | 'objects' | 'nouns' | 'gone' | 'owners' | 'identities' | 'page' | 'legs' | 'commit'
>

/** @returns the same, rejecting as {@link ours} */
export function guarded(store: Memory): Memory {
  return {
    message: (party, messageID) => ours(() => store.message(party, messageID)),
    objects: (noun, ids, names) => ours(() => store.objects(noun, ids, names)),
    nouns: () => ours(() => store.nouns()),
    gone: (noun, ids) => ours(() => store.gone(noun, ids)),
    owners: (ids) => ours(() => store.owners(ids)),
    identities: (noun) => ours(() => store.identities(noun)),
    page: (noun, query) => ours(() => store.page(noun, query)),
    legs: (query) => ours(() => store.legs(query)),
    commit: (unit) => ours(() => store.commit(unit)),
  }
}

/**
 * Asks the store.
 * @throws {CimError} `overloaded` when it cannot answer now; `internal` when what it has is damaged, which no waiting
 * mends; the store's own error is the cause
 */
export async function ours<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (cause) {
    throw ofStore(cause)
  }
}

/** What a failure of the store is to a sender. */
function ofStore(cause: unknown): CimError {
  const isDamaged = /^store-(text-)?damaged$/.test(codeOf(cause))
  return new CimError(isDamaged ? 'internal' : 'overloaded', undefined, { cause })
}

/** What a failure of ours is to a sender, wherever it came from. */
export function failureOf(cause: unknown): CimError {
  if (cause instanceof CimError) return cause
  return codeOf(cause).startsWith('store-')
    ? ofStore(cause)
    : new CimError('internal', undefined, { cause })
}

function codeOf(cause: unknown): string {
  const { code } = (cause ?? {}) as { readonly code?: unknown }
  return typeof code === 'string' ? code : ''
}
