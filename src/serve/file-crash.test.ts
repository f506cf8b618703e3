// kill -9 on the way of a file, at the points between copy and rename where most is at stake. `npm run test:crash` has all of them.

import { suite } from 'uvu'
import { killFilesAt } from './file-crash.fixture.ts'
import { endAll } from './process.fixture.ts'

const test = suite('serve: kill -9 on the way of a file')
test.after(endAll)

test('SC-01/AC2: a file that was delivered and renamed, and not noted as that, is reported, and not delivered again', () =>
  killFilesAt('file-renamed', 2))

test('G-AC18: a file of which a part was told goes on behind it', () =>
  killFilesAt('file-collection', 5))

test.run()
