// The modes of a run: what each asks for, and how it is played. The command line knows no more of them.

import { basename, resolve } from 'node:path'
import { statSync } from 'node:fs'
import { readCapture } from './captured/folder.ts'
import { playable } from './engine/answering.ts'
import type { Playable } from './engine/answering.ts'
import type { Judged } from './engine/judge.ts'
import type { Nouns } from './engine/mapping/samples.ts'
import { isLater } from './engine/later-step.ts'
import { between } from './engine/middle.ts'
import { offline } from './engine/offline.ts'
import type { Writing } from './engine/form-fit.ts'
import { withoutRivals } from './engine/plan.ts'
import type { Plan, Side } from './engine/plan.ts'
import { run } from './engine/run.ts'
import type { Ran, Run } from './engine/summary.ts'
import { serve } from './engine/server.ts'
import { typedFitted } from './engine/typed-fit.ts'
import { payloadsOf } from './mapping/facade-request.ts'
import type { NounFacts } from './mapping/facade-request.ts'
import { OF_FACADES, OF_GATEWAYS, OF_SOCKETS } from './modes-json.ts'
import { tokenOf } from './ids.ts'
import { LISTENERS } from './peers/listeners.ts'
import { PAIR, pairRoles } from './modes-pair.ts'
import { PATIENCE } from './patience.ts'
import { scenarioOf } from './register.ts'
import type { Register } from './register.ts'
import type { Capability, Scenario } from './shapes.ts'
import { overBackchannel } from './transport/backchannel.ts'
import { CARRIERS, carrierOf } from './transport/carrier.ts'
import type { CarrierName } from './transport/carrier.ts'
import type { Transport } from './transport/answer.ts'
import { NOUN, overHttp } from './transport/http.ts'
import { listenLater } from './transport/later.ts'
import type { OpenLater } from './transport/later.ts'
import { addressFault, shownUrl, unclaimed } from './usage.ts'

/** What the modes are asked with. */
export interface ModeOptions {
  /** by default the tester is the client */
  readonly mode?: ModeName
  /** where the product takes messages */
  readonly target?: string
  /** what messages travel in */
  readonly transport?: CarrierName | 'websocket' | 'json'
  /** seconds for an answer */
  readonly wait: number
  readonly header: Readonly<Record<string, string>>
  /** the same for what another provider sends */
  readonly rivalHeader?: Readonly<Record<string, string>>
  /** where the other product takes messages */
  readonly other?: string
  /** folder of captured messages */
  readonly messages?: string
  /** to listen on: an address of this machine, and a port, 0 = any free one */
  readonly host?: string
  readonly port?: number
  /** in the addresses of the tester, so that a product keeps them from run to run; by default of the seed */
  readonly token?: string
  /** seconds for the whole */
  readonly for?: number
  /** what is POSTed what the product is to send */
  readonly backchannel?: string
}

/** What all modes are played with. */
export interface Ground extends Omit<Run, 'target'> {
  /** what the schemas in use give */
  readonly nouns: Nouns
  /** L1 to L5 of a message */
  readonly judge: (bytes: Uint8Array) => Promise<Judged>
  /** told as it happens */
  readonly tell: (line: string) => void
  /** Resolves when the user has had enough. */
  readonly stopped: () => Promise<unknown>
}

/** What tells whether messages have a form. */
export interface Fitting extends Writing {
  readonly nouns: NounFacts
}

/** One way to test. */
export interface Mode {
  /** without a capability statement there is nothing to plan by */
  readonly needsCapability: boolean
  /** What is wrong in the options; undefined = nothing. */
  /** what a role has to claim for the cases of the mode */
  readonly side: Side
  /** of some modes only what is claimed says what they are */
  readonly casesOf: (register: Register, capability?: Capability) => readonly Scenario[]
  readonly refusal: (options: ModeOptions, capability: Capability | undefined) => string | undefined
  /** the plan as far as its messages have a form on the way that is asked for; by default they all have */
  readonly fitted?: (plan: Plan, options: ModeOptions, fitting: Fitting) => Plan
  readonly play: (options: ModeOptions, ground: Ground) => Promise<Ran>
}

