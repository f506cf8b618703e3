import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { setImmediate as turn } from 'node:timers/promises'
import { LIMITS } from '../../envelope/limits.ts'
import { engineMemory } from './engine.ts'
import { openXmlIn } from './index.ts'
import type { XmlIn, XmlInOptions } from './index.ts'
import {
  FOLDERS,
  compressed,
  encoded,
  request,
  requestOf,
  sample,
  samples,
  schemasIn,
} from './xml-in.fixture.ts'

const test = suite('xml-in')
const schemas = await schemasIn()
const all: XmlIn[] = []
const opened = (options: XmlInOptions = {}, folders = FOLDERS) => {
  const made = openXmlIn(schemas, folders, options)
  all.push(made)
  return made
}
const xml = opened()
/** everything goes to the worker */
const remote = opened({ inlineBytes: -1 })
test.after(async () => {
  for (const it of all) await it.close()
})

const LARGE = requestOf(100_000)
const HUGE = requestOf(5_000_000)

test('judges every sample in the worker exactly as inline', async () => {
  for (const name of samples()) {
    const bytes = sample(name)
    const options = { json: true }
    assert.equal(await remote.judge(bytes, options), remote.judgeInline(bytes, options), name)
  }
})

test('judges here what we wrote ourselves, although it is long', async () => {
  const hasty = opened({ deadlineMs: 1 })
  assert.is((await hasty.judge(LARGE, { here: true })).verdict, 'valid')
  assert.is((await hasty.judge(LARGE)).verdict, 'engine-error')
  assert.is((await hasty.judge(HUGE, { here: true })).verdict, 'engine-error')
})

test('judges in the worker with every option as inline', async () => {
  const www = request().replaceAll('http://iec.ch/TC57/2011', 'http://www.iec.ch/TC57/2011')
  const namespaces = {
    'http://www.iec.ch/TC57/2011/schema/message': 'http://iec.ch/TC57/2011/schema/message',
  }
  for (const options of [
    { only: ['envelope-rule'] as const },
    { strict: true, tolerate: ['HDR-01'] },
    { limits: { ...LIMITS, depth: 3 } },
    { aliases: { namespaces }, json: true },
  ])
    for (const text of [request(), www, request(''), '<a'])
      assert.equal(
        await remote.judge(Buffer.from(text), options),
        remote.judgeInline(Buffer.from(text), options),
      )
})

test('refuses what is too large without copying it', async () => {
  const judgement = await opened({ deadlineMs: 1 }).judge(new Uint8Array(LIMITS.bodyBytes + 1))
  assert.is(judgement.verdict, 'refused')
})

test('judges small messages at once, and large and compressed ones elsewhere', async () => {
  // A worker that starts cannot be ready within a millisecond.
  const hasty = opened({ deadlineMs: 1 })
  assert.is((await hasty.judge(Buffer.from(request()))).verdict, 'valid')
  for (const bytes of [
    LARGE,
    Buffer.from(request(compressed('<a/>'))),
    encoded(request(compressed('<a/>')), 'utf-16le+bom'),
    encoded(request(compressed('<a/>')), 'utf-16be+bom'),
  ])
    assert.is((await hasty.judge(bytes)).verdict, 'engine-error')
})

test('judges elsewhere what takes a schema that is not ours', async () => {
  const folders = FOLDERS.map((it) => ({ ...it, shipped: false }))
  const foreign = openXmlIn(await schemasIn(folders), folders, { deadlineMs: 1 })
  assert.is((await foreign.judge(Buffer.from(request()))).verdict, 'engine-error')
  await foreign.close()
})

test('leaves the bytes to the caller', async () => {
  const bytes = Buffer.from(LARGE)
  const judging = remote.judge(bytes)
  bytes.fill(0)
  assert.is((await judging).verdict, 'valid')
  assert.is(bytes.length, LARGE.length)
  assert.is(bytes.buffer.byteLength > 0, true)
})

test('judges many messages at once', async () => {
  const judgements = await Promise.all(Array.from({ length: 100 }, () => remote.judge(LARGE)))
  assert.ok(judgements.every((it) => it.verdict === 'valid'))
})

test('leaves turns to everybody else while it judges a message of 5 MB', async () => {
  let isJudged = false
  const judging = remote.judge(HUGE).finally(() => (isJudged = true))
  let turns = 0
  for (; !isJudged; turns += 1) await turn()
  assert.is((await judging).verdict, 'valid')
  // One that judges in this thread leaves a handful.
  assert.ok(turns > 50, `${turns} turns`)
})

test('gives up at the deadline, and judges what waits with another worker', async () => {
  const hasty = opened({ deadlineMs: 1 })
  const [late] = await Promise.all([hasty.judge(HUGE)])
  assert.is(late?.verdict, 'engine-error')
  assert.match(late?.findings[0]?.message ?? '', 'no decision within 1 ms')
  const patient = opened({ heapMb: 24 })
  const [fat, slim] = await Promise.all([
    patient.judge(requestOf(15_000_000), { json: true }),
    patient.judge(LARGE),
  ])
  assert.is(fat?.verdict, 'engine-error')
  assert.is(slim?.verdict, 'valid')
})

test('is undecided when the worker cannot start', async () => {
  const nowhere = opened({ inlineBytes: -1 }, [{ path: '/nonexistent', shipped: true }])
  const [one, two] = await Promise.all([nowhere.judge(LARGE), nowhere.judge(LARGE)])
  assert.is(one?.verdict, 'engine-error')
  assert.match(one?.findings[0]?.message ?? '', 'no such file')
  assert.is(two?.verdict, 'engine-error')
})

test('settles everything when it is closed while busy', async () => {
  const busy = opened()
  const judging = [busy.judge(HUGE), busy.judge(LARGE), busy.judge(LARGE)]
  await busy.close()
  for (const it of await Promise.all(judging)) {
    assert.is(it.verdict, 'engine-error')
    assert.match(it.findings[0]?.message ?? '', 'closed')
  }
  assert.is((await busy.judge(LARGE)).verdict, 'engine-error')
  await busy.close()
})

test('closes while it has nothing to do', async () => {
  await opened().close()
})

test('gives the memory of every document back', async () => {
  const round = (times: number) => {
    for (let at = 0; at < times; at += 1)
      for (const text of [
        request(),
        request(''),
        '<a><b></a>',
        `<Create${at}A xmlns="http://x/${at}AMessage"/>`,
      ])
        xml.judgeInline(Buffer.from(text))
  }
  round(250)
  const before = engineMemory().byteLength
  round(5000)
  assert.is(engineMemory().byteLength, before)
})

test.run()
