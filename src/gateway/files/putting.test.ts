// PUT /api/v1/files/{kind}/{name}: the file is in the folder of its kind, and goes through the ledger as any other there.

import { createHash } from 'node:crypto'
import { readFileSync, readdirSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { JsonObject } from '../../schema/json-text.ts'
import type { Sender } from '../received.ts'
import { manifestOf, openFolders, scores, scoresIn } from './folder.fixture.ts'
import type { FolderScene } from './folder.fixture.ts'

const test = suite('files: put')
const folders = await openFolders()
test.after(() => folders.close())

const CPM: Sender = { party: 'cpm', sources: ['cpm'] }

/** Octets in small pieces, as they come over a connection. */
async function* pieces(text: string): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length; at += 7) yield bytes.subarray(at, at + 7)
}

interface Said {
  readonly status: number
  readonly json: JsonObject
  readonly location: string | undefined
}

async function put(
  name: string,
  text: string | AsyncIterable<Uint8Array>,
  { kind = 'device-scores', sender = CPM } = {},
): Promise<Said> {
  const octets = typeof text === 'string' ? pieces(text) : text
  const { gateway } = folders.whole
  const route = gateway.routes.find(({ operation }) => operation.id === 'putFile')
  assert.ok(route)
  const answer = await route.answer({
    ...{ bytes: new Uint8Array(), kind: 'none', query: {}, headers: {}, bodyHash: '' },
    ...{ params: { kind, name }, sender, traceparent: '', octets },
  })
  const json = JSON.parse(answer.text) as JsonObject
  return { status: answer.status, json, location: answer.headers?.['Location'] }
}

const hash = (text: string) => createHash('sha256').update(text).digest('hex')

function manifest(fileName: string, text: string, more: JsonObject = {}): string {
  return JSON.stringify({ ...manifestOf(fileName, text), ...more })
}

/** Lets the looks that are due happen, and no others. */
async function due({ whole }: FolderScene, ms: number): Promise<void> {
  let isOver = false
  whole.time.timers.after(ms, () => void (isOver = true))
  while (!isOver) whole.time.step()
  await whole.gateway.files.idle()
}

const hidden = ({ folder }: FolderScene) => readdirSync(folder).filter((it) => it.startsWith('.'))

const scene = folders.open()
const optional = folders.open({ kindId: 'event-outcomes', manifest: 'optional', settledMs: 5_000 })

test('G-AC16: a file and its manifest are put, and are taken at once, with the SHA-256 of what came', async () => {
  const text = scores(scene.line('A', '0.5'))
  const { status, json, location } = await put('one.csv', text)
  assert.equal([status, json['sha256'], json['sizeBytes']], [202, hash(text), text.length])
  await due(scene, 50)
  assert.equal(scene.names(), ['one.csv'], 'without its manifest it is not whole')
  assert.is((await put('one.csv.manifest.json', manifest('one.csv', text))).status, 202)
  await due(scene, 50)
  assert.equal([scene.names(), hidden(scene)], [['one.csv.done'], []])
  assert.equal(await scoresIn(scene), { A: 0.5 })
  const record = await folders.whole.ok('cs', 'GET', String(location))
  const [transfer] = (record['FileTransfer'] ?? []) as readonly JsonObject[]
  assert.equal([transfer?.['sha256'], transfer?.['mRID']], [hash(text), json['transfer']])
})

test('G-AC17: the same file put again is one transfer, whether it waits, or has been taken', async () => {
  const text = scores(scene.line('B', '0.25'))
  const first = await put('two.csv', text)
  const waiting = await put('two.csv', text)
  assert.equal([waiting.status, waiting.json], [202, first.json])
  await put('two.csv.manifest.json', manifest('two.csv', text))
  await due(scene, 50)
  const { status, json } = await put('two.csv', text)
  assert.equal([status, json['state'], json['transfer']], [200, 'renamed', first.json['transfer']])
  assert.equal(scene.names(), ['one.csv.done', 'two.csv.done'])
})

