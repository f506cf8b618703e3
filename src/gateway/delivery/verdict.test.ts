// What an answer means for the message that it answers: every kind of fault of the line, every status of HTTP, every reply.

import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { errorRow } from '../../envelope/errors.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import type { Party } from '../parties/party.ts'
import type { PeerAnswer } from '../peer.ts'
import type { Validated } from '../ports.ts'
import { down, http, outgoingLeg, party } from './dispatcher.fixture.ts'
import { evidenceOf } from './evidence.ts'
import type { Evidence } from './evidence.ts'
import { IN_FLIGHT, verdictOn } from './verdict.ts'
import type { Verdict } from './verdict.ts'

const test = suite('delivery: verdict')

const LEG = outgoingLeg('a')

/** The kind and the outcome, which the next state and the row of the try come from. */
function meaning(answer: PeerAnswer, validated?: Validated): string {
  const { kind, outcome } = verdictOn(LEG, {
    answer,
    ...(validated === undefined ? {} : { validated }),
  })
  return `${kind} ${outcome}`
}

/** A valid message as the judge hands it on. */
function judged(changes: Partial<Validated>): Validated {
  return {
    verdict: 'valid',
    findings: [],
    noun: 'Things',
    verb: 'reply',
    root: { name: 'ResponseMessage', ns: 'urn:m' },
    messageID: 'r-1',
    correlationID: LEG.correlationID,
    soap: null,
    ...changes,
  }
}

function replyOf(Result: string, codes: readonly string[], details?: string): JsonObject {
  const Error = codes.map((code) => ({ code, ...(details === undefined ? {} : { details }) }))
  return { reply: { Result, Error } }
}

test('without an answer it is tried again, unless the fault is for good; it may have arrived when it was sent', () => {
  assert.is(meaning(down('refused')), 'failed technical')
  assert.is(meaning(down('no answer', true)), 'failed unknown')
  for (const sent of [true, false])
    assert.is(
      meaning({ kind: 'unreachable', reason: 'forbidden', sent, permanent: true }),
      'refused technical',
    )
})

test('every status of HTTP means one thing: done, again, or never', () => {
  for (let status = 200; status < 600; status += 1)
    assert.is(meaning(http(status)), meaningOf(status), `HTTP ${status}`)
})

/** design/gateway.md §5, written once more. */
function meaningOf(status: number): string {
  if (status < 300) return 'done ok'
  if (status < 400) return 'refused technical'
  if (status >= 500 || status === 408 || status === 425 || status === 429) return 'failed technical'
  return 'refused business'
}

test('a wish of the peer is kept with what is tried again, and with nothing else', () => {
  fc.assert(
    fc.property(fc.integer({ min: 200, max: 599 }), fc.nat(), (status, retryAfterMs) => {
      const verdict = verdictOn(LEG, { answer: http(status, { retryAfterMs }) })
      assert.is(verdict.retryAfterMs, verdict.kind === 'failed' ? retryAfterMs : undefined)
    }),
  )
})

test('409 of a peer that is still at it is asked again; a conflict for good is not', () => {
  const bytes = (rule: string) => new TextEncoder().encode(JSON.stringify({ rule }))
  const busy = [http(409, { retryAfterMs: 1000 }), http(409, { bytes: bytes(IN_FLIGHT) })]
  for (const answer of busy) {
    const verdict = verdictOn(LEG, { answer })
    assert.equal([verdict.kind, verdict.underWay], ['failed', true])
    assert.is(evidenceOf(answer, verdict), 'alive')
  }
  assert.is(meaning(http(409, { bytes: bytes('MSG-CONFLICT') })), 'refused business')
  assert.is(meaning(http(409, { bytes: new TextEncoder().encode('{') })), 'refused business')
})

