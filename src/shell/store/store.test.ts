// The embedded store against the contract, on disk and in memory.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { storeContract } from '../store.contract.ts'
import { openMemoryStore, openStore } from './index.ts'

storeContract('memory', () => openMemoryStore())

storeContract('file', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'cimgate-store-'))
  const store = await openStore(folder)
  return {
    ...store,
    close: async () => {
      await store.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
})
