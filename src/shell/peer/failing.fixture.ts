// For tests only: the fourteen ways of faults.fixture.ts over real sockets. A server receives; before it stands a proxy for
// each fault of the line, and behind it a path for each fault of the peer itself. The waits between the tries are virtual.

import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { seeded } from '../websocket/load.fixture.ts'
import { SILENT } from '../../gateway/delivery/dispatcher.fixture.ts'
import { WISH_MS } from '../../gateway/delivery/faults.fixture.ts'
import type { FaultName, Receiver, Trial } from '../../gateway/delivery/faults.fixture.ts'
import type { Leg } from '../../gateway/ledger.ts'
import type { Party } from '../../gateway/parties/party.ts'
import type { Peer, Random } from '../../gateway/peer.ts'
import { listening } from '../http/raw.fixture.ts'
import { HANG_MS } from '../wait.fixture.ts'
import { createPeer } from './index.ts'
import { openProxy } from './proxy.fixture.ts'
import type { Proxy, Toxic } from './proxy.fixture.ts'

/** milliseconds that a try has which is not to be answered in time; every other has all the time there is */
const SPOILED_MS = 50
const STALLING: readonly FaultName[] = [
  'bandwidth',
  'timeout',
  'slow body',
  'never answers',
  'answers after the timeout',
]
/** octets of a message, and of an answer */
const BODY = 4_000

/** Faults of the line. A reset and a cut fall before the whole message is there, or before the whole answer is. */
const TOXICS: Readonly<Partial<Record<FaultName, (random: Random) => Toxic>>> = {
  latency: () => ({ kind: 'latency', ms: 20 }),
  bandwidth: () => ({ kind: 'bandwidth', rate: BODY }),
  'slow close': () => ({ kind: 'slow close', ms: 50 }),
  timeout: () => ({ kind: 'timeout' }),
  reset: (random) => ({ kind: 'reset', ...somewhere(random) }),
  slicer: () => ({ kind: 'slicer', octets: 16 }),
  'cut after n bytes': (random) => ({ kind: 'cut', ...somewhere(random) }),
}

function somewhere(random: Random) {
  const octets = 1 + Math.floor(random() * (BODY - 1))
  return { way: random() < 0.5 ? 'up' : 'down', octets } as const
}

/** Faults of the peer, by the path that they are made at. */
const ANSWERS: Readonly<Partial<Record<FaultName, (response: ServerResponse, n: number) => void>>> =
  {
    '5xx': (it, n) =>
      n % 2 === 0
        ? it.writeHead(503, { 'Retry-After': `${WISH_MS / 1_000}` }).end()
        : it.writeHead(500 + (n % 3)).end(),
    '3xx': (it) => it.writeHead(302, { Location: '/followed' }).end(),
    '401': (it) => it.writeHead(401, { 'WWW-Authenticate': 'Bearer' }).end(),
    'slow body': (it) => it.writeHead(200, { 'Content-Length': BODY }).write('x'),
    'never answers': () => undefined,
    'answers after the timeout': (it) => void setTimeout(() => it.end(), 2 * SPOILED_MS).unref(),
  }

/** Peers over sockets that fail as the trials say, until they are mended. */
export interface FailingPeers extends Receiver {
  readonly peer: Peer
  /** requests to the address that a redirect names */
  readonly followed: () => number
  readonly mend: () => void
  readonly close: () => Promise<void>
}

/** Opens them; the same seed spoils the same tries at the same octets. */
export async function openFailingPeers(
  trials: readonly Trial[],
  seed: number,
): Promise<FailingPeers> {
  const random = seeded(seed)
  const byLeg = new Map(trials.map((it) => [it.leg.id, it]))
  const tries = new Map<string, number>()
  const heard: string[] = []
  let [followed, isMended] = [0, false]
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? '')
    if (path === '/followed') {
      followed += 1
      return void response.end()
    }
    void received(request).then((id) => {
      if (id === undefined) return
      const fault = path.slice(1) as FaultName
      if (isArriving(fault)) heard.push(id)
      const answer = ANSWERS[fault] ?? fine
      answer(response, heard.length)
    })
  })
  // A connection that ends while it is unused would be a fault that nobody has made.
  server.keepAliveTimeout = HANG_MS
  const port = await listening(server)
  const proxies = new Map<string, Proxy>()
  for (const [fault, toxicOf] of Object.entries(TOXICS))
    proxies.set(fault, await openProxy(port, () => toxicOf(random)))
  const closed = await openProxy(port, () => ({ kind: 'timeout' }))
  await closed.close()
  const addressOf = (fault: FaultName): string => {
    if (fault === 'down') return `http://127.0.0.1:${closed.port}/`
    const proxy = proxies.get(fault)
    return proxy === undefined
      ? `http://127.0.0.1:${port}/${encodeURIComponent(fault)}`
      : `http://127.0.0.1:${proxy.port}/fine`
  }
  const real = createPeer({
    log: SILENT,
    limitBytes: () => 2 * BODY,
    allowed: () => [],
    privateNetworks: () => [],
  })
  const send = (party: Party, leg: Leg) => {
    const trial = byLeg.get(leg.id)
    const n = tries.get(leg.id) ?? 0
    tries.set(leg.id, n + 1)
    const isSpoiled = trial !== undefined && !isMended && n < trial.spoiled
    const url = isSpoiled ? addressOf(trial.fault) : `http://127.0.0.1:${port}/fine`
    const timeoutMs = isSpoiled && STALLING.includes(trial.fault) ? SPOILED_MS : HANG_MS
    const request = '<x/>'.padEnd(BODY)
    return real.send(
      { ...party, binding: { type: 'cim-xml', url, timeoutMs } },
      { ...leg, request },
    )
  }
  return {
    peer: { send, probe: real.probe },
    heard,
    followed: () => followed,
    mend: () => void (isMended = true),
    close: async () => {
      for (const it of proxies.values()) await it.close()
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}

/** MessageID of a message that is there as a whole. */
async function received(request: IncomingMessage): Promise<string | undefined> {
  try {
    const octets = Buffer.concat((await request.toArray()) as Buffer[])
    return octets.length === BODY ? String(request.headers['idempotency-key']) : undefined
  } catch {
    return undefined
  }
}

/** A peer that refuses has not taken it. */
function isArriving(path: string): boolean {
  return !['5xx', '3xx', '401'].includes(path)
}

function fine(response: ServerResponse): void {
  response.writeHead(200, { 'Content-Type': 'text/plain' }).end('x'.repeat(BODY))
}
