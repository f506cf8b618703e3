// Whether the store answers.

import type { Store } from './ports.ts'

/** Why the store cannot be used; empty when it can. */
export function whyNot(store: Pick<Store, 'horizon'>): Promise<string> {
  return store.horizon().then(
    () => '',
    (error: Error) => error.message,
  )
}
