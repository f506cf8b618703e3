// For tests only: a process that is killed before or behind one of the writes to its store. Whatever it asks of its store from
// then on fails, so that nothing more comes of it; the store is that of the process after it.

import type { Store } from '../ports.ts'

/** When a process dies. */
export interface Death {
  /** writes that are still made: the last one is kept, or is not */
  writes: number
  isKept: boolean
  isDead: boolean
}

/** Lives as long as it is not told otherwise. */
export function immortal(): Death {
  return { writes: Infinity, isKept: false, isDead: false }
}

type Ask = (...given: readonly unknown[]) => unknown

/** The store of a process that dies. */
export function mortal(store: Store, death: Death): Store {
  const dead = () => Object.assign(new Error('The process is killed.'), { code: 'store-lost' })
  const isLast = () => (death.isDead = (death.writes -= 1) <= 0)

  async function commit(ask: Ask, given: readonly unknown[]): Promise<unknown> {
    if (!isLast()) return ask(...given)
    if (death.isKept) await ask(...given)
    throw dead()
  }

  /** What claims nothing writes nothing, and comes as often as it likes. */
  async function claim(ask: Ask, given: readonly unknown[]): Promise<unknown> {
    const claimed = (await ask(...given)) as readonly unknown[]
    if (death.isKept && claimed.length > 0 && isLast()) throw dead()
    return claimed
  }

  const asked = (name: string, ask: Ask) =>
    async function (...given: readonly unknown[]) {
      if (death.isDead) throw dead()
      if (name === 'commit') return commit(ask, given)
      return name === 'claim' ? claim(ask, given) : ask(...given)
    }
  const methods = Object.entries(store).map(([name, it]: [string, unknown]) => {
    const isAsked = typeof it === 'function' && !name.startsWith('on')
    return [name, isAsked ? asked(name, it as Ask) : it]
  })
  return Object.fromEntries(methods) as Store
}