/** All of them. */
export const MODES = {
  client: {
    ...{ needsCapability: true, side: 'receives', casesOf: (it) => it.scenarios },
    ...{ refusal: refusalOfClient, fitted: fittedToClient, play: playClient },
  },
  server: {
    ...{ needsCapability: true, side: 'sends', casesOf: (it) => it.clients.map(scenarioOf) },
    ...{ refusal: refusalOfServer, play: playServer },
  },
  gateway: OF_GATEWAYS,
  middle: {
    ...{ needsCapability: false, side: 'receives', casesOf: () => [] },
    ...{ refusal: refusalOfMiddle, play: playMiddle },
  },
  offline: {
    ...{ needsCapability: false, side: 'receives', casesOf: () => [] },
    ...{ refusal: refusalOfOffline, play: playOffline },
  },
  pair: PAIR,
} satisfies Readonly<Record<string, Mode>>
/** One of them. */
export type ModeName = keyof typeof MODES

/** The mode with the cases of what a product claims. */
export function claimed(mode: Mode, capability: Capability): Mode {
  return { ...mode, casesOf: (register) => mode.casesOf(register, capability) }
}

/** The mode that is asked for: what a status feed tells is heard, not sent. */
export function modeOf({ mode = 'client', transport }: ModeOptions): Mode {
  if (mode !== 'client') return MODES[mode]
  if (transport === 'websocket') return OF_SOCKETS
  return transport === 'json' ? OF_FACADES : MODES.client
}

function refusalOfClient(
  { target, transport = 'http' }: ModeOptions,
  capability: Capability | undefined,
): string | undefined {
  const fault = addressFault('--target', target, 'where the product under test takes messages')
  if (fault !== undefined) return fault
  const spoken = transport.startsWith('soap') ? 'soap' : 'http-xml'
  return unclaimed(`--transport ${transport}`, spoken, capability, 'speaks it')
}

/** Of services with an address for each noun every message needs a form of its own; elsewhere the generic one is taken, too. */
function fittedToClient(plan: Plan, options: ModeOptions, { nouns, ...writing }: Fitting): Plan {
  const { target = '', transport = 'http', rivalHeader = {} } = options
  const own = Object.keys(rivalHeader).length > 0 ? plan : withoutRivals(plan)
  const isTyped = 'isTyped' in CARRIERS[carrierOf(transport)]
  return isTyped && target.includes(NOUN) ? typedFitted(own, payloadsOf(nouns), writing) : own
}

async function playClient(options: ModeOptions, ground: Ground): Promise<Ran> {
  const { wait, target = '' } = options
  const later = await laterIn(options, ground)
  try {
    const way = wayIn(options, ground, wait)
    const patient = wayIn(options, ground, wait * PATIENCE)
    const where = later === undefined ? {} : { later }
    const transport = { ...way, ...where, patient: { ...patient, ...where } }
    return await run({ ...ground, target, transport })
  } finally {
    await later?.close()
  }
}

/** Nobody listens where nothing comes later. */
async function laterIn(
  { host = '127.0.0.1', port = 0, token, wait }: ModeOptions,
  { plan, seed, tell }: Ground,
): Promise<OpenLater | undefined> {
  const due = plan.cases.filter((it) => it.notApplicable === undefined)
  if (!due.some(({ scenario }) => scenario.steps.some(isLater))) return undefined
  const waitMs = wait * PATIENCE * 1000
  const later = await listenLater({ host, port }, token ?? tokenOf(seed), waitMs)
  tell(`answers that come later are taken at ${later.address}`)
  return later
}

