// The contract of the `Store` port: cases that every engine behind it must pass. It opens nothing itself;
// an engine's own test file says how an empty store of it is had.

import { suite } from 'uvu'
import type { Store } from '../gateway/ports.ts'
import { AUDIT_CASES } from './store/contract/audit.ts'
import { FEED_CASES } from './store/contract/feed.ts'
import { LEDGER_CORNERS } from './store/contract/ledger-corners.ts'
import { LEDGER_OUTBOX } from './store/contract/ledger-outbox.ts'
import { LEDGER_CASES } from './store/contract/ledger.ts'
import { MANY_CASES } from './store/contract/many.ts'
import { NONCE_CASES } from './store/contract/nonces.ts'
import { READING_CASES } from './store/contract/reading.ts'
import { TURNS } from './store/contract/turns.ts'
import { UNIT_CASES } from './store/contract/unit.ts'

const CASES = {
  ...UNIT_CASES,
  ...MANY_CASES,
  ...READING_CASES,
  ...FEED_CASES,
  ...LEDGER_CASES,
  ...LEDGER_CORNERS,
  ...LEDGER_OUTBOX,
  ...AUDIT_CASES,
  ...TURNS,
  ...NONCE_CASES,
}

/**
 * Runs the contract as a suite of its own.
 * @param name of the engine, for the report
 * @param open gives an empty store each time
 * @param skipped why none of it can be run here; how many cases that are is told
 * @param ended is called after the last case
 */
export function storeContract(
  name: string,
  open: () => Promise<Store>,
  { skipped, ended }: { readonly skipped?: string | undefined; ended?: () => Promise<void> } = {},
): void {
  const contract = suite(`store contract: ${name}`)
  const cases = Object.entries(CASES)
  if (skipped !== undefined)
    console.log(`store contract: ${name}: ${cases.length} cases ${skipped}`)
  for (const [title, check] of cases) {
    const run = async () => {
      const store = await open()
      try {
        await check(store)
      } finally {
        await store.close()
      }
    }
    if (skipped === undefined) contract(title, run)
    else contract.skip(`${title} (${skipped})`, run)
  }
  if (ended !== undefined) contract.after(ended)
  contract.run()
}
