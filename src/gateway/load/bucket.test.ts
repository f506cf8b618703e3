import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { drawn, fullBucket } from './bucket.ts'

const test = suite('load: bucket')

const TEN = { perSecond: 10, burst: 3 }

/** Waits of draws at these moments. */
function waits(rate: typeof TEN, ...atMs: readonly number[]): readonly number[] {
  let bucket = fullBucket(rate, 0)
  return atMs.map((now) => {
    const { waitMs, bucket: next } = drawn(bucket, rate, now)
    bucket = next
    return waitMs
  })
}

for (const [title, rate, at, due] of [
  ['a burst is there at once, and then nothing', TEN, [0, 0, 0, 0], [0, 0, 0, 100]],
  ['one comes every tenth of a second', TEN, [0, 0, 0, 100, 100], [0, 0, 0, 0, 100]],
  ['what is missing is told to the millisecond', TEN, [0, 0, 0, 30], [0, 0, 0, 70]],
  ['who is refused has taken nothing', TEN, [0, 0, 0, 50, 99, 100], [0, 0, 0, 50, 1, 0]],
  ['a pause fills no more than the burst', TEN, [0, 9e6, 9e6, 9e6, 9e6], [0, 0, 0, 0, 100]],
  ['a clock that goes back gives nothing', TEN, [500, 500, 500, 0, 500], [0, 0, 0, 100, 100]],
  ['none a second is no limit', { perSecond: 0, burst: 1 }, [0, 0, 0], [0, 0, 0]],
  ['a slow rate is exact', { perSecond: 1, burst: 1 }, [0, 999, 1_000], [0, 1, 0]],
] as const)
  test(title, () => assert.equal(waits(rate, ...at), due))

test.run()
