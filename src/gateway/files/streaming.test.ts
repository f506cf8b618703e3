// A file of any length: what is in memory of it does not depend on how long it is.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { fileKind } from '../../flows/file-kinds.ts'
import { sha256 } from '../../shell/digest.ts'
import { shelfIn } from '../../shell/files/index.ts'
import { collectionsOf } from './collections.ts'
import { examined } from './examine.ts'
import { scoreLine, scores } from './folder.fixture.ts'
import { LAYOUT } from './layout.ts'
import { notesOn } from './outcome.ts'
import type { Shelf } from './ports.ts'
import { FOLDER } from './rules.ts'

const test = suite('gateway: files as they come')

const folder = mkdtempSync(join(tmpdir(), 'cimgate-streaming-'))
test.after(() => rmSync(folder, { recursive: true }))

/** records of one message */
const COLLECTION = 50
/** What has been read of a file, and what of that has been handed on. */
function counting(shelf: Shelf) {
  let [read, taken, most, block] = [0, 0, 0, 0]
  const lines: Shelf['lines'] = async function* (place, layout) {
    for await (const it of shelf.lines(place, layout)) {
      read += it.length
      most = Math.max(most, read - taken)
      block = Math.max(block, it.length)
      yield it
    }
  }
  return {
    shelf: { ...shelf, lines },
    took: (count: number) => void (taken += count),
    /** records that were read and not handed on, and records that are read together; the most of each */
    most: () => ({ waiting: most, block }),
    anew: () => void ([read, taken, most] = [0, 0, 0]),
  }
}

async function* octetsOf(records: number): AsyncGenerator<Uint8Array> {
  const text = new TextEncoder()
  yield text.encode(scores().trimEnd())
  const line = (n: number) => `\n${scoreLine(`N-${n}`, '0.5')}`
  for (let n = 0; n < records; n += COLLECTION)
    yield text.encode(Array.from({ length: COLLECTION }, (_, at) => line(n + at)).join(''))
}

/** What was in memory of a file of so many records. */
async function mostAtOnce(records: number) {
  const kind = fileKind('device-scores')
  assert.ok(kind)
  const rules = { ...FOLDER, kind, collection: COLLECTION }
  const counted = counting(shelfIn(folder))
  const { shelf } = counted
  const shelved = await shelf.copy(octetsOf(records), 1e9)
  const notes = notesOn(shelf, 'notes')
  const found = await examined(shelved, LAYOUT, undefined, { shelf, rules, notes })
  assert.is(found.records, records)
  counted.anew()
  const groups = new Set<string>()
  const made = collectionsOf(shelved.place, LAYOUT, found, { shelf, rules, digest: sha256, groups })
  let taken = 0
  for await (const { objects } of made) {
    assert.ok(objects.length <= COLLECTION)
    taken += objects.length
    counted.took(objects.length)
  }
  assert.is(taken, records)
  return counted.most()
}

test('SC-01/AC1: of a file as much is in memory as one message and one block, however long it is', async () => {
  const [short, long] = [await mostAtOnce(1_000), await mostAtOnce(4_000)]
  assert.is(long.block, short.block)
  for (const it of [short, long]) assert.ok(it.waiting < it.block + COLLECTION, JSON.stringify(it))
  assert.ok(long.block < 1_000, 'what is read together is a part of the file')
})

test.run()
