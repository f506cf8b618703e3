// The store on a PostgreSQL server against the contract, each case in a schema of its own.

import { storeContract } from '../store.contract.ts'
import { NO_SERVER, endServers, newSchema, startServer } from './postgres/server.fixture.ts'
import type { TestServer } from './postgres/server.fixture.ts'
import { addressIn, openServerStore } from './server.ts'

const SILENT = { info: () => undefined, warn: () => undefined, error: () => undefined }

let server: Promise<TestServer> | undefined

storeContract(
  'PostgreSQL',
  async () => {
    const it = await (server ??= startServer())
    // A machine on which everything else is tested too may need more than the ten seconds of a gateway for 10,000 objects.
    return openServerStore(addressIn(await newSchema(it), {}), SILENT, { deadlineMs: 120_000 })
  },
  { skipped: NO_SERVER, ended: endServers },
)