test('another file of the name waits until the first one is taken', async () => {
  const [text, other] = [scores(scene.line('C', '1')), scores(scene.line('D', '1'))]
  await put('three.csv', text)
  const { status, json } = await put('three.csv', other)
  assert.equal([status, json['code']], [409, '6.1'])
  assert.is(readFileSync(join(scene.folder, 'three.csv'), 'utf8'), text)
  assert.equal(hidden(scene), [])
  await put('three.csv.manifest.json', manifest('three.csv', text))
  await due(scene, 50)
  assert.is((await put('three.csv', other)).status, 202)
})

test('without a manifest it is taken when it has not changed for a while, where that is enough', async () => {
  const text = 'eventExternalIdentifier,nicId,headEndSystem,outcome\nS-1,N-1,HES,success\n'
  assert.is((await put('a.csv', text, { kind: 'event-outcomes' })).status, 202)
  // The time of tests is handed in, and a folder has its own.
  const now = new Date(folders.whole.time.clock())
  utimesSync(join(optional.folder, 'a.csv'), now, now)
  await due(optional, 4_000)
  assert.equal(optional.names(), ['a.csv'])
  await due(optional, 1_100)
  assert.match(optional.names().join(), /^a\.csv\.(done|failed)$/)
})

test('SC-01/AC4: a body that ends early leaves nothing behind, nor does one that is too long', async () => {
  const before = readdirSync(scene.folder)
  async function* cut(): AsyncGenerator<Uint8Array> {
    yield Buffer.from('headEndSystem,')
    throw new Error('the connection is gone')
  }
  try {
    await put('cut.csv', cut())
    assert.unreachable('it is not taken')
  } catch (error) {
    assert.match(String(error), /connection is gone/)
  }
  const small = folders.open({ kindId: 'network-locations', mostBytes: 10 })
  const long = await put('long.csv', 'a'.repeat(11), { kind: 'network-locations' })
  assert.equal([long.status, long.json['code']], [413, '3.1'])
  assert.equal(readdirSync(small.folder), [])
  assert.equal(readdirSync(scene.folder), before)
})

test('a manifest that cannot be used is refused at once, and so is a name that no file has', async () => {
  const wrong = await put('x.csv.manifest.json', manifest('x.csv', 'x', { sequence: 'first' }))
  assert.equal([wrong.status, wrong.json['code']], [400, '1.8'])
  assert.match(String(wrong.json['detail']), /sequence is not a number/)
  const long = await put('x.csv.manifest.json', `{${' '.repeat(70_000)}}`)
  assert.is(long.status, 400)
  const names = [
    '../out.csv',
    'a/b.csv',
    '.hidden',
    'x.csv.done',
    'Sent-x.csv',
    'x.part',
    '.manifest.json',
    `${'n'.repeat(201)}`,
  ]
  for (const name of names) assert.is((await put(name, 'x')).status, 400, name)
})

test('only who speaks for the party that the folder is from puts files there, and only into folders that there are', async () => {
  const stranger = await put('s.csv', 'x', { sender: { party: 'lec', sources: ['lec'] } })
  assert.equal([stranger.status, stranger.json['code']], [403, '7.5'])
  const friend = { party: 'lec', sources: ['lec', 'cpm'] }
  assert.is((await put('friend.csv', scores(), { sender: friend })).status, 202)
  const none = await put('s.csv', 'x', { kind: 'letters' })
  assert.is(none.status, 404)
  assert.match(
    String(none.json['Error'] && JSON.stringify(none.json['Error'])),
    /device-scores, event-outcomes/,
  )
})

test('what another process has left behind half-way is forgotten, and what still comes is not', async () => {
  const [old, fresh] = ['.old.put.part', '.fresh.put.part'].map((it) => join(scene.folder, it))
  for (const it of [old, fresh]) writeFileSync(it as string, 'x')
  utimesSync(old as string, new Date(0), new Date(0))
  await put('four.csv', scores(scene.line('E', '1')))
  assert.equal(hidden(scene), ['.fresh.put.part'])
})

test.run()
