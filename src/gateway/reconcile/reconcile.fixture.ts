// For tests only: a gateway that tells derms of customers, and compares what derms knows.

import type { JsonObject } from '../../schema/json-text.ts'
import { member } from '../../schema/json-text.ts'
import { LOCAL } from '../parties/party.ts'
import type { Topology } from '../parties/party.ts'
import type { PeerAnswer } from '../peer.ts'
import { OK_ANSWER, openWhole, partyOf, wayTo } from '../whole.fixture.ts'
import type { Whole } from '../whole.fixture.ts'

/** what is compared */
export const NOUN = 'CustomerConfig'
/** its namespace */
export const NS = 'http://cimgate.example/draft/2026/CustomerConfig#'

/** cis tells, derms is to know, and mail hears of reports */
export const TOPOLOGY: Topology = {
  ...LOCAL,
  deployment: 'centralized',
  parties: [partyOf('derms'), partyOf('cis'), partyOf('mail')],
  ways: [
    { ...wayTo('derms', { noun: [NOUN], from: ['cimgate'] }), to: ['derms'] },
    wayTo('mail', { noun: ['OperationReports'], from: ['cimgate'] }),
    { ...wayTo('local', {}), to: ['local'] },
  ],
  aliases: { 'dso-derms': 'derms' },
}

/** what nothing mends by itself */
export const REFUSED: PeerAnswer = {
  kind: 'answered',
  status: 400,
  contentType: '',
  bytes: new Uint8Array(),
}
/** and what is tried again */
export const AWAY: PeerAnswer = {
  kind: 'answered',
  status: 503,
  contentType: '',
  bytes: new Uint8Array(),
}

/** A customer. */
export const customer = (mRID: string, kind = 'residential'): JsonObject => ({ mRID, kind })

/** Told to the gateway by the source, and by it to derms. */
export async function told(whole: Whole, mRID: string, kind?: string): Promise<void> {
  await whole.ok('cis', 'PUT', `/api/v1/customers/${mRID}`, { Customer: [customer(mRID, kind)] })
  await whole.quiet()
}

/** What a comparison came to. */
export interface Report {
  readonly mRID: string
  readonly object: JsonObject
  /** outcome and mRID of each item */
  readonly items: readonly string[]
}

/** In a body of the façade. */
export function reportIn(json: JsonObject): Report {
  const [object = {}] = (json['OperationReport'] ?? []) as readonly JsonObject[]
  const items = (object['items'] ?? []) as readonly JsonObject[]
  return {
    mRID: String(object['mRID']),
    object,
    items: items.map((it) => `${String(it['outcome'])} ${String(member(it['about'], 'mRID'))}`),
  }
}

/** A comparison that is asked for. */
export async function comparedBy(whole: Whole, more: JsonObject = {}): Promise<Report> {
  return reportIn(
    await whole.ok('ops', 'POST', '/api/v1/reconciliations', {
      noun: NOUN,
      target: 'derms',
      ...more,
    }),
  )
}

/** What it has found is sent. */
export const sendMissing = (whole: Whole, { mRID }: Report) =>
  whole.ok('ops', 'POST', `/api/v1/reconciliations/${mRID}:send`)

/** mRIDs of customers that derms has been sent from a place on. */
export function sentSince(whole: Whole, from: number): readonly string[] {
  const legs = whole.sent.slice(from).filter((it) => it.party === 'derms' && it.noun === NOUN)
  return legs.flatMap(({ request }) =>
    [...request.matchAll(/<Customer>\s*<mRID>([^<]*)/g)].map((it) => it[1] ?? ''),
  )
}

/** A gateway whose parties all answer the same. */
export async function opened(answer: PeerAnswer = OK_ANSWER, topology = TOPOLOGY): Promise<Whole> {
  const whole = await openWhole(topology)
  whole.answer(() => answer)
  return whole
}
