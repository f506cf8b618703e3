// The queue before the database, on a commit that the test answers by hand.

import { setImmediate as turn } from 'node:timers/promises'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Unit } from '../../gateway/ports.ts'
import type { Outcome } from './commit.ts'
import { counted, samplePut, sampleUnit } from './contract/samples.ts'
import { Group } from './group.ts'

const test = suite('store: group commit')
const KEPT: Outcome = { kind: 'committed', events: [] }

/** A commit that notes the size of each group and takes one turn. */
function recorder() {
  const sizes: number[] = []
  const commit = async (units: readonly Unit[]): Promise<readonly Outcome[]> => {
    sizes.push(units.length)
    await turn()
    return units.map(() => KEPT)
  }
  return { sizes, group: new Group(commit) }
}

test('takes units of one turn together, and the next ones after them', async () => {
  const { sizes, group } = recorder()
  const first = counted(5).map((n) => group.add(sampleUnit(`${n}`)))
  await turn()
  const second = counted(3, 5).map((n) => group.add(sampleUnit(`${n}`)))
  await Promise.all([...first, ...second])
  assert.equal(sizes, [5, 3])
})

test('bounds the weight of a group, and lets a heavy unit go alone', async () => {
  const { sizes, group } = recorder()
  const heavy = sampleUnit('heavy', [samplePut('a', { body: 'x'.repeat(5_000_000) })])
  const wide = sampleUnit(
    'wide',
    counted(400).map((n) => samplePut(`o${n}`)),
  )
  await Promise.all([heavy, wide, wide, sampleUnit('a')].map((unit) => group.add(unit)))
  assert.equal(sizes, [1, 1, 2])
})

test('rejects the units of a group that failed, and goes on with the next', async () => {
  const answers = [() => Promise.reject(new Error('no')), () => Promise.resolve([KEPT])]
  const group = new Group(() => answers.shift()?.() ?? Promise.resolve([]))
  assert.is(await group.add(sampleUnit('a')).catch(String), 'Error: no')
  assert.equal(await group.add(sampleUnit('b')), KEPT)
  assert.match(String(await group.add(sampleUnit('c')).catch(String)), 'StoreError')
})

test('waits for the last unit when it is closed, and takes no more', async () => {
  const { sizes, group } = recorder()
  const last = group.add(sampleUnit('a'))
  const closed = group.close()
  assert.match(String(await group.add(sampleUnit('b')).catch(String)), 'closed')
  await closed
  assert.equal(await last, KEPT)
  assert.equal(sizes, [1])
})

test.run()
