// What was refused is on record with its body, findings and reply, and its MessageID is free for the corrected message.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openFixture, SILENT } from './gateway.fixture.ts'
import { group, message, part, payload } from './messages.fixture.ts'
import { MOST_REFUSED, keepingRefused } from './turned-away.ts'
import { UNREAD } from './refusals.ts'

const test = suite('turned away')

// What JSON.parse gives; answers are looked at as their readers do.
type Any = any

const broken = { isBroken: false }
const errors: string[] = []
const gateway = await openFixture({
  // As salvage does it where the ids of what is not well-formed can be read.
  validate: (real) => ({
    ...real,
    judge: async (bytes, how) => {
      const it = await real.judge(bytes, how)
      return it.verdict === 'not-well-formed' && bytes.length > 99
        ? { ...it, messageID: 'r-cut' }
        : it
    },
  }),
  sender: { sources: ['north'] },
  log: { ...SILENT, error: (_fields, text) => void errors.push(text) },
  store: (real) => ({
    ...real,
    commit: (unit) => (broken.isBroken ? Promise.reject(new Error('disk')) : real.commit(unit)),
  }),
})

test.before.each(() => void ((broken.isBroken = false), (errors.length = 0)))
test.after(() => gateway.close())

const A = 'a0000000-0000-4000-8000-00000000000a'
const north = (id: string, verb: string, content: string) =>
  message({ verb, id, source: 'north' }, content)

async function found(query: Readonly<Record<string, string>>): Promise<Any> {
  const { text } = await gateway.ask('GET', '/api/v1/messages', { query })
  return JSON.parse(text).messages
}

async function shown(id: string): Promise<Any> {
  return JSON.parse((await gateway.ask('GET', `/api/v1/messages/${id}`)).text)
}

const octets = async (id: string, query: Readonly<Record<string, string>> = {}) =>
  new TextDecoder().decode(
    (await gateway.ask('GET', `/api/v1/messages/${id}/raw`, { query })).bytes,
  )

/** [why, MessageID, what is sent, rule of the finding or reply] */
const REFUSED = [
  ['its schema', 'r-schema', north('r-schema', 'create', payload('<Nothing/>')), 'payload-xsd'],
  ['an unknown verb', 'r-verb', north('r-verb', 'forget', payload(group({}))), 'envelope-xsd'],
  [
    'the Source of another',
    'r-source',
    message({ verb: 'create', id: 'r-source', source: 'south' }, payload(group({}))),
    'SRC-PARTY',
  ],
  [
    'a reply that nobody awaits',
    'r-reply',
    message(
      { verb: 'reply', id: 'r-reply', kind: 'ResponseMessage' },
      '<Reply><Result>OK</Result></Reply>',
    ),
    '2.15',
  ],
  ['no end', 'r-cut', north('r-cut', 'create', payload(group({}))).slice(0, -9), 'WF-01'],
] as const

for (const [why, messageID, xml, said] of REFUSED)
  test(`keeps what is refused for ${why}, with its octets, findings and reply`, async () => {
    const { text, rendered } = await gateway.send(xml)
    const all = await found({ messageID })
    assert.is(all.length, 1, text)
    const [leg] = all
    assert.equal([leg.state, leg.direction, leg.messageID], ['REJECTED', 'in', messageID])
    assert.equal([leg.party, leg.replyStatus], ['anonymous', rendered.status])
    assert.equal(await octets(leg.id), xml)
    assert.equal(await octets(leg.id, { part: 'reply' }), text)
    const { findings } = await shown(leg.id)
    assert.ok(`${JSON.stringify(findings)}${text}`.includes(said), text)
    assert.is((await found({ exchangeId: leg.exchangeId })).length, 1)
  })

