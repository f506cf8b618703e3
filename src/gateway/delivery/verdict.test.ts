// What an answer means for the message that it answers: every kind of fault of the line, every status of HTTP, every reply.

import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { errorRow } from '../../envelope/errors.ts'
import type { Leg } from '../ledger.ts'
import type { Binding, Party } from '../parties/party.ts'
import type { PeerAnswer } from '../peer.ts'
import { down, http, party } from './dispatcher.fixture.ts'
import { LEG, judged, meaning, replyOf } from './verdict.fixture.ts'
import { IN_FLIGHT, verdictOn } from './verdict.ts'
import type { Verdict } from './verdict.ts'

const test = suite('delivery: verdict')

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

/** What each status means, written once more. */
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

test('an answer that cannot be read has arrived all the same: cut off it is asked once more, else parked', () => {
  const of = (status: number, lasting: boolean) =>
    verdictOn(LEG, { answer: http(status, { unusable: { reason: 'is lost.', lasting } }) })
  for (const status of [200, 204, 302]) {
    const [cut, lost] = [of(status, false), of(status, true)]
    assert.equal([cut.kind, cut.outcome, cut.code], ['failed', 'unknown', 'peer-invalid-reply'])
    assert.equal(
      [lost.kind, lost.outcome, lost.code],
      ['refused', 'technical', 'peer-invalid-reply'],
    )
    assert.match(lost.reason, /has arrived; the answer is lost/)
  }
  // The status says enough.
  assert.is(of(503, true).kind, 'failed')
  assert.equal([of(400, false).kind, of(400, false).outcome], ['refused', 'business'])
})

test('a reply repeats the Noun of its request; a query and its objects answer each other', () => {
  const ok = replyOf('OK', ['0.0'])
  const queried = (it: string) => (it === 'ThingQueries' ? 'Things' : undefined)
  const kindOf = (leg: Partial<Leg>, noun: string, tolerate: readonly string[] = []) =>
    verdictOn(
      { ...LEG, ...leg },
      {
        answer: http(200),
        validated: judged({ noun, json: ok }),
        party: { ...party('peer'), tolerate },
        queried,
      },
    ).kind
  assert.is(kindOf({ noun: 'Things' }, 'Things'), 'done')
  assert.is(kindOf({ noun: 'Things' }, 'Others'), 'refused')
  assert.is(kindOf({ noun: 'Things' }, 'Others', ['NOU-01']), 'done')
  assert.is(kindOf({ noun: 'ThingQueries', verb: 'get' }, 'Things'), 'done')
  assert.is(kindOf({ noun: 'Things', verb: 'get' }, 'ThingQueries'), 'done')
  assert.is(kindOf({ noun: 'ThingQueries', verb: 'get' }, 'Others'), 'refused')
  assert.is(kindOf({ noun: 'Things', verb: 'create' }, 'ThingQueries'), 'refused')
  assert.is(kindOf({ noun: 'OperationSet', verb: 'execute' }, 'Things'), 'done')
})

test('401 names the key of the configuration that proves us, and is ours whatever the reply says', () => {
  const proved = (binding: object) =>
    verdictOn(LEG, {
      answer: http(401),
      validated: judged({ json: replyOf('FAILED', ['7.2']) }),
      party: { ...party('peer'), binding: { ...party('peer').binding, ...binding } as Binding },
    })
  const credential = { kind: 'bearer', token: 't' }
  for (const [binding, mend] of [
    [{}, 'Add parties.peer.binding.credential'],
    [{ credential }, 'Mend parties.peer.binding.credential'],
    [{ type: 'soap', usernameToken: {} }, 'Mend parties.peer.binding.usernameToken'],
  ] as const) {
    const { kind, code, reason, said } = proved(binding)
    assert.equal([kind, code, said], ['refused', 'peer-refuses-proof', undefined])
    assert.ok(reason.includes(mend), reason)
  }
  assert.is(errorRow('peer-refuses-proof').whose, 'ours')
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

/** 401 is about our own proof, whatever stands beside it. */
const isJudged = (status: number) => status !== 401

test('any reply: said is what it says, and only what is "not now" throughout is tried again', () => {
  const codes = fc.array(
    fc.constantFrom('0.0', '0.1', '0.3', '1.8', '3.2', '4.1', '5.1', '6.1', '7.1'),
  )
  const results = fc.constantFrom('OK', 'PARTIAL', 'FAILED')
  fc.assert(
    fc.property(
      results,
      codes,
      fc.integer({ min: 200, max: 599 }).filter(isJudged),
      (result, all, status) => {
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
      },
    ),
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
