// For tests only: the gateway as it is served, with what sends and watches beside the messages, over the store in memory:
// its time is handed in, and so are the parties that it speaks to.

import * as assert from 'uvu/assert'
import { virtualTime } from './delivery/virtual-time.fixture.ts'
import type { VirtualTime } from './delivery/virtual-time.fixture.ts'
import { contentsOf, rootsOf } from './content.ts'
import { createGateway } from './gateway.ts'
import type { Gateway, GatewayParts } from './gateway.ts'
import { DESCRIBE, SILENT, askedOf, openFixture } from './gateway.fixture.ts'
import type { Asked, Fixture } from './gateway.fixture.ts'
import type { Leg } from './ledger.ts'
import { resourceOf } from './nouns.ts'
import { LOCAL } from './parties/party.ts'
import type { Party, Topology, Way, When } from './parties/party.ts'
import type { PeerAnswer } from './peer.ts'
import type { Store } from './ports.ts'
import { orderedIds } from '../main/ordered-ids.ts'
import type { RouteAnswer } from './routes.ts'
import type { Asking } from '../flows/acceptance/groups.fixture.ts'
import { isObject, readJson } from '../schema/json-text.ts'
import type { JsonObject } from '../schema/json-text.ts'

/** What a party says to what it is sent. */
export type Answering = (party: string, leg: Leg) => PeerAnswer | Promise<PeerAnswer>

/** A whole gateway under test. */
export interface Whole {
  readonly gateway: Gateway
  readonly time: VirtualTime
  readonly store: Store
  /** what parties have been sent, in this order */
  readonly sent: Leg[]
  /** One request of a party over HTTP; fails the test unless its status is 2xx. */
  readonly ok: (
    party: string,
    method: string,
    path: string,
    body?: JsonObject,
  ) => Promise<JsonObject>
  readonly ask: (party: string, method: string, path: string, how?: Asked) => Promise<RouteAnswer>
  /** the same as one system asks it: of requests that create, and of steps of the façade */
  readonly asking: Asking
  readonly answer: (how: Answering) => void
  /** What parties say when they are asked for their health; by default that they are well. */
  readonly healthy: (isWell: boolean) => void
  /** Resolves when nothing is under way and nothing is due. */
  readonly quiet: () => Promise<void>
  /** Resolves, without any time going by, when the party has been sent to that often. */
  readonly tried: (times: number) => Promise<void>
  /** Lets time go by, from timer to timer, until something has come true. */
  readonly until: (what: () => Promise<boolean>) => Promise<void>
  /** The process ends, and another one begins on the same store. */
  readonly restart: () => Promise<void>
  readonly close: () => Promise<void>
}

/** Takes what it is sent. */
export const OK_ANSWER: PeerAnswer = {
  kind: 'answered',
  status: 204,
  contentType: '',
  bytes: new Uint8Array(),
}

/**
 * @param topology absent = everything is kept here
 * @param more what else the gateway is made of, by its time, and instead of its store
 */
