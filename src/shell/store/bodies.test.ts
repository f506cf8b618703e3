// Long texts of messages are files: there before the row, gone after it, and never another's.

import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Store } from '../../gateway/ports.ts'
import { checkStore } from './check.ts'
import { keep, sampleMessage, sampleUnit } from './contract/samples.ts'
import { openStore } from './index.ts'

const test = suite('store: bodies')

const LARGE = 'ü𝄞\r\n<'.repeat(20_000)

let folder = ''
let store: Store
const bodies = () => readdirSync(join(folder, 'bodies'))
const reopen = async () => {
  await store.close()
  store = await openStore(folder)
}

test.before.each(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cimgate-bodies-'))
  store = await openStore(folder)
})

test.after.each(async () => {
  await store.close()
  rmSync(folder, { recursive: true, force: true })
})

const large = (key: string, request = LARGE, reply = LARGE) => ({
  ...sampleUnit(key, []),
  message: sampleMessage(key, { request, reply }),
})

async function textsOf(key: string) {
  const leg = await store.message('north', `message-${key}`)
  return leg && [leg.request, leg.reply]
}

test('a long request and a long reply are read back as they were, by every way, also later', async () => {
  await keep(store, large('one', LARGE, `${LARGE}!`))
  assert.is(bodies().length, 2)
  assert.equal(await textsOf('one'), [LARGE, `${LARGE}!`])
  await reopen()
  assert.equal(await textsOf('one'), [LARGE, `${LARGE}!`])
  assert.is((await store.leg('leg-one'))?.request, LARGE)
  const again = await store.commit(large('one', 'other', 'short'))
  assert.is(again.kind === 'duplicate' && again.message.reply, `${LARGE}!`)
  assert.not.ok(readFileSync(join(folder, 'cimgate.db')).includes(LARGE.slice(0, 1_000)))
})

test('what is sent comes out of its lane whole, and what was answered is kept', async () => {
  const leg = sampleMessage('out', { direction: 'out', state: 'QUEUED', request: LARGE, reply: '' })
  const slot = { leg: leg.id, lane: 'a', priority: 0, dueAt: '2026-01-01T00:00:00Z' }
  await keep(store, { puts: [], removals: [], events: [], legs: [leg], slots: [slot] })
  const now = '2026-02-01T00:00:00Z'
  const claim = { holder: 'h', now, until: '2026-02-01T01:00:00Z', limit: 9, notTo: [] }
  const [claimed] = await store.claim(claim)
  assert.is(claimed?.leg.request, LARGE)
  const reply = `${LARGE}?`
  const answered = { reply, replyMessageID: 'r', replyStatus: 200, replyContentType: 'text/xml' }
  const step = { leg: leg.id, from: 'SENDING', to: 'ACKED', reason: '', answered } as const
  await keep(store, { puts: [], removals: [], events: [], steps: [step] })
  assert.is((await store.legTo('north', 'message-out'))?.reply, reply)
})

test('the same text is one file, and goes with the last message that has it', async () => {
  await keep(store, large('one'))
  await keep(store, { ...large('two'), message: { ...large('two').message, at: '2026-05-01' } })
  assert.is(bodies().length, 1)
  assert.is(await store.forget({ legs: '2026-04-01', audit: '' }), 1)
  assert.is(bodies().length, 1)
  assert.equal(await textsOf('two'), [LARGE, LARGE])
  assert.is(await store.forget({ legs: '2026-06-01', audit: '' }), 1)
  assert.equal(bodies(), [])
})

test('leaves nothing of what was not kept, and keeps what others have of it', async () => {
  await keep(store, large('one'))
  await store.commit(large('one', `${LARGE}other`, LARGE))
  assert.is(bodies().length, 1)
  const refused = large('two', `${LARGE}\0`, `${LARGE}reply`)
  assert.is((await store.commit(refused).catch((error: Error) => error)) instanceof Error, true)
  assert.is(bodies().length, 1)
})

test('sweeps at the start what a crash has left, and nothing else', async () => {
  await keep(store, large('one'))
  const [kept] = bodies()
  writeFileSync(join(folder, 'bodies', 'f'.repeat(64)), 'written, and its row was not')
  writeFileSync(join(folder, 'bodies', `${'e'.repeat(64)}.new`), 'cut off')
  await reopen()
  assert.equal(bodies(), [kept])
})

test('a text that looks as if it stood for a file gives nobody what is another’s', async () => {
  await keep(store, large('one'))
  const reference = `cimgate-body:${bodies()[0]}`
  await keep(store, large('two', reference, 'cimgate-body:../cimgate.json'))
  assert.equal(await textsOf('two'), [reference, 'cimgate-body:../cimgate.json'])
  await reopen()
  assert.equal(await textsOf('two'), [reference, 'cimgate-body:../cimgate.json'])
})

test('a file that is missing or was changed is named, never taken for the message', async () => {
  await keep(store, large('one'))
  const file = join(folder, 'bodies', bodies()[0] ?? '')
  writeFileSync(file, 'something else')
  await store.message('north', 'message-one').then(
    () => assert.unreachable(),
    (error: Error) => assert.match(error.message, `${file} is not what was written`),
  )
  await store.close()
  rmSync(file)
  await openStore(folder).then(
    () => assert.unreachable(),
    (error: Error) => assert.match(error.message, `${file} is missing`),
  )
  // The folder is free, and good again when the file is back.
  writeFileSync(file, LARGE)
  store = await openStore(folder)
  assert.equal(await textsOf('one'), [LARGE, LARGE])
  await store.close()
  rmSync(file)
  assert.match(checkStore(folder, '2026-03-01T00:00:00Z')?.faults.join() ?? '', file)
})

test('a folder that cannot be written yields no acknowledgement, and serves again afterwards', async () => {
  rmSync(join(folder, 'bodies'), { recursive: true })
  assert.ok((await store.commit(large('one')).catch((error: Error) => error)) instanceof Error)
  mkdirSync(join(folder, 'bodies'), { recursive: true })
  const later = async () => {
    for (let tries = 0; tries < 200; tries += 1) {
      const done = await store.commit(large('one')).catch(() => undefined)
      if (done !== undefined) return done.kind
      await new Promise((done) => setTimeout(done, 20))
    }
    return 'never'
  }
  assert.is(await later(), 'committed')
  assert.equal(await textsOf('one'), [LARGE, LARGE])
})

test.run()
