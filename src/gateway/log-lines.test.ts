// Lines of the log that belong to a conversation: each tells which one, and of which message.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { SILENT, openFixture } from './gateway.fixture.ts'
import { leaks } from './log-private.fixture.ts'
import { group, message, payload } from './messages.fixture.ts'
import { meteredExchange } from './meter.ts'
import type { Log } from './ports.ts'

const test = suite('log lines')

type Fields = Readonly<Record<string, unknown>>

function recording() {
  const lines: (readonly [string, Fields])[] = []
  const note = (fields: Fields, text: string) => void lines.push([text, fields])
  const log: Log = { ...SILENT, info: note, warn: note, error: note }
  return { lines, log }
}

const XML = message({ verb: 'create', id: 'm-1' }, payload(group({ mRID: 'a' })))

test('a failure of ours', async () => {
  const { lines, log } = recording()
  const store = { commit: () => Promise.reject(new Error('disk')) }
  const gateway = await openFixture({ log, store: (real) => ({ ...real, ...store }) })
  await gateway.send(XML)
  await gateway.close()
  const [[text, fields] = ['', {}]] = lines
  assert.is(text, 'a message could not be decided')
  assert.is(fields['messageID'], 'm-1')
  assert.match(String(fields['exchangeId']), /^[0-9a-f-]{36}$/)
})

test('a refusal, under the id that its leg is kept by', async () => {
  const { lines, log } = recording()
  const gateway = await openFixture({ log })
  const exchange = meteredExchange(gateway.exchange, {
    log,
    isNoun: () => true,
    elapsed: () => 0,
    meter: { received: () => undefined } as never,
  })
  const xml = message({ verb: 'delete', id: 'm-2' }, payload(group({ mRID: 'nobody' })))
  const bytes = new TextEncoder().encode(xml)
  await exchange.receive({ bytes, sender: gateway.sender, bodyHash: xml })
  const leg = await gateway.store.message(gateway.sender.party, 'm-2')
  await gateway.close()
  const [[text, fields] = ['', {}]] = lines
  assert.is(text, 'a message was refused')
  assert.equal([fields['messageID'], fields['exchangeId']], ['m-2', leg?.exchangeId])
})

test('T17: no name, address, account, key or token of 300 messages is in the log, nor in the audit log', async () => {
  const { lines, audited, found } = await leaks(300, 1)
  assert.ok(lines > 200, `${lines} lines`)
  assert.ok(audited > 1, `${audited} lines of the audit log`)
  assert.equal(found, [])
})

test.run()
