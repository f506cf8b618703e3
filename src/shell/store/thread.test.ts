// Threads that really hang and die, alone and under a keeper.

import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Log } from '../../gateway/ports.ts'
import { HANG_MS, waitFor } from '../wait.fixture.ts'
import type { StoreError } from './fault.ts'
import { Keeper } from './keeper.ts'
import { Thread } from './thread.ts'

const test = suite('store: database thread')
const SCRIPT = new URL('./thread.fixture.js', import.meta.url)
const SILENT: Log = { info: () => {}, warn: () => {}, error: () => {} }

async function start(deadlineMs = HANG_MS): Promise<Thread> {
  return (await Thread.start(SCRIPT, undefined, deadlineMs)).thread
}

/** The code of a rejection, or what was answered instead. */
async function codeOf(answer: Promise<unknown>): Promise<string> {
  try {
    return `answered ${String(await answer)}`
  } catch (error) {
    return (error as StoreError).code
  }
}

test('gives answers to the calls they belong to', async () => {
  const { thread, ready } = await Thread.start(SCRIPT, undefined, HANG_MS)
  assert.is(ready, 'ready')
  const answers = await Promise.all([1, 2, 3].map((n) => thread.call('echo', [n])))
  assert.equal(answers, [[1], [2], [3]])
  const refused: unknown = await thread.call('refuse', []).catch((error: unknown) => error)
  assert.is((refused as StoreError).code, 'store-full')
  assert.match(String(refused), 'Said so.')
  await thread.call('close', [])
  await thread.ended
})

test('many answers at once leave others their turn, and keep their order', async () => {
  const thread = await start()
  const seen: number[] = []
  let [turns, isOver] = [0, false]
  const others = (async () => {
    for (; !isOver; turns += 1) await turn()
  })()
  const ask = (n: number) => thread.call('echo', [n]).then(() => void seen.push(n))
  const numbers = Array.from({ length: 1_000 }, (_, n) => n)
  let before = 0
  await Promise.all(numbers.map((n) => ask(n).then(() => void (n === 0 && (before = turns)))))
  isOver = true
  await others
  assert.equal(seen, numbers)
  assert.ok(turns - before >= 1_000 / 32 - 1, `${turns - before} turns`)
  await thread.terminate()
})

test('says why a thread did not start', async () => {
  assert.is(await codeOf(Thread.start(SCRIPT, 'refuse to start', HANG_MS)), 'store-folder')
  assert.is(await codeOf(Thread.start(SCRIPT, 'die at once', HANG_MS)), 'store-lost')
})

for (const death of ['crash', 'exit']) {
  test(`rejects the calls under way when the thread dies by ${death}`, async () => {
    const thread = await start()
    const calls = [thread.call(death, []), thread.call('echo', [])].map(codeOf)
    assert.equal(await Promise.all(calls), ['store-lost', 'store-lost'])
    await thread.ended
    assert.is(await codeOf(thread.call('echo', [])), 'store-unavailable')
  })
}

test('ends a thread that gives no answer before the deadline', async () => {
  const thread = await start(100)
  const calls = [thread.call('hang', []), thread.call('echo', [])].map(codeOf)
  assert.equal(await Promise.all(calls), ['store-timeout', 'store-timeout'])
  await thread.ended
})

test('takes an answer that lay there while our own loop was blocked', async () => {
  const thread = await start(100)
  // From here the loop goes to its timers before it looks for messages.
  await turn()
  const answer = thread.call('echo', ['late'])
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300)
  assert.equal(await answer, ['late'])
  await thread.call('close', [])
  await thread.ended
})

test('replaces a thread that died, refusing calls at once until then', async () => {
  const keeper = await Keeper.open({ start: () => start(), replace: true, log: SILENT })
  assert.is(await codeOf(keeper.call('crash', [])), 'store-lost')
  assert.is(await codeOf(keeper.call('echo', [])), 'store-unavailable')
  await untilAnswered(keeper)
  await keeper.close()
  assert.is(await codeOf(keeper.call('echo', [])), 'store-closed')
})

test('tries again when the next thread does not start', async () => {
  let attempts = 0
  const next = () => {
    attempts += 1
    return attempts === 2 ? Promise.reject(new Error('not yet')) : start()
  }
  const keeper = await Keeper.open({ start: next, replace: true, log: SILENT })
  await codeOf(keeper.call('exit', []))
  await untilAnswered(keeper)
  assert.is(attempts, 3)
  await keeper.close()
})

test('does not replace what a new thread would have forgotten', async () => {
  const keeper = await Keeper.open({ start: () => start(), replace: false, log: SILENT })
  await codeOf(keeper.call('exit', []))
  await sleep(300)
  assert.is(await codeOf(keeper.call('echo', [])), 'store-unavailable')
  await keeper.close()
})

test('closes while the next thread is starting, and leaves none behind', async () => {
  const threads: Thread[] = []
  const next = async () => {
    const thread = await start()
    threads.push(thread)
    return thread
  }
  const keeper = await Keeper.open({ start: next, replace: true, log: SILENT })
  await codeOf(keeper.call('exit', []))
  await threads[0]?.ended
  await keeper.close()
  await Promise.all(threads.map(({ ended }) => ended))
})

function untilAnswered(keeper: Keeper): Promise<void> {
  const isAnswered = async () => (await codeOf(keeper.call('echo', ['again']))) === 'answered again'
  return waitFor(isAnswered, 'the next thread')
}

test.run()
