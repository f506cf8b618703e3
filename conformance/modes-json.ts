// The modes for what is no binding of the standard: both sides of a gateway between JSON and XML, and its status feed.

import { differential, mappingCases } from './engine/differential.ts'
import { facadeFitted } from './engine/facade-fit.ts'
import { withoutRivals } from './engine/plan.ts'
import { run } from './engine/run.ts'
import { socketCases, sockets } from './engine/sockets.ts'
import type { Ran } from './engine/summary.ts'
import { PATIENCE } from './patience.ts'
import type { Ground, Mode, ModeOptions } from './modes.ts'
import type { Capability } from './shapes.ts'
import { asked, overBridge } from './transport/bridge.ts'
import { overFacade } from './transport/facade.ts'
import type { FacadeOptions } from './transport/facade.ts'
import { overSocket } from './transport/feed.ts'
import { addressFault, unclaimed } from './usage.ts'

/** `--mode gateway`. */
export const OF_GATEWAYS: Mode = {
  ...{ needsCapability: true, side: 'receives' },
  casesOf: (_register, capability) => mappingCases(capability ?? { roles: {} }),
  ...{ refusal: refusalOfGateway, play: playGateway },
}

/** `--transport json`: the cases of the register, as far as a façade has their messages. */
export const OF_FACADES: Mode = {
  ...{ needsCapability: true, side: 'receives' },
  casesOf: ({ scenarios }) => scenarios,
  fitted: (plan, _options, { nouns, ...writing }) =>
    facadeFitted(withoutRivals(plan, 'over the façade the tester is one provider'), nouns, writing),
  ...{ refusal: refusalOfFacades, play: playFacade },
}

/** `--transport websocket`. */
export const OF_SOCKETS: Mode = {
  ...{ needsCapability: true, side: 'receives' },
  casesOf: (register) => socketCases(register),
  ...{ refusal: refusalOfSockets, play: playSocketCases },
}

function refusalOfGateway(
  { target }: ModeOptions,
  capability: Capability | undefined,
): string | undefined {
  const fault = addressFault(
    '--target',
    target,
    'where the gateway under test is (its façade at /api/v1 there, its messages at /cim)',
  )
  if (fault !== undefined) return fault
  if (mappingCases(capability ?? { roles: {} }).length === 0)
    return 'roles/GW/receives of the capability statement names no noun that is created; `cimgate conformance list --role GW` prints a statement to fill in'
  return unclaimed('--mode gateway', 'json', capability, 'has a façade')
}

function playGateway(options: ModeOptions, ground: Ground): Promise<Ran> {
  const { target = '', wait, header, host = '127.0.0.1', port = 0 } = options
  const how = { target, waitMs: wait * 1000, headers: header, place: { host, port } }
  const bridge = (hears: Parameters<typeof overBridge>[0]['hears']) =>
    overBridge({ ...how, hears }, ground.tell)
  return differential({ ...ground, target, waitMs: how.waitMs, bridge })
}

function refusalOfFacades(
  { target }: ModeOptions,
  capability: Capability | undefined,
): string | undefined {
  const about = 'where the product under test is (its JSON façade at /api/v1 there)'
  const fault = addressFault('--target', target, about)
  if (fault !== undefined) return fault
  return unclaimed('--transport json', 'json', capability, 'has a façade')
}

function playFacade(options: ModeOptions, ground: Ground): Promise<Ran> {
  const { target = '', wait, header } = options
  const { nouns, now } = ground
  const way = (seconds: number) => {
    const how = { target, waitMs: seconds * 1000 }
    const ask: FacadeOptions['ask'] = (it, own) =>
      asked(it, { ...how, headers: { ...own, ...header } })
    return overFacade({ ask, nouns, now })
  }
  const transport = { ...way(wait), patient: way(wait * PATIENCE) }
  return run({ ...ground, target, transport })
}

function refusalOfSockets(
  { target }: ModeOptions,
  capability: Capability | undefined,
): string | undefined {
  const fault = addressFault(
    '--target',
    target,
    'where the gateway under test is (its status feed at WS /status there, its façade at /api/v1)',
  )
  if (fault !== undefined) return fault
  return unclaimed('--transport websocket', 'websocket', capability, 'has a status feed')
}

function playSocketCases(options: ModeOptions, ground: Ground): Promise<Ran> {
  const { target = '', wait, header } = options
  const how = { target, waitMs: wait * 1000, headers: header }
  const feed = overSocket(target, header, how.waitMs)
  const isProven = Object.keys(header).length > 0
  return sockets({ ...ground, ...how, ask: (it) => asked(it, how), feed, isProven })
}
