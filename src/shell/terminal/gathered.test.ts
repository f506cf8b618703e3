import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { setImmediate } from 'node:timers/promises'
import { gathered } from './gathered.ts'

const test = suite('gathered')

/** What is written, piece by piece. */
function opened(now = () => 0) {
  const pieces: string[] = []
  const terminal = gathered(
    {
      out: (it) => pieces.push(it),
      err: (it) => pieces.push(`! ${it}`),
      colour: false,
      watched: false,
      width: 80,
    },
    now,
  )
  return { ...terminal, pieces }
}

test('small pieces become one, in their order', () => {
  const { out, flush, pieces } = opened()
  for (const it of ['a', 'b', 'c']) out(it)
  assert.equal(pieces, [])
  flush()
  flush()
  assert.equal(pieces, ['abc'])
})

test('what is said on standard error stays behind the results before it', () => {
  const { out, err, flush, pieces } = opened()
  out('a')
  err('wrong')
  out('b')
  flush()
  assert.equal(pieces, ['a', '! wrong', 'b'])
})

test('a large piece is not held back', () => {
  const { out, pieces } = opened()
  out('a')
  out('b'.repeat(65_536))
  assert.is(pieces.length, 1)
})

test('whoever waits sees what there is', async () => {
  const { out, pieces } = opened()
  out('a')
  await setImmediate()
  assert.equal(pieces, ['a'])
})

test('a run that never waits shows its results all the same', () => {
  let at = 0
  const { out, pieces } = opened(() => at)
  for (; at < 100; at += 1) out('a')
  assert.equal(pieces, ['a'.repeat(52)])
})

test.run()
