// A message that comes again has one effect and one reply, however often and whenever. `npm run test:crash` does it more often.

import { suite } from 'uvu'
import { FORMS, manyAtOnce, onceMore, someTimesEach, tolerant } from './duplicates.fixture.ts'
import { endAll, newFolder, start } from './process.fixture.ts'

const test = suite('serve: duplicates')
test.after(endAll)

test('T3: 1,000 duplicates over 50 sockets have one effect and one reply, also after a restart', async () => {
  const folder = newFolder()
  const args = tolerant(newFolder())
  const first = await start(folder, ...args)
  const originals = []
  for (const form of FORMS)
    originals.push(await manyAtOnce(first.address, form, form === 'xml' ? 1_000 : 100))
  await onceMore(first.address, originals)
  await first.end('SIGKILL')
  const second = await start(folder, ...args)
  await onceMore(second.address, originals)
  await second.end('SIGTERM')
})

test('T3: 500 messages sent one to four times each have 500 effects', async () => {
  const served = await start(newFolder(), ...tolerant(newFolder()))
  await someTimesEach(served.address, 500)
  await served.end('SIGTERM')
})

test.run()