export async function openWhole(
  topology: Topology = LOCAL,
  more: (time: VirtualTime, store: Store) => Partial<GatewayParts> = () => ({}),
): Promise<Whole> {
  const time = virtualTime()
  const base = await openFixture()
  const sent: Leg[] = []
  let answer: Answering = () => OK_ANSWER
  let isWell = true
  const peer: GatewayParts['peer'] = {
    send: async ({ id }, leg) => {
      sent.push(leg)
      return answer(id, leg)
    },
    probe: async () => isWell,
  }
  // Also behind those of before a restart, however little time has passed.
  const newId = orderedIds(
    () => Date.parse(time.clock()),
    () => crypto.randomUUID(),
  )
  const begin = () => {
    const made = createGateway({
      ...partsOf(base, time, topology),
      newId,
      peer,
      ...more(time, base.store),
    })
    made.start()
    return made
  }
  let gateway = begin()
  const ask: Whole['ask'] = (party, method, path, how = {}) =>
    askedOf(gateway.routes, method, path, { sender: { party, operator: true }, ...how })
  const ok: Whole['ok'] = async (party, method, path, body) => {
    const headers = { 'content-type': 'application/json' }
    const how = body === undefined ? {} : { body: JSON.stringify(body), headers }
    const said = await ask(party, method, path, how)
    assert.ok(said.status < 300, `${method} ${path}: ${said.status} ${said.text}`)
    return jsonOf(said)
  }
  return {
    get gateway() {
      return gateway
    },
    time,
    store: base.store,
    sent,
    ask,
    ok,
    asking: {
      ok: ({ noun, object }) => {
        const content = contentsOf(base.schemas)(noun)
        assert.ok(content, noun)
        const body = rootsOf([object], content)[0] as JsonObject
        return ok('cs', 'POST', `/api/v1/${resourceOf(noun)}`, body)
      },
      json: async (method, path) => ({
        status: 200,
        json: await ok('cs', method, `/api/v1/${path}`),
      }),
    },
    answer: (how) => void (answer = how),
    healthy: (it) => void (isWell = it),
    quiet: () => gateway.dispatcher.quiet(),
    tried: async (times) => {
      for (let n = 0; sent.length < times && n < 5000; n += 1)
        await new Promise((done) => setTimeout(done, 2))
      assert.ok(sent.length >= times, `sent ${sent.length} times, not ${times}`)
    },
    until: async (what) => {
      for (let n = 0; n < 400; n += 1) {
        if (await what()) return
        time.step()
        await gateway.dispatcher.quiet()
        await new Promise((done) => setTimeout(done, 2))
      }
      assert.unreachable('it never came true')
    },
    restart: async () => {
      await gateway.stop()
      gateway = begin()
    },
    close: async () => {
      await gateway.stop()
      await base.close()
    },
  }
}

function partsOf(
  { schemas, validate, store }: Fixture,
  { clock, timers }: VirtualTime,
  topology: Topology,
): Omit<GatewayParts, 'newId' | 'peer'> {
  return {
    ...{ schemas, validate, store, clock, timers, log: SILENT, mixedBatch: 'partial' },
    source: 'cimgate',
    topology: () => topology,
    agreed: { tolerate: [], aliases: {} },
    random: () => 0.5,
    holder: 'whole',
    writeSoap: () => ({ reason: 'SOAP is not spoken here.' }),
    retention: () => ({ messagesMs: 1e12, auditMs: 1e12 }),
    report: () => '{}',
    isEnding: () => false,
    describe: DESCRIBE,
  }
}

function jsonOf({ text }: RouteAnswer): JsonObject {
  const read = readJson(text)
  return 'value' in read && isObject(read.value) ? read.value : {}
}

/** A party that takes CIM as XML. */
export function partyOf(id: string): Party {
  const binding = { type: 'cim-xml', url: `https://${id}.example/cim`, timeoutMs: 1_000 } as const
  const profile = { operationSets: true, collections: true }
  const none = { proofs: [], sources: [], tolerate: [], replyAddresses: [] }
  return { id, org: '', aliases: {}, mixedBatch: 'partial', binding, profile, ...none }
}

/** A way that keeps no order, and tries a second time after a second. */
export function wayTo(to: string, when: When): Way {
  return {
    id: to,
    when,
    to: [to],
    reply: 'sync',
    order: { by: 'none' },
    timeoutMs: 30_000,
    retry: { delaysMs: [1_000] },
    idempotencyMs: 60_000,
    whenTargetDown: 'queue',
    priority: 0,
  }
}

/** The reply of a party to a message: OK, or the error that it names. */
export function replyOf(
  { messageID, noun }: Leg,
  error = '',
  result = error === '' ? 'OK' : 'FAILED',
): PeerAnswer {
  const errors = error === '' ? '<Error><code>0.0</code></Error>' : error
  const xml =
    `<ResponseMessage xmlns="http://iec.ch/TC57/2011/schema/message"><Header><Verb>reply</Verb><Noun>${noun}</Noun>` +
    `<MessageID>${messageID}-r</MessageID><CorrelationID>${messageID}</CorrelationID></Header>` +
    `<Reply><Result>${result}</Result>${errors}</Reply></ResponseMessage>`
  const bytes = new TextEncoder().encode(xml)
  return { kind: 'answered', status: 200, contentType: 'application/xml', bytes }
}
