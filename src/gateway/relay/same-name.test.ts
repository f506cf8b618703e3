// Two requests for one name that are with their party at the same time, and that it carries out both: our record has room for
// one of them, and each sender hears what the party has done.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { newGroup, groupJson } from '../../serve/messages.fixture.ts'
import { readJson } from '../../schema/json-text.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import { LOCAL } from '../parties/party.ts'
import { openWhole, partyOf, replyOf, wayTo } from '../whole.fixture.ts'

const test = suite('relay: same name')

const whole = await openWhole({
  ...LOCAL,
  parties: [partyOf('derms')],
  ways: [wayTo('derms', { noun: ['DERGroups'], verb: ['create'] }), wayTo('local', {})],
})
test.after(() => whole.close())

const bodyOf = (text: string) => {
  const read = readJson(text)
  assert.ok('value' in read)
  return read.value as { readonly EndDeviceGroup: readonly JsonObject[] }
}

test('both are told of the group that the party has made for them', async () => {
  const groups = [newGroup(), newGroup()].map((it) => ({ ...it, name: 'Feeder 7' }))
  const held: (() => void)[] = []
  whole.answer((_party, leg) => new Promise((done) => held.push(() => done(replyOf(leg)))))
  const headers = { 'content-type': 'application/json' }
  const asked = groups.map((it) =>
    whole.ask('cs', 'POST', '/api/v1/der-groups', { body: groupJson(it), headers }),
  )
  await whole.tried(2)
  for (const answer of held) answer()
  const said = await Promise.all(asked)
  for (const [n, { status, text }] of said.entries()) {
    assert.is(status, 201, text)
    const [own, ...more] = bodyOf(text).EndDeviceGroup
    assert.equal(more, [])
    assert.is(own?.['mRID'], groups[n]?.mRID)
  }
  // Names are the party's to give away; of ours one has it.
  await whole.quiet()
  const kept = await whole.store.objects(
    'DERGroups',
    groups.map(({ mRID }) => mRID),
    [],
  )
  assert.is(kept.length, 1)
})

test.run()
