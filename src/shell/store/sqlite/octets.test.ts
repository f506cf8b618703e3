// Every text of every table damaged in turn: nothing ends the process, and what is sent, answered or changed by is never
// taken for what was written.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { NOW, queued, sent } from '../contract/ledger.ts'
import { samplePut, sampleAttempt, sampleUnit } from '../contract/samples.ts'
import { kyselyOn } from './open.ts'
import { engineOn } from '../engine.ts'
import type { Engine } from '../engine.ts'
import { StoreError } from '../fault.ts'
import { openMemory } from './connection.ts'
import type { Connection } from './connection.ts'
import { migrate } from './migrate.ts'
import { isNumber } from './octets.ts'
import { COLUMNS } from '../schema.ts'

const test = suite('store: octets')

/** A store with a row in every table; the leg that is to be sent is the only one in its lane. */
async function filled(): Promise<{ readonly connection: Connection; readonly engine: Engine }> {
  const connection = openMemory()
  const db = kyselyOn(connection)
  await migrate(db, 0)
  const engine = engineOn(db)
  const commit = async (unit: Parameters<Engine['commit']>[0][number]) => {
    const [outcome] = await engine.commit([unit])
    assert.is(outcome?.kind, 'committed')
  }
  await commit({
    ...sampleUnit('one'),
    audit: [{ at: NOW, who: 'north', what: 'start', subject: 'x', details: '{}' }],
  })
  const out = sent('out')
  await commit({
    ...queued([out], () => ({ lane: 'x y', also: ['x', 'y'] })),
    keys: [{ leg: out.id, name: 'Things.mRID', value: 'one' }],
    attempts: [sampleAttempt(out.id, 'busy')],
    awaits: [
      { id: 'a', kind: 'reply', key: 'k', exchangeId: 'e', leg: out.id, dueAt: NOW, state: 'open' },
    ],
  })
  const configuration = { version: 'v', at: NOW, text: 'parties: {}' }
  await commit({ puts: [], removals: [], events: [], configuration })
  return { connection, engine }
}

const CLAIM = { holder: 'h', now: NOW, until: '2027', limit: 9, notTo: [] }

const WAYS = { 'no UTF-8': `cast(x'ff41' as text)`, 'another text': `'another'` } as const

/** All that a gateway asks of a store. */
const ASKED: Readonly<Record<string, (engine: Engine) => Promise<unknown>>> = {
  message: (it) => it.message('north', 'message-one'),
  leg: (it) => it.leg('leg-out'),
  legTo: (it) => it.legTo('peer', 'message-out'),
  legs: (it) => it.legs({ limit: 10 }),
  'legs by key': (it) => it.legs({ key: 'one', limit: 10 }),
  attempts: (it) => it.attempts('leg-out'),
  objects: (it) => it.objects('Things', ['one'], []),
  named: (it) => it.objects('Things', [], ['name of one']),
  owners: (it) => it.owners(['one']),
  page: (it) => it.page('Things', { limit: 10 }),
  events: (it) => it.events(0, 10),
  horizon: (it) => it.horizon(),
  nextDue: (it) => it.nextDue(),
  overdue: (it) => it.overdue(NOW, 10),
  missed: (it) => it.missed(10),
  backlog: (it) => it.backlog(),
  audit: (it) => it.audit({ limit: 10 }),
  auditEnds: (it) => it.auditEnds(),
  configurations: (it) => it.configurations(),
  duplicate: (it) => it.commit([sampleUnit('one')]),
  change: (it) => it.commit([sampleUnit('two', [samplePut('one', { expect: 1 })])]),
  claim: (it) => it.claim(CLAIM),
  'claim again': (it) => it.claim({ ...CLAIM, now: '2028', until: '2029' }),
  forget: (it) => it.forgetSlice({ legs: '2030', audit: '2030', events: '2030' }),
}

interface Damage {
  readonly table: string
  readonly column: string
  readonly way: keyof typeof WAYS
  /** the first row of the table, or the last one */
  readonly row: 'min' | 'max'
}

const CASES = Object.entries(COLUMNS).flatMap(([table, columns]) =>
  columns
    .filter((it) => !isNumber(it))
    .flatMap((column) =>
      Object.keys(WAYS).flatMap((way) =>
        ['min', 'max'].map((row) => ({ table, column, way, row }) as Damage),
      ),
    ),
)

async function damaged({ table, column, way, row }: Damage): Promise<Engine> {
  const { connection, engine } = await filled()
  if (table === 'lease') await engine.claim({ ...CLAIM, until: NOW })
  connection.pragma('foreign_keys = OFF')
  const one = `(select ${row}("rowid") from "${table}")`
  connection
    .prepare(`update "${table}" set "${column}" = ${WAYS[way]} where "rowid" = ${one}`)
    .run([])
  return engine
}

test('whatever text is damaged, every question is answered, or refused as damaged', async () => {
  assert.ok(CASES.length > 200)
  for (const it of CASES) {
    const engine = await damaged(it)
    for (const [what, ask] of Object.entries(ASKED))
      await ask(engine).catch((error: unknown) => {
        const where = `${it.table}.${it.column}, ${it.way}, ${what}`
        assert.instance(error, StoreError, `${where}: ${error}`)
        assert.is((error as StoreError).code, 'store-text-damaged', `${where}: ${error}`)
      })
  }
})

test('what was damaged is never taken for the message, the answer, or the object', async () => {
  for (const way of ['no UTF-8', 'another text'] as const) {
    for (const column of ['request', 'reply', 'contentType', 'findings', 'bodyHash']) {
      const engine = await damaged({ table: 'leg', column, way, row: 'min' })
      const message = engine.message('north', 'message-one').then(() => '', String)
      assert.match(await message, 'Message message-one of north (leg-one) is not what was written')
    }
    for (const column of ['request', 'target', 'contentType']) {
      const engine = await damaged({ table: 'leg', column, way, row: 'max' })
      const [it] = (await engine.claim(CLAIM)).claimed
      assert.match(it?.damage ?? '', 'message-out of peer (leg-out) is not what was written')
    }
    for (const column of ['body', 'state', 'names', 'owner']) {
      const engine = await damaged({ table: 'object', column, way, row: 'min' })
      const object = engine.objects('Things', ['one'], []).then(() => '', String)
      assert.match(await object, 'Object one of Things is not what was written')
    }
  }
})

test('what was kept before there were sums is read as it stands there', async () => {
  const { connection, engine } = await filled()
  connection.prepare('update "leg" set "sum" = -1, "answerSum" = -1').run([])
  connection.prepare('update "object" set "sum" = -1').run([])
  assert.is((await engine.message('north', 'message-one'))?.messageID, 'message-one')
  assert.is((await engine.objects('Things', ['one'], [])).length, 1)
  assert.is((await engine.claim(CLAIM)).claimed[0]?.damage, undefined)
})

test.run()
