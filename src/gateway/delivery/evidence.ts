// What a try tells of the party itself, whatever becomes of the message: the one table by which circuits count.

import type { PeerAnswer } from '../peer.ts'
import type { Verdict } from './verdict.ts'

/**
 * `alive` it decides: what has failed before counts no more; `away` nobody is there: counts each time; `ails` it takes
 * what it does not carry out: counts once for a key, because one poisoned message proves nothing about the others;
 * `none` says nothing about it
 */
export type Evidence = 'alive' | 'away' | 'ails' | 'none'

interface Row {
  readonly about: string
  readonly is: (answer: PeerAnswer, verdict: Verdict) => boolean
  readonly says: Evidence
}

/** The first that fits. */
const EVIDENCE: readonly Row[] = [
  {
    about: 'not sent for a reason of our own',
    is: (it) => it.kind === 'unreachable' && it.permanent,
    says: 'none',
  },
  { about: 'no connection', is: (it) => it.kind === 'unreachable' && !it.sent, says: 'away' },
  { about: 'sent, and not answered', is: (it) => it.kind === 'unreachable', says: 'ails' },
  {
    about: 'done, or refused by its business',
    is: (_, { outcome }) => decides(outcome),
    says: 'alive',
  },
  { about: 'an earlier try is under way', is: (_, it) => it.underWay === true, says: 'alive' },
  {
    about: 'too many at a time, waited for: 429 and all other 4xx, reply code 3.2',
    is: (it, verdict) => isClientError(it) || isTooMany(verdict),
    says: 'alive',
  },
  {
    about: '5xx, a reply that says "not now" (4.1, 5.1, 7.1), an answer that is none',
    is: () => true,
    says: 'ails',
  },
]

/** What one try tells. */
export function evidenceOf(answer: PeerAnswer, verdict: Verdict): Evidence {
  return EVIDENCE.find((row) => row.is(answer, verdict))?.says ?? 'none'
}

function decides(outcome: Verdict['outcome']): boolean {
  return outcome === 'ok' || outcome === 'business'
}

function isClientError(answer: PeerAnswer): boolean {
  return answer.kind === 'answered' && answer.status >= 400 && answer.status < 500
}

function isTooMany({ said }: Verdict): boolean {
  const { errors = [] } = said ?? {}
  return errors.length > 0 && errors.every(({ code }) => code === '3.2')
}