/** [try, what it tells of the party] */
const TELLS: readonly (readonly [string, PeerAnswer, Evidence, Validated?])[] = [
  ['forbidden address', { ...down('forbidden'), permanent: true } as PeerAnswer, 'none'],
  ['connection refused', down('refused'), 'away'],
  ['no answer', down('no answer', true), 'ails'],
  ['204', http(204), 'alive'],
  ['400', http(400), 'alive'],
  ['401', http(401), 'alive'],
  ['429', http(429, { retryAfterMs: 1000 }), 'alive'],
  ['408', http(408), 'alive'],
  ['302', http(302), 'ails'],
  ['500', http(500), 'ails'],
  ['503', http(503), 'ails'],
  ['a page', http(200, { contentType: 'text/html', bytes: new Uint8Array(1) }), 'ails'],
  ['refused', http(200), 'alive', judged({ json: replyOf('FAILED', ['99.1']) })],
  ['too many pending', http(503), 'alive', judged({ json: replyOf('FAILED', ['3.2']) })],
  ['overloaded', http(200), 'ails', judged({ json: replyOf('FAILED', ['5.1']) })],
  [
    'under way',
    http(409),
    'alive',
    judged({ json: replyOf('FAILED', ['6.1'], `rule=${IN_FLIGHT}`) }),
  ],
]

test('what a try tells of the party, and so of its circuit', () => {
  for (const [about, answer, evidence, validated] of TELLS) {
    const verdict = verdictOn(LEG, { answer, ...(validated === undefined ? {} : { validated }) })
    assert.is(evidenceOf(answer, verdict), evidence, about)
  }
})

/** [Result, codes, details, meaning] */
const REPLIES: readonly (readonly [string, readonly string[], string, string])[] = [
  ['OK', [], '', 'done ok'],
  ['OK', ['0.0'], '', 'done ok'],
  ['OK', ['0.3'], '', 'received ok'],
  ['PARTIAL', ['0.1'], '', 'received ok'],
  ['PARTIAL', ['0.2'], '', 'done ok'],
  ['PARTIAL', ['99.1'], '', 'done ok'],
  ['FAILED', [], '', 'refused business'],
  ['FAILED', ['1.8'], '', 'refused business'],
  ['FAILED', ['99.1'], '', 'refused business'],
  ['FAILED', ['6.1'], 'rule=MSG-CONFLICT', 'refused business'],
  // Somebody who repeats too early: what becomes of the first try is not known yet.
  ['FAILED', ['6.1'], `rule=${IN_FLIGHT}; ask again`, 'failed technical'],
  ['FAILED', ['6.1'], `rule=${IN_FLIGHT}-NOT`, 'refused business'],
  ['FAILED', ['3.2'], '', 'failed technical'],
  ['FAILED', ['4.1'], '', 'failed technical'],
  ['FAILED', ['5.1'], '', 'failed technical'],
  ['FAILED', ['7.1'], '', 'failed technical'],
  ['FAILED', ['5.1', '4.1'], '', 'failed technical'],
  // One fault for good, and no repetition mends it.
  ['FAILED', ['5.1', '1.8'], '', 'refused business'],
  ['FAILED', ['7.5'], '', 'refused business'],
  ['nonsense', ['0.0'], '', 'refused business'],
]

for (const [result, codes, details, expected] of REPLIES)
  test(`${result} ${codes.join(', ')} ${details}: ${expected}, whatever the status`, () => {
    const validated = judged({ json: replyOf(result, codes, details) })
    for (const status of [200, 202, 302, 400, 409, 500, 503])
      assert.is(meaning(http(status), validated), expected, `HTTP ${status}`)
  })

test('what we say of a message under way is what we understand when a peer says it', () => {
  const { replyCode } = errorRow('message-in-flight')
  assert.is(replyCode, '6.1')
  const json = replyOf('FAILED', [replyCode], `rule=${IN_FLIGHT}`)
  assert.is(verdictOn(LEG, { answer: http(200), validated: judged({ json }) }).kind, 'failed')
})

test('a FaultMessage has no Header, and says why all the same', () => {
  const root = { name: 'FaultMessage', ns: 'urn:m' }
  const fault = (code: string) =>
    judged({ verb: null, root, correlationID: null, json: replyOf('FAILED', [code]) })
  assert.is(meaning(http(400), fault('1.8')), 'refused business')
  assert.is(meaning(http(503), fault('5.1')), 'failed technical')
})

