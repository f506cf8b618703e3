// What a try tells of the party itself: every row of the table, and the conflict that is none.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { PeerAnswer } from '../peer.ts'
import type { Validated } from '../ports.ts'
import { down, http } from './dispatcher.fixture.ts'
import { evidenceOf } from './evidence.ts'
import type { Evidence } from './evidence.ts'
import { LEG, judged, meaning, replyOf } from './verdict.fixture.ts'
import { IN_FLIGHT, verdictOn } from './verdict.ts'

const test = suite('delivery: evidence')

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

test.run()