test('leaves the MessageID to the corrected message, and keeps both', async () => {
  const wrong = north('again', 'create', payload('<Nothing/>'))
  assert.is((await gateway.send(wrong)).result, 'FAILED')
  assert.is((await gateway.send(wrong)).repeated, false)
  const right = north('again', 'create', payload(group({ mRID: A })))
  assert.is((await gateway.send(right)).result, 'OK')
  assert.is((await gateway.send(right)).repeated, true)
  const states = (await found({ messageID: 'again' })).map((it: Any) => it.state)
  assert.equal(states.sort(), ['ACKED', 'REJECTED', 'REJECTED'])
})

test('keeps another body under a MessageID that is taken, and what was asked in vain', async () => {
  await gateway.send(north('taken', 'delete', payload(part({ mRID: A }))))
  await gateway.send(north('taken', 'delete', payload(part({ mRID: 'other' }))))
  assert.is((await found({ messageID: 'taken' })).length, 2)
  assert.is((await found({ key: 'other', state: 'REJECTED' })).length, 1)
})

test('keeps what has neither Verb nor Noun nor MessageID', async () => {
  const { rendered } = await gateway.send('<Nothing')
  assert.is(rendered.status, 400)
  const [leg] = (await found({ state: 'REJECTED' })).filter((it: Any) => it.noun === '')
  assert.equal([leg.messageID, leg.verb, leg.replyStatus], ['', '', 400])
  assert.equal(await octets(leg.id), '<Nothing')
})

test('keeps a request in JSON that no message can be made of', async () => {
  const body = JSON.stringify({ EndDeviceGroup: [{ version: { major: true } }] })
  const answer = await gateway.ask('POST', '/api/v1/der-groups', { body })
  assert.is(answer.status, 400, answer.text)
  const correlationID = answer.headers?.['CorrelationID'] ?? ''
  const [leg] = await found({ correlationID })
  assert.equal([leg.state, leg.noun, leg.verb], ['REJECTED', 'DERGroups', 'create'])
  assert.equal(await octets(leg.id, { part: 'reply' }), answer.text)
})

test('keeps what has names that no database keeps, by the names of their characters', async () => {
  const header = { Verb: 'half \ud800', Noun: '\0', Timestamp: 'now' }
  const body = JSON.stringify({ message: 'RequestMessage', header })
  assert.is((await gateway.ask('POST', '/cim', { body })).status, 400)
  const [leg] = await found({ noun: 'U+0000' })
  assert.equal([leg?.state, leg?.verb, errors], ['REJECTED', 'half U+D800', []])
})

test('refuses in the same words where it cannot be kept', async () => {
  broken.isBroken = true
  const reply = await gateway.send(north('lost', 'create', payload('<Nothing/>')))
  assert.equal([reply.result, reply.judged.verdict], ['FAILED', 'valid'])
  assert.equal(errors, ['a refused message could not be kept'])
})

test('does not keep without end: so many of a party in an hour, and one line in the log', async () => {
  const kept: string[] = []
  const warnings: string[] = []
  let hour = 10
  const keep = keepingRefused({
    store: {
      commit: async ({ message: it }) => (
        kept.push(it?.party ?? ''),
        { kind: 'committed', events: [] }
      ),
    },
    clock: () => `2026-07-14T${hour}:59:59.000Z`,
    newId: () => 'id',
    log: { ...SILENT, warn: (_fields, text) => void warnings.push(text) },
  })
  const rendered = { text: '', status: 400, contentType: '' }
  const answer = { rendered, messageID: '', correlationID: '', repeated: false }
  const refuse = (party: string, length = 0) =>
    keep({ bytes: new Uint8Array(length), sender: { party }, bodyHash: '' }, UNREAD, answer)
  for (let n = 0; n < MOST_REFUSED.messages + 2; n += 1) await refuse('loud')
  assert.equal([kept.length, warnings.length], [MOST_REFUSED.messages, 1])
  await refuse('quiet')
  assert.is(kept.at(-1), 'quiet')
  hour = 11
  await refuse('loud')
  assert.equal([kept.at(-1), kept.length], ['loud', MOST_REFUSED.messages + 2])
  await refuse('loud', MOST_REFUSED.octets + 1)
  assert.equal([kept.length, warnings.length], [MOST_REFUSED.messages + 2, 2])
})

test.run()
