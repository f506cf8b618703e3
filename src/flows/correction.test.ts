import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { JsonObject } from '../schema/json-text.ts'
import { corrects, standingOf } from './correction.ts'

const test = suite('correction')

const quality = (ref: string, more: JsonObject = {}): JsonObject => ({
  ReadingQualities: [{ ...more, ReadingQualityType: { '@ref': ref } }],
})
const at = (timeStamp: string) => ({ timeStamp })
const [EARLY, LATE] = [at('2026-07-14T09:00:00Z'), at('2026-07-14T10:00:00Z')]
const READ: JsonObject = {}

/** [what is there, what comes, whether that takes its place] */
const PAIRS: readonly (readonly [JsonObject, JsonObject, boolean])[] = [
  [quality('2.8.1'), READ, true],
  [READ, quality('2.8.1'), false],
  [READ, quality('2.7.0'), true],
  [READ, READ, false],
  [quality('2.8.1', EARLY), quality('2.10.0', LATE), true],
  [quality('2.7.0', LATE), quality('2.7.1', EARLY), false],
  [quality('2.7.0'), quality('2.7.0'), false],
  // What has no category, or one that says nothing of this, is what was read.
  [quality('2.8.1'), quality('8'), true],
  [quality('2.8.1'), quality('2.5.259'), true],
  [quality('2.8.1'), { ReadingQualities: [{}] }, true],
  [{ ...quality('2.8.1'), reportedDateTime: '2026-07-14T09:00:00Z' }, quality('2.8.1', LATE), true],
]

for (const [before, after, isNews] of PAIRS)
  test(`${JSON.stringify(after)} ${isNews ? 'takes the place of' : 'leaves'} ${JSON.stringify(before)}`, () =>
    assert.is(corrects(standingOf(after), standingOf(before)), isNews))

test.run()
