// The process that carries a list out is killed before and behind each of its writes, and another one goes on.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { answeredWith } from '../delivery/outcome.ts'
import type { Leg, LegStep } from '../ledger.ts'
import { openWhole, replyOf } from '../whole.fixture.ts'
import type { Whole } from '../whole.fixture.ts'
import { immortal, mortal } from './killed.fixture.ts'
import type { Death } from './killed.fixture.ts'
import { csvOf, listXml, usual } from './list.fixture.ts'
import { DERMS, codesIn, listIn, namesIn, send, toCpm, told } from './reserving.fixture.ts'
import { writeResult } from './result.ts'

const test = suite('collections: killed')

/** records of a list, in collections of two */
const RECORDS = 5
const COLLECTIONS = 3
/** at once */
const UNDER_WAY = 2
const XML = { 'content-type': 'application/xml' }

/** A whole gateway, and the death of its process now. */
interface Mortal {
  readonly whole: Whole
  readonly death: () => Death
}

async function opened(): Promise<Mortal> {
  let death: Death = immortal()
  const whole = await openWhole(toCpm({ collection: 2 }), (_, store) => {
    death = immortal()
    return { store: mortal(store, death) }
  })
  return { whole, death: () => death }
}

/** One list, in a process that dies as it is told. */
async function carriedOut({ whole, death: now }: Mortal, first: number, how: Partial<Death>) {
  const messageID = crypto.randomUUID()
  const row = (n: number) => usual(first + n)
  const xml = listXml(csvOf(RECORDS, row), { messageID })
  const ask = () => whole.ask(DERMS, 'POST', '/cim', { body: xml, headers: XML })
  const list = () => whole.store.message(DERMS, messageID)
  const begun = whole.sent.length
  const death = Object.assign(now(), how)
  const isOver = async () => ((await list())?.state ?? 'ACCEPTED') !== 'ACCEPTED'
  await ask()
  while (!death.isDead && !(await isOver())) await new Promise((done) => setTimeout(done, 1))
  if (death.isDead) await whole.restart()
  else Object.assign(death, immortal())
  assert.equal(codesIn((await ask()).text), ['0.3'], 'whoever has had no answer sends it again')
  await whole.until(isOver)
  await whole.quiet()
  const leg = await list()
  assert.ok(leg)
  return { isDead: death.isDead, leg, sent: whole.sent.slice(begun) }
}

/** Each device is reserved, each collection is one message however often it went, and its sender is told once. */
async function isWhole(whole: Whole, { leg, sent }: { leg: Leg; sent: readonly Leg[] }) {
  assert.is(leg.state, 'ACKED')
  assert.is(new Set(sent.map((it) => it.messageID)).size, COLLECTIONS)
  assert.is(new Set(sent.map((it) => it.request)).size, COLLECTIONS, 'octet by octet')
  assert.equal([...new Set(sent.flatMap(namesIn))].length, RECORDS)
  assert.ok(sent.length <= COLLECTIONS + UNDER_WAY, 'what was acknowledged is not sent again')
  const path = `/api/v1/messages/${leg.id}/results`
  const { text } = await whole.ask(DERMS, 'GET', path, { query: { result: 'OK' } })
  assert.is((JSON.parse(text) as { readonly results: readonly unknown[] }).results.length, RECORDS)
  const { legs } = await whole.store.legs({ exchangeId: leg.exchangeId, limit: 1_000 })
  const told = legs.filter((it) => it.verb === 'reply' && it.answers === leg.id)
  assert.is(told.length, 1, 'told once')
}

test('RS-01/AC2, RS-01/AC3, RS-01/AC4, G9: wherever its process is killed, a list goes on behind the last collection that was acknowledged, and ends once', async () => {
  const it = await opened()
  const { whole } = it
  whole.answer((_, leg) => replyOf(leg))
  let lists = 0
  for (const isKept of [false, true])
    for (let writes = 1; ; writes += 1) {
      const done = await carriedOut(it, lists * RECORDS, { isKept, writes })
      lists += 1
      await isWhole(whole, done)
      if (done.isDead) continue
      assert.ok(writes > COLLECTIONS + 1, 'it is killed at each step')
      break
    }
  const { objects } = await whole.store.page('EventParticipations', { limit: 1_000 })
  assert.is(objects.length, lists * RECORDS)
  await whole.close()
})

test('RS-01/AC4, G9: a list of which nothing is left to come when its process begins is told to its sender then', async () => {
  const { whole } = await opened()
  whole.answer((_, leg) => replyOf(leg, '<Error><code>0.3</code></Error>', 'OK'))
  await send(whole, listXml(csvOf(RECORDS)))
  await whole.quiet()
  const steps = whole.sent.map((leg): LegStep => {
    const reply = writeResult({ count: namesIn(leg).length, failed: [] })
    const answered = { ...answeredWith(reply, `${leg.messageID}-r`) }
    return { leg: leg.id, from: 'SENT', to: 'ACKED', reason: '', answered }
  })
  // Each of them has seen another one open when it ended, and then there was nobody any more to look again.
  await whole.store.commit({ puts: [], removals: [], events: [], steps })
  await whole.restart()
  const id = await listIn(whole)
  await whole.until(async () => (await whole.store.leg(id))?.state === 'ACKED')
  assert.equal(codesIn(await told(whole)), ['0.0'])
  await whole.close()
})

test.run()
