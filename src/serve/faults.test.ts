// A store that fails its gateway: refused as long as it lasts, nothing acknowledged that is not there, no restart needed.
// `npm run test:crash` does it 300 times.

import { suite } from 'uvu'
import { FAULTS } from '../shell/store/sqlite/injected.ts'
import type { InjectedFault } from '../shell/store/sqlite/injected.ts'
import { withstand } from './faults.fixture.ts'
import { endAll } from './process.fixture.ts'

const test = suite('serve: faults')
test.after(endAll)

/** At which commit of a connection, and how often; a thread that hangs is given ten seconds. */
const WHEN: Readonly<Record<InjectedFault, string>> = {
  full: '5:20',
  io: '5',
  written: '5',
  exit: '5',
  hang: '12',
}

for (const fault of FAULTS)
  test(`T15: acknowledges nothing that is not there, and recovers by itself: ${fault}`, async () => {
    await withstand(fault, WHEN[fault])
  })

test.run()
