// The contract of the `Store` port: cases that every engine behind it must pass. It opens nothing itself;
// an engine's own test file says how an empty store of it is had.

import { suite } from 'uvu'
import type { Store } from '../gateway/ports.ts'
import { FEED_CASES } from './store/contract/feed.ts'
import { LEDGER_CORNERS } from './store/contract/ledger-corners.ts'
import { LEDGER_CASES } from './store/contract/ledger.ts'
import { READING_CASES } from './store/contract/reading.ts'
import { UNIT_CASES } from './store/contract/unit.ts'

const CASES = { ...UNIT_CASES, ...READING_CASES, ...FEED_CASES, ...LEDGER_CASES, ...LEDGER_CORNERS }

/**
 * Runs the contract as a suite of its own.
 * @param name of the engine, for the report
 * @param open gives an empty store each time
 */
export function storeContract(name: string, open: () => Promise<Store>): void {
  const contract = suite(`store contract: ${name}`)
  for (const [title, check] of Object.entries(CASES)) {
    contract(title, async () => {
      const store = await open()
      try {
        await check(store)
      } finally {
        await store.close()
      }
    })
  }
  contract.run()
}
