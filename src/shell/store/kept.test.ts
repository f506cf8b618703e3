// What is known of the store without asking the database: the same after every commit, and after a restart.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Store } from '../../gateway/ports.ts'
import { idsOf, keep, otherPut, removal, samplePut, sampleUnit } from './contract/samples.ts'
import { openStore } from './index.ts'
import { Kept } from './kept.ts'

const test = suite('store: what is kept')
const folder = mkdtempSync(join(tmpdir(), 'cimgate-kept-'))
test.after(() => rmSync(folder, { recursive: true, force: true }))

const nouns = async (store: Store) => [...(await store.nouns())].sort()

test('after a restart it is known of which nouns there is anything, and what has gone', async () => {
  const before = await openStore(folder)
  await keep(before, sampleUnit('1', [samplePut('a'), samplePut('b'), otherPut('a')]))
  await keep(before, sampleUnit('2', [], [{ ...removal('a', 1), revision: 2 }]))
  const other = { noun: 'Others', id: 'a', expect: 1, revision: 2 }
  await keep(before, sampleUnit('3', [], [other]))
  await before.close()

  const store = await openStore(folder)
  assert.equal(await nouns(store), ['Things'])
  assert.equal(idsOf(await store.objects('Things', ['a', 'b'], [])), ['b'])
  assert.equal(await store.gone('Others', ['a']), [{ noun: 'Others', id: 'a', revision: 2 }])
  await keep(store, sampleUnit('4', [], [removal('b', 1)]))
  assert.equal(await nouns(store), [])
  await keep(store, sampleUnit('5', [{ ...otherPut('a'), after: 2 }]))
  assert.equal(await nouns(store), ['Others'])
  assert.equal(idsOf(await store.objects('Others', ['a'], [])), ['a'])
  await store.close()
})

test('a unit that was not committed changes nothing', () => {
  const kept = new Kept()
  kept.begin({ objects: { Things: 1 }, gone: [] })
  const stale = { kind: 'stale', noun: 'Things', id: 'a' } as const
  kept.note([sampleUnit('1', [otherPut('a')], [removal('b', 1)])], [stale])
  assert.equal([...kept.nouns()], ['Things'])
})

test('the database is asked for nothing of a noun that it has nothing of', async () => {
  const kept = new Kept()
  kept.begin({ objects: { Things: 1 }, gone: ['Things'] })
  const asked: string[] = []
  const answers =
    <T>(answer: T) =>
    (noun: string) => {
      asked.push(noun)
      return Promise.resolve(answer)
    }
  const page = { objects: [], next: 'more' }
  const store = kept.asking({
    objects: answers([]),
    gone: answers([]),
    identities: answers([]),
    page: answers(page),
  })
  const ask = async (noun: string) => [
    await store.objects(noun, ['a'], []),
    await store.gone(noun, ['a']),
    await store.identities(noun),
    await store.page(noun, { limit: 1 }),
  ]
  assert.equal(await ask('Others'), [[], [], [], { objects: [], next: null }])
  assert.equal(asked, [])
  assert.equal(await ask('Things'), [[], [], [], page])
  assert.equal(asked, ['Things', 'Things', 'Things', 'Things'])
})

test.run()
