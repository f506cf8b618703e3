// For tests only: a gateway between a customer programme side and a DERMS that each speak Oracle's own JSON, in process and by
// virtual time.

import { readFileSync } from 'node:fs'
import { readJson } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import type { Leg } from './ledger.ts'
import { LOCAL } from './parties/party.ts'
import type { Party, Topology, Way } from './parties/party.ts'
import type { PeerAnswer } from './peer.ts'
import { openWhole, partyOf, wayTo } from './whole.fixture.ts'

type Any = any

/** A party that speaks a dialect. */
function speaking(id: string, dialect: string): Party {
  const binding = { type: 'json', dialect, url: `https://${id}.example`, timeoutMs: 1_000 } as const
  return { ...partyOf(id), timeZone: 'America/Chicago', binding } as Party
}

/** @param ways behind which everything is kept here */
export async function openOracle(more: Partial<Topology>, ways: readonly Way[]) {
  const whole = await openWhole({
    ...{ ...LOCAL, ...more },
    deployment: 'centralized',
    parties: [speaking('cpm', 'oracle-cpm'), speaking('derms', 'oracle-derms')],
    ways: [...ways, { ...wayTo('local', {}), to: ['local'] }],
  })

  /** One request of a party on a path of its vendor. */
  async function told(party: string, path: string, body: JsonObject) {
    const { status, text } = await whole.ask(party, 'POST', `/vendor/${path}`, {
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    })
    const read = readJson(text)
    return { status, text, json: ('value' in read ? read.value : null) as Any }
  }

  return { whole, told }
}

/** What a party that speaks JSON answers. */
export function inJson(json: Json, status = 200): PeerAnswer {
  const bytes = new TextEncoder().encode(JSON.stringify(json))
  return { kind: 'answered', status, contentType: 'application/json', bytes }
}

/** An acknowledgement of a DERMS. */
export function msgAck(ackType: string, more: JsonObject = {}): PeerAnswer {
  return inJson({ MsgAck: { ackType, whenISO: '2026-07-14T08:00:00Z', ...more } })
}

/** What a party has been sent. */
export function bodyOf(leg: Leg | undefined): Any {
  const read = readJson(leg?.request ?? '')
  return 'value' in read ? read.value : undefined
}

/** A file of samples/. */
export function sample(name: string): Any {
  return JSON.parse(readFileSync(new URL(`../../../samples/${name}.json`, import.meta.url), 'utf8'))
}
