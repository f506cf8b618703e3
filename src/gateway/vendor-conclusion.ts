// The end of a message that a vendor was only acknowledged, told in the shape of that acknowledgement: what became of each of
// its objects, once, at the path that its dialect has for that (RS-04).

import type { Ack } from '../dialects/ack.ts'
import { writtenAck } from '../dialects/acknowledgement.ts'
import { vendorRoutes } from '../dialects/index.ts'
import type { BoundRoute } from '../dialects/index.ts'
import { writeJson } from '../schema/json-text.ts'
import { JSON_TYPE } from './facade/answer.ts'
import type { Leg } from './ledger.ts'
import { KEYED } from './message-record.ts'
import type { Party } from './parties/party.ts'

/** The route whose end its party is told of; undefined where it speaks no dialect, or one that has no words for that. */
export function conclusionFor(
  { binding }: Pick<Party, 'binding'>,
  { noun, verb }: Pick<Leg, 'noun' | 'verb'>,
): BoundRoute | undefined {
  if (binding?.type !== 'json') return undefined
  return vendorRoutes().find(
    (it) =>
      it.dialect === binding.dialect &&
      it.noun === noun &&
      it.concludedAt !== undefined &&
      it.verbs?.some((own) => own === verb) === true,
  )
}

/** As it is posted. @param origin the leg on which the message came */
export function concluded(
  { concludedAt = '', acknowledged = 'msg-ack' }: BoundRoute,
  ack: Ack,
  origin: Pick<Leg, 'messageID'>,
  at: string,
): Pick<Leg, 'request' | 'contentType' | 'target'> {
  const said = { ...ack, about: idGiven(origin) }
  const { body } = writtenAck(acknowledged, said, { at, objects: () => [], status: 200 })
  return { request: writeJson(body), contentType: JSON_TYPE, target: `POST ${concludedAt}` }
}

/** What its sender knows the message by. */
function idGiven({ messageID }: Pick<Leg, 'messageID'>): string {
  return messageID.startsWith(KEYED) ? messageID.slice(KEYED.length) : messageID
}
