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
    return openServerStore(addressIn(await newSchema(it), {}), SILENT)
  },
  { skipped: NO_SERVER, ended: endServers },
)
