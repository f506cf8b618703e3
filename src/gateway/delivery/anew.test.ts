// Many that change one thing at the same time.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { MOST_TURNS, anew } from './anew.ts'

const test = suite('anew')

test('of many that change one thing at once none is passed over, however many they are', async () => {
  let revision = 0
  const change = async () => {
    const seen = revision
    await Promise.resolve()
    if (seen !== revision) return undefined
    revision += 1
    return revision
  }
  const done = await Promise.all(Array.from({ length: 500 }, () => anew(change)))
  assert.equal(
    done.toSorted((a, b) => Number(a) - Number(b)),
    Array.from({ length: 500 }, (_, n) => n + 1),
  )
})

test('what fails or is never done leaves the line to those behind it', async () => {
  let turns = 0
  const never = anew(async () => void (turns += 1))
  const failing = anew(async () => {
    turns += 1
    if (turns > MOST_TURNS) throw new Error('no store')
    return undefined
  })
  const last = anew(async () => (turns > MOST_TURNS + 2 ? 'done' : void (turns += 1)))
  const ends = await Promise.allSettled([never, failing, last])
  assert.equal(
    ends.map((it) => (it.status === 'fulfilled' ? it.value : String(it.reason))),
    [undefined, 'Error: no store', 'done'],
  )
})

test.run()
