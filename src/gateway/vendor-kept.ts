// How a message of a vendor is acknowledged whose request no process knows any more: from what it has become, in the vendor's words.

import { vendorRoutes } from '../dialects/index.ts'
import type { Agreed, Losses } from '../dialects/dialect.ts'
import { isObject, member } from '../schema/json-text.ts'
import type { JsonObject } from '../schema/json-text.ts'
import type { Clock } from './ports.ts'
import type { Rendered, Unrendered } from './received.ts'
import { acknowledgement, asVendorHas, objectsIn } from './vendor-ack.ts'

/** What was lost on its way into CIM has been said already. */
const NO_LOSSES: Losses = {
  ...{ mapped: 0, dropped: [], kept: [], defaulted: [], invented: [], altered: [], unmapped: [] },
}

/**
 * @param path by which it has come @param verb of the message @param message as CIM-JSON, with what of it was refused here
 * @returns undefined where no dialect has that path any more
 */
export function acknowledgedAt(
  path: string,
  verb: string,
  message: JsonObject,
  { agreed, clock }: { readonly agreed: Agreed; readonly clock: Clock },
): ((said: Unrendered) => Rendered) | undefined {
  const route = vendorRoutes().find(
    (it) => it.path === path && it.action === 'message' && it.verbs?.some((own) => own === verb),
  )
  const own = route && member(member(message, 'payload'), route.noun)
  if (route === undefined || !isObject(own)) return undefined
  const { '@xmlns': _ns, ...content } = own
  const list = route.resource.mapped?.around?.list
  return (said) => {
    const objects = objectsIn(route, content).map((it) => asVendorHas(it, route, agreed))
    const taken = {
      ...{ objects, list, content, refused: new Map(), repeats: new Map(), losses: NO_LOSSES },
      pointerTo: (at: number) => (list === undefined ? '' : `/${list}/${at}`),
      sent: objects.map((_it, at) => at),
    }
    return acknowledgement(route, taken, said, { at: clock(), agreed })
  }
}