function wayIn(
  { target = '', transport = 'http', header: headers, rivalHeader: rival }: ModeOptions,
  { nouns }: Ground,
  wait: number,
): Transport {
  const how = { carrier: carrierOf(transport), namespaceOf: payloadsOf(nouns) }
  const proving = { headers, ...(rival === undefined ? {} : { rival }) }
  return overHttp({ url: target, waitMs: wait * 1000, ...proving, ...how })
}

function refusalOfMiddle({ target, other }: ModeOptions): string | undefined {
  return Object.entries({ target, other })
    .map(([name, url]) =>
      addressFault(`--${name}`, url, 'where one of the two products takes messages'),
    )
    .find((it) => it !== undefined)
}

function playMiddle(options: ModeOptions, ground: Ground): Promise<Ran> {
  const { target = '', other = '', wait, host = '127.0.0.1', port = 0 } = options
  const forMs = options.for === undefined ? undefined : options.for * 1000
  const how = {
    target,
    other,
    place: { host, port },
    waitMs: wait * 1000,
    forMs,
    stopped: ground.stopped(),
  }
  return between({ ...ground, ...how })
}

function refusalOfOffline({ messages }: ModeOptions): string | undefined {
  if (messages === undefined)
    return '--messages names the folder of captured messages: XML files, HTTP archives (.har), lines of JSON (.ndjson)'
  return statSync(messages, { throwIfNoEntry: false }) === undefined
    ? `--messages ${messages}: there is no such folder`
    : undefined
}

function playOffline({ messages = '' }: ModeOptions, ground: Ground): Promise<Ran> {
  return offline(readCapture(messages), { ...ground, target: messages })
}

/** What the tester can be to a client. */
const PEERS: readonly Playable[] = LISTENERS.map((it) => playable(it))

function refusalOfServer(
  { backchannel }: ModeOptions,
  capability: Capability | undefined,
): string | undefined {
  const fault =
    backchannel === undefined
      ? undefined
      : addressFault('--backchannel', backchannel, 'what is told what to send next')
  if (fault !== undefined) return fault
  const claimed = Object.values(capability?.roles ?? {}).flatMap(({ sends }) =>
    Object.values(sends),
  )
  return claimed.some((it) => it !== '-')
    ? undefined
    : 'roles/…/sends of the capability statement is empty: say what the product sends; `cimgate conformance list --role AGG` prints a statement to fill in'
}

function playServer(options: ModeOptions, ground: Ground): Promise<Ran> {
  const { wait, host = '127.0.0.1', port = 0, backchannel } = options
  const due = ground.plan.cases.filter((it) => it.notApplicable === undefined)
  const ids = new Set(due.map(({ scenario }) => scenario.id))
  const clients = ground.register.clients.filter((it) => ids.has(it.id))
  const waitMs = wait * 1000
  const named = options.token === undefined ? {} : { token: options.token }
  return serve({
    ...{ ...ground, ...named, clients, place: { host, port }, waitMs, stopped: ground.stopped() },
    peers: PEERS.filter(({ role }) => clients.some((it) => it.peer === role)),
    forMs: options.for === undefined ? undefined : options.for * 1000,
    trigger: backchannel === undefined ? undefined : overBackchannel(backchannel, waitMs),
  })
}

/** The statement of who has made none: messages are judged, and no case is asked for. */
export function unstated(
  { mode, messages, target }: ModeOptions,
  register: Pick<Register, 'scripts'>,
): Capability {
  const isPlayed = mode === 'pair' && target === undefined
  const seen = messages === undefined ? shownUrl(target ?? '') : basename(resolve(messages))
  const name = isPlayed ? 'reference peers' : seen
  return {
    product: { name, version: '', vendor: '' },
    editions: ['IEC 61968-100:2013'],
    transports: ['http-xml'],
    roles: mode === 'pair' ? pairRoles(register, target) : {},
    options: {
      ...{ async: false, operationSet: false, compression: false, events: false },
      ...{ groupVersion: false, assignsMRID: false, mixedBatch: 'FAILED', whenTargetDown: 'none' },
    },
  }
}
