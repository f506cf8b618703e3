// Files that change in every way in which files do.

import { mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { waitFor } from '../wait.fixture.ts'
import { watchFiles } from './watch.ts'
import type { Watch, WatchOptions } from './watch.ts'

const test = suite('config: watch')

const home = mkdtempSync(join(tmpdir(), 'cimgate-watch-'))
const watches: Watch[] = []
test.after(() => {
  for (const it of watches) it.close()
  rmSync(home, { recursive: true })
})

function counting(files: () => readonly string[], options?: WatchOptions) {
  const seen = { count: 0 }
  watches.push(watchFiles(files, () => void (seen.count += 1), options))
  return seen
}

async function next(seen: { readonly count: number }, change: () => void, what: string) {
  const before = seen.count
  change()
  await waitFor(() => seen.count > before, what)
}

for (const [name, options] of [
  ['as the system tells', { everyMs: 3_600_000 }],
  ['by looking', { everyMs: 20, settleMs: 5 }],
] as const) {
  test(`written, replaced, removed, made again, a link that is turned: ${name}`, async () => {
    const folder = mkdtempSync(join(home, 'one-'))
    const [a, b, link] = ['a.yaml', 'b.yaml', 'link.yaml'].map((it) => join(folder, it)) as [
      string,
      string,
      string,
    ]
    writeFileSync(a, 'a: 1')
    symlinkSync('a.yaml', link)
    const seen = counting(() => [link], options)
    await next(seen, () => undefined, 'the first look')
    await next(seen, () => writeFileSync(a, 'a: 22'), 'a file that is written')
    await next(
      seen,
      () => (writeFileSync(b, 'a: 22'), renameSync(b, a)),
      'a file that is replaced by another one of the same text',
    )
    await next(seen, () => rmSync(a), 'a file that is removed')
    await next(seen, () => writeFileSync(a, 'a: 3'), 'a file that is made again')
    writeFileSync(b, 'b: 1')
    await next(
      seen,
      () => (symlinkSync('b.yaml', `${link}.new`), renameSync(`${link}.new`, link)),
      'a link that is turned',
    )
    await next(seen, () => writeFileSync(b, 'b: 22'), 'a file at the end of the new link')
  })
}

test('files that are named later are followed, too, and after the end nothing is told', async () => {
  const folder = mkdtempSync(join(home, 'two-'))
  const [a, b] = [join(folder, 'a.yaml'), join(mkdtempSync(join(home, 'three-')), 'b.yaml')]
  writeFileSync(a, '')
  writeFileSync(b, '')
  const files = [a]
  const seen = counting(() => files, { everyMs: 3_600_000 })
  await next(seen, () => undefined, 'the first look')
  await next(seen, () => (files.push(b), writeFileSync(a, 'extends: b')), 'the first file')
  await next(seen, () => writeFileSync(b, 'b: 1'), 'the second file')
  const before = seen.count
  const other = counting(() => files, { everyMs: 20 })
  watches[watches.length - 2]?.close()
  await next(other, () => writeFileSync(a, 'a: 1'), 'the other watch')
  assert.is(seen.count, before)
})

test.run()
