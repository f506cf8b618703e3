// AC-0e over the exchange and the façade: who writes the name of another has no effect and hears 2.14.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openFixture } from '../gateway.fixture.ts'
import { group, message, payload } from '../messages.fixture.ts'

const test = suite('access: sender')

const gateway = await openFixture({ sender: { party: 'dms', sources: ['dms', 'DMS East'] } })

test.after(() => gateway.close())

const A = 'a0000000-0000-4000-8000-00000000000a'

test('AC-0e: a Source of another party is refused with 2.14, and nothing is kept', async () => {
  const xml = message({ verb: 'create', source: 'wms' }, payload(group({ mRID: A })))
  const { result, codes, text } = await gateway.send(xml)
  assert.equal([result, codes], ['FAILED', ['2.14']])
  assert.match(text, 'Source is wms, and the message was sent by dms.')
  const { objects } = await gateway.store.page('DERGroups', { limit: 10 })
  assert.is(objects.length, 0)
})

test('AC-0e: a query in the name of another is refused, too', async () => {
  const xml = message({ verb: 'get', noun: 'DERGroupQueries', source: 'wms' }, '')
  assert.equal((await gateway.send(xml)).codes, ['2.14'])
})

test('AC-0e: a Source that is absent, or one of its own names, is taken', async () => {
  for (const source of ['', 'dms', 'DMS East']) {
    const xml = message({ verb: 'create', source }, payload(group({})))
    assert.is((await gateway.send(xml)).result, 'OK', source)
  }
})

test('AC-0e: a whole message in JSON is held to it', async () => {
  const body = {
    header: { Verb: 'create', Noun: 'DERGroups', Source: 'wms', MessageID: 'x' },
    payload: { DERGroups: { EndDeviceGroup: [] } },
  }
  const post = await gateway.ask('POST', '/api/v1/der-groups', { body: JSON.stringify(body) })
  // What is no valid message is told so first.
  assert.is(post.status, 400)
  const made = await gateway.ask('POST', '/api/v1/der-groups', { body: JSON.stringify(whole()) })
  assert.is(made.status, 422)
  assert.equal([...made.text.matchAll(/"code":"(.*?)"/g)][0]?.[1], '2.14')
})

function whole(): object {
  const functions = [...group({}).matchAll(/<(\w+)>false</g)].map(([, name]) => [name, false])
  const one = { mRID: A, DERFunction: Object.fromEntries(functions) }
  return {
    header: { Verb: 'create', Noun: 'DERGroups', Source: 'wms', MessageID: 'y' },
    payload: { DERGroups: { EndDeviceGroup: [one] } },
  }
}

test.run()
