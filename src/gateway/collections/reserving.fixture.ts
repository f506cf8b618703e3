// For tests only: a DERMS that reserves devices, and a CPM that keeps them.

import * as assert from 'uvu/assert'
import type { Leg } from '../ledger.ts'
import { LOCAL } from '../parties/party.ts'
import type { Party, Topology, Way } from '../parties/party.ts'
import type { PeerAnswer } from '../peer.ts'
import { partyOf, replyOf, wayTo } from '../whole.fixture.ts'
import type { Whole } from '../whole.fixture.ts'

const XML = { 'content-type': 'application/xml' }
export const DERMS = 'derms'

const cpm: Party = {
  ...partyOf('cpm'),
  binding: {
    type: 'cim-xml',
    url: 'https://cpm.example/cim',
    timeoutMs: 1_000,
    healthUrl: 'https://cpm.example/health',
  },
}
const derms: Party = { ...partyOf(DERMS), replyAddresses: ['https://derms.example/'] }

/** A way to CPM for what is reserved; whatever else there is stays here. */
export function toCpm(way: Partial<Way> = {}): Topology {
  const own = wayTo('cpm', { noun: ['EventParticipations'], verb: ['create'], from: [DERMS] })
  return {
    ...LOCAL,
    parties: [cpm, derms],
    ways: [{ ...own, collection: 50, ...way }, wayTo('local', {})],
  }
}

export async function send(whole: Whole, xml: string): Promise<string> {
  const { status, text } = await whole.ask(DERMS, 'POST', '/cim', { body: xml, headers: XML })
  assert.is(status, 200, text)
  return text
}

/** The leg on which a list has come. */
export async function listIn(whole: Whole): Promise<string> {
  const { legs } = await whole.store.legs({ direction: 'in', party: DERMS, limit: 1_000 })
  const own = legs.filter((it) => it.target.startsWith('list of'))
  assert.is(own.length, 1)
  return own[0]?.id ?? ''
}

export interface Shown {
  readonly index: number
  readonly recordId: string
  readonly result: string
  readonly code?: string
  readonly rule?: string
}

/** Every record, page by page. */
export async function results(
  whole: Whole,
  query: Readonly<Record<string, string>> = {},
): Promise<readonly Shown[]> {
  const path = `/api/v1/messages/${await listIn(whole)}/results`
  const all: Shown[] = []
  for (let after = ''; ;) {
    const { status, text } = await whole.ask(DERMS, 'GET', path, {
      query: { limit: '900', ...query, ...(after === '' ? {} : { after }) },
    })
    assert.is(status, 200, text)
    const page = JSON.parse(text) as {
      readonly results: readonly Shown[]
      readonly next: string | null
    }
    all.push(...page.results)
    if (page.next === null) return all
    after = page.next
  }
}

/** What its sender is told in the end, as XML. */
export async function told(whole: Whole): Promise<string> {
  const id = await listIn(whole)
  const { legs } = await whole.store.legs({ direction: 'out', verb: ['reply'], limit: 10 })
  const own = legs.filter((it) => it.answers === id)
  assert.is(own.length, 1, 'one final acknowledgement')
  return (await whole.store.leg(own[0]?.id ?? ''))?.request ?? ''
}

export const codesIn = (xml: string) => [...xml.matchAll(/<code>([^<]*)</g)].map(([, it]) => it)
export const namesIn = (leg: Leg) =>
  [...leg.request.matchAll(/<recordId>(\d+)</g)].map(([, it]) => Number(it))
export const sizesOf = (whole: Whole) => whole.sent.map((it) => namesIn(it).length)

/** Refuses these records, each with an Error of its own. */
export function refusing(leg: Leg, code: string, numbers: readonly number[]): PeerAnswer {
  const errors = numbers
    .filter((n) => namesIn(leg).includes(n))
    .map((n) => {
      const [, mRID = ''] =
        new RegExp(`<mRID>([^<]*)</mRID><recordId>${n}<`).exec(leg.request) ?? []
      return `<Error><code>${code}</code><level>FATAL</level><details>rule=RSV-UNAV; away</details><ID objectType="EventParticipation">${mRID}</ID></Error>`
    })
  if (errors.length === 0) return replyOf(leg)
  return replyOf(leg, `<Error><code>0.2</code></Error>${errors.join('')}`, 'PARTIAL')
}

export const GONE: PeerAnswer = {
  kind: 'unreachable',
  reason: 'connection refused',
  sent: false,
  permanent: false,
}