test('a reply to another message is none to this one, whatever it says', () => {
  fc.assert(
    fc.property(fc.string(), fc.constantFrom('OK', 'PARTIAL', 'FAILED'), (id, result) => {
      if (id === LEG.correlationID) return
      const verdict = verdictOn(LEG, {
        answer: http(200),
        validated: judged({ correlationID: id, json: replyOf(result, ['5.1']) }),
      })
      assert.equal([verdict.kind, verdict.outcome], ['refused', 'technical'])
      assert.is(verdict.said, undefined)
      assert.ok(verdict.reason.includes(id))
    }),
  )
})

test('what is no reply and not valid is no acknowledgement', () => {
  const other = { verb: 'created', json: {}, root: { name: 'EventMessage', ns: 'urn:m' } }
  assert.is(meaning(http(200), judged(other)), 'done ok')
  for (const verdict of [
    'invalid',
    'not-well-formed',
    'no-schema',
    'refused',
    'engine-error',
  ] as const)
    assert.is(meaning(http(200), judged({ ...other, verdict })), 'refused technical', verdict)
  const broken = judged({ verdict: 'not-well-formed', verb: null, root: null })
  assert.is(meaning(http(503), broken), 'failed technical')
})

test('any reply: said is what it says, and only what is "not now" throughout is tried again', () => {
  const codes = fc.array(
    fc.constantFrom('0.0', '0.1', '0.3', '1.8', '3.2', '4.1', '5.1', '6.1', '7.1'),
  )
  const results = fc.constantFrom('OK', 'PARTIAL', 'FAILED')
  fc.assert(
    fc.property(results, codes, fc.integer({ min: 200, max: 599 }), (result, all, status) => {
      const validated = judged({ json: replyOf(result, all) })
      const { kind, said, outcome, replyMessageID }: Verdict = verdictOn(LEG, {
        answer: http(status),
        validated,
      })
      assert.equal([said?.result, replyMessageID], [result, 'r-1'])
      assert.equal(
        said?.errors?.map((it) => it.code),
        all,
      )
      assert.is(outcome === 'ok', result !== 'FAILED')
      if (result !== 'FAILED') assert.ok(kind === 'done' || kind === 'received')
      else
        assert.is(
          kind === 'failed',
          all.length > 0 && all.every((it) => ['3.2', '4.1', '5.1', '7.1'].includes(it)),
        )
    }),
  )
})

test('a request in CIM is done when a ResponseMessage says so, and not because HTTP is content', () => {
  const leg = { ...LEG, verb: 'create' }
  const page = {
    contentType: 'text/html; charset=utf-8',
    bytes: new TextEncoder().encode('<p>Log in'),
  }
  const of = (answer: PeerAnswer, it = leg, type: 'cim-xml' | 'json' = 'cim-xml') => {
    const binding = { type, url: 'http://127.0.0.1:9', timeoutMs: 1, dialect: 'example' }
    const { kind, code } = verdictOn(it, { answer, party: { ...party('dms'), binding } as Party })
    return [kind, ...(code === undefined ? [] : [code])].join(' ')
  }
  const refused = 'refused peer-invalid-reply'
  assert.is(of(http(200)), refused)
  assert.is(of(http(204)), refused)
  assert.is(of(http(200, page)), refused)
  assert.is(of(http(200, { contentType: 'text/plain', bytes: page.bytes })), refused)
  assert.is(of(http(202)), 'received', 'accepted, and the reply comes later')
  assert.is(of(http(204), LEG), 'done', 'an event')
  assert.is(of(http(200, page), LEG), refused, 'a page is no acknowledgement of an event either')
  assert.is(of(http(200), leg, 'json'), 'done', 'a vendor says it by HTTP')
  assert.is(of(http(200, page), leg, 'json'), refused)
})

test.run()
