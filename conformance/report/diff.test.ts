// What is different between two runs, and whether it may be.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openGround } from '../ground.fixture.ts'
import type { OpenGround } from '../ground.fixture.ts'
import { DERMS_OPERATIONS } from '../peers/derms-operations.ts'
import type { Results } from '../results-shape.ts'
import { played } from '../selftest/playing.ts'
import { diffRuns } from './diff.ts'
import { writeFolder } from './folder.ts'
import { REPLY, keptOf, saying, told, writtenIn } from './kept.fixture.ts'

const test = suite('conformance report: diff')
const folder = mkdtempSync(join(tmpdir(), 'cimgate-diff-'))
let ground: OpenGround
test.before(async () => void (ground = await openGround()))
test.after(async () => {
  await ground.close()
  rmSync(folder, { recursive: true, force: true })
})

test('diff says what is different, and whether suite, statement or target has changed', async () => {
  const a = await writtenIn(join(folder, 'before'), ground)
  const ran = await played(DERMS_OPERATIONS, ground, {
    only: ['DERG-1a'],
    between: saying(Buffer.from(REPLY('x'))),
  })
  const results: Results = {
    ...ran.results,
    suite: { ...ran.results.suite, hash: 'f'.repeat(64), schemas: '0'.repeat(64) },
    run: { ...ran.results.run, target: 'http://elsewhere/', ics: 'e'.repeat(64) },
  }
  const b = join(folder, 'after')
  writeFolder(b, keptOf({ ...ran, results }))
  const same = told((out) => diffRuns(a, a, out))
  assert.is(same.exit, 0, same.text)
  const { exit, text } = told((out) => diffRuns(a, b, out))
  assert.is(exit, 1)
  for (const it of [
    /^suite: /m,
    /^capability statement: /m,
    /^target: memory → http:\/\/elsewhere\//m,
    /^verdict of the run: pass → fail$/m,
    /^role DOP: pass → fail$/m,
    /^case DERG-1a: pass → fail$/m,
    /^requirement COR-01: pass → fail$/m,
    /^finding new: COR-01 in DERG-1a#1 /m,
  ])
    assert.match(text, it)
  assert.match(told((out) => diffRuns(b, a, out)).text, /^finding gone: COR-01 in DERG-1a#1 /m)
  assert.is(told((out) => diffRuns(a, folder, out)).exit, 2)
})

test.run()
