// The gateway put together: flows, exchange, façade and routes over one store. What it stands on is handed in.

import { createExchange } from './exchange.ts'
import type { ExchangeParts } from './exchange.ts'
import { createFacade } from './facade.ts'
import { flowIn } from './flow-in.ts'
import type { Store } from './ports.ts'
import { routesOf } from './routes.ts'
import type { RouteParts, ServedRoute } from './routes.ts'
import { trackingOf } from './tracking/tracking.ts'

/** What a gateway is made of. */
export interface GatewayParts extends Omit<ExchangeParts, 'flow'> {
  readonly report: RouteParts['report']
  /** true from the moment on which nothing new is to be sent here */
  readonly isEnding: () => boolean
  readonly describe: RouteParts['describe']
  readonly documents?: RouteParts['documents']
  readonly actions?: RouteParts['actions']
  readonly readXml?: RouteParts['readXml']
  readonly publicUrl?: RouteParts['publicUrl']
}

/** Every route of the HTTP interface, and what answers it. */
export function gatewayRoutes(parts: GatewayParts): readonly ServedRoute[] {
  const { schemas, validate, store, report, describe } = parts
  const all = { ...parts, flow: flowIn(schemas) }
  const exchange = createExchange(all)
  const facade = createFacade(all, exchange)
  const ready = async () => (parts.isEnding() ? 'The gateway is ending.' : whyNot(store))
  const { documents, actions, readXml, publicUrl } = parts
  const tracking = trackingOf(store)
  return routesOf({
    schemas,
    validate,
    exchange,
    facade,
    report,
    ready,
    describe,
    documents,
    tracking,
    actions,
    readXml,
    publicUrl,
  })
}

/** Why the store cannot be used; empty when it can. */
function whyNot(store: Store): Promise<string> {
  return store.horizon().then(
    () => '',
    (error: Error) => error.message,
  )
}
