// The reply to a SOAP request whose sender did not wait: a call of its own, in the version and the style of the request.

import { typedRoot } from '../../envelope/typed-roots.ts'
import { element } from '../../envelope/element.ts'
import type { SchemaSet } from '../../schema/schemas.ts'
import type { Validated } from '../ports.ts'
import type { Carried } from '../relay/carriage.ts'
import { wrapped } from './carried.ts'
import { genericAction } from './generic.ts'
import { actionOf, carriedAs } from './outbound.ts'

const OPERATION = 'Response'

/**
 * The reply as the operation that its receiver has to offer: `Reply<X>` with the ResponseMessage of the noun for a typed
 * request, `Response` of the generic web service for a generic one, in its wrapper where the request had one.
 * @param xml the ResponseMessage, without declaration
 * @param request what it answers
 * @returns undefined where the request did not come by SOAP
 */
export function laterReplyInSoap(
  xml: string,
  { soap, root, wrapper }: Pick<Validated, 'soap' | 'root' | 'wrapper'>,
  schemas: SchemaSet,
): Carried | undefined {
  if (soap === null || root === null) return undefined
  const typed = typedRoot(element(root.ns, root.name))
  if (typed !== undefined)
    return carriedAs(xml, soap, actionOf({ name: typed.reply, ns: root.ns }, schemas))
  const content = wrapper === undefined ? xml : wrapped(xml, OPERATION)
  return carriedAs(content, soap, genericAction(OPERATION))
}
