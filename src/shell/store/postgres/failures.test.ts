// T15b: each way in which a server fails, once. `npm run test:cluster` has each of them many times.

import { FAILURES, fail } from './failures.fixture.ts'
import type { Failure } from './failures.fixture.ts'
import { serverSuite } from './suite.fixture.ts'

const { onServer, run } = serverSuite('store on PostgreSQL: failures')

for (const failure of Object.keys(FAILURES) as readonly Failure[])
  onServer(`T15b: ${failure}`, (server) => fail(server, failure))

run()
