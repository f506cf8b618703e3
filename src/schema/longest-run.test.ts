import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { longestRun } from './longest-run.ts'

const test = suite('longest-run')

/** numbers, places that stay */
const TABLE: readonly (readonly [readonly number[], readonly number[]])[] = [
  [[], []],
  [[5], [0]],
  [
    [1, 2, 3],
    [0, 1, 2],
  ],
  [
    [1, 1, 2, 2],
    [0, 1, 2, 3],
  ],
  [[2, 1], [1]],
  [
    [3, 1, 2],
    [1, 2],
  ],
  [
    [1, 3, 2, 4],
    [0, 2, 3],
  ],
  [
    [0, 4, 1, 2, 3],
    [0, 2, 3, 4],
  ],
]

test('keeps as many as can stay where they are', () => {
  for (const [numbers, kept] of TABLE)
    assert.equal([...longestRun(numbers)].sort(), kept, numbers.join())
})

test('takes a hundred thousand numbers in its stride', () => {
  const numbers = Array.from({ length: 100_000 }, (_, at) => at % 2)
  assert.is(longestRun(numbers).size, 50_001)
})

test.run()
