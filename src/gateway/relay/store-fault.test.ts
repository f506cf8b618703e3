// The store fails while a message is passed on: it is refused as what may pass, and once it is taken it goes its way once.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { groupJson, newGroup } from '../../serve/messages.fixture.ts'
import { StoreError } from '../../shell/store/index.ts'
import { LOCAL } from '../parties/party.ts'
import type { Store } from '../ports.ts'
import { openWhole, partyOf, replyOf, wayTo } from '../whole.fixture.ts'

const test = suite('relay: a store that fails')

const whole = await openWhole({
  ...LOCAL,
  parties: [partyOf('dms')],
  ways: [wayTo('dms', {})],
})
test.after(() => whole.close())

test('T15: a message that cannot be kept on its way is answered 5.1 and 503, and goes when it can', async () => {
  whole.answer((_party, leg) => replyOf(leg))
  const store = whole.store as { commit: Store['commit'] }
  const { commit } = store
  const headers = { 'content-type': 'application/json' }
  const how = { body: groupJson(newGroup()), headers }
  for (const code of ['store-unavailable', 'store-lost', 'store-busy'] as const) {
    store.commit = () => Promise.reject(new StoreError(code))
    const refused = await whole.ask('cs', 'POST', '/api/v1/der-groups', how)
    assert.is(refused.status, 503, code)
    assert.match(refused.text, '"code":"5.1"')
  }
  store.commit = commit
  const sent = whole.sent.length
  const taken = await whole.ask('cs', 'POST', '/api/v1/der-groups', how)
  assert.equal([taken.status, whole.sent.length - sent], [201, 1])
})

test.run()
