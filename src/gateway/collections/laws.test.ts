// P-09: in whatever collections a list is carried out, and wherever the process ends meanwhile, it comes to the same.

import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Leg } from '../ledger.ts'
import { openWhole } from '../whole.fixture.ts'
import { csvOf, listXml } from './list.fixture.ts'
import { DERMS, GONE, codesIn, namesIn, refusing, toCpm } from './reserving.fixture.ts'

const test = suite('collections: laws')

let size = 1
/** By the order that its route keeps. */
async function opened(by: 'none' | 'noun') {
  const {
    ways: [own, ...others],
    ...base
  } = toCpm({ retry: { delaysMs: [1_000, 1_000] }, order: { by } })
  assert.ok(own)
  // As a configuration that has been read anew between two lists.
  const way = Object.defineProperty({ ...own }, 'collection', { enumerable: true, get: () => size })
  const whole = await openWhole({ ...base, ways: [way, ...others] })
  test.after(() => whole.close())
  return whole
}

const wholes = { none: await opened('none'), noun: await opened('noun') }
let whole = wholes.noun

/** What is asked of one list. */
interface Asked {
  /** records */
  readonly n: number
  /** records of a collection */
  readonly k: number
  /** numbers that the party refuses, that say no device, and that say the device of another one */
  readonly refused: readonly number[]
  readonly empty: readonly number[]
  readonly twice: readonly number[]
  /** the process ends as it sends the collection of this place */
  readonly crash: number | undefined
}

let lists = 0

/** Every record, and what its sender was told in the end. */
async function carriedOut({ n, k, refused, empty, twice, crash }: Asked) {
  size = k
  lists += 1
  const nic = (at: number) => `${lists}-${at}`
  const row = (at: number) =>
    empty.includes(at) ? `${at},,HES,,` : `${at},${nic(twice.includes(at) ? 1 : at)},HES,,`
  const saying = (leg: Leg) => refusing(leg, '6.1', refused)
  const before = whole.sent.length
  const since = () => whole.sent.slice(before)
  whole.answer((_party, leg) => (since().length > (crash ?? n) ? GONE : saying(leg)))
  const messageID = crypto.randomUUID()
  const headers = { 'content-type': 'application/xml' }
  const body = listXml(csvOf(n, row), { messageID })
  const { text } = await whole.ask(DERMS, 'POST', '/cim', { body, headers })
  assert.equal(codesIn(text), ['0.3'])
  await whole.quiet()
  if (crash !== undefined) await whole.restart()
  whole.answer((_party, leg) => saying(leg))
  const reply = await ended(messageID)
  const sent = since()
  const collections = new Map(sent.map((it) => [it.messageID, namesIn(it)]))
  const order = [...collections.values()].flat()
  const inOrder = order.toSorted((a, b) => a - b)
  if (whole === wholes.noun) assert.equal(order, inOrder, 'in the order of the list')
  assert.is(new Set(order).size, order.length, 'each in one collection')
  assert.ok([...collections.values()].every((it) => it.length <= k))
  return { ...(await shown(messageID)), sent: inOrder, codes: codesIn(reply) }
}

async function listOf(messageID: string) {
  return whole.store.message(DERMS, messageID)
}

/** The reply that ends a list, once. */
async function ended(messageID: string): Promise<string> {
  const id = (await listOf(messageID))?.id
  const own = async () => {
    const { legs } = await whole.store.legs({ direction: 'out', verb: ['reply'], limit: 1_000 })
    return legs.filter((it) => it.answers === id)
  }
  await whole.until(async () => (await own()).length > 0)
  await whole.quiet()
  const all = await own()
  assert.is(all.length, 1)
  return (await whole.store.leg(all[0]?.id ?? ''))?.request ?? ''
}

async function shown(messageID: string) {
  const path = `/api/v1/messages/${(await listOf(messageID))?.id}/results`
  const { text } = await whole.ask(DERMS, 'GET', path, { query: { limit: '900' } })
  const page = JSON.parse(text) as {
    readonly total: number
    readonly results: readonly Readonly<Record<string, unknown>>[]
  }
  const results = page.results.map((it) => [
    it['index'],
    it['recordId'],
    it['result'],
    it['code'],
    it['rule'],
  ])
  return { total: page.total, results }
}

const NUMBERS = fc.uniqueArray(fc.integer({ min: 2, max: 9 }), { maxLength: 2 })

const LISTS = fc
  .record({ n: fc.integer({ min: 1, max: 9 }), refused: NUMBERS, empty: NUMBERS, twice: NUMBERS })
  .chain((it) =>
    fc.record({
      it: fc.constant(it),
      by: fc.constantFrom('none' as const, 'noun' as const),
      k: fc.integer({ min: 1, max: it.n }),
      crash: fc.option(fc.integer({ min: 0, max: it.n - 1 }), { nil: undefined }),
    }),
  )

test('P-09: results, their order and their sums do not depend on the collections, nor on where the process ends', async () => {
  await fc.assert(
    fc.asyncProperty(LISTS, async ({ it, by, k, crash }) => {
      whole = wholes[by]
      const one = await carriedOut({ ...it, k: it.n, crash: undefined })
      assert.is(one.total, it.n)
      assert.equal(await carriedOut({ ...it, k, crash }), one)
    }),
    { numRuns: 8, seed: 20_260_714, endOnFailure: true },
  )
})

test.run()
