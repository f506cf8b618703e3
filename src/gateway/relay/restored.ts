// A message that no process knows any more, from what was kept of it: judged as its sender is, and to be answered in its
// notation.

import { keptBy } from '../facade-answer.ts'
import type { Leg } from '../ledger.ts'
import type { Validate } from '../ports.ts'
import type { Sender } from '../received.ts'
import { octetsOf } from '../tracking/shown.ts'
import { unpacked } from '../unpack.ts'
import type { Pending } from './waiting.ts'

/** What restoring needs from outside. */
export interface RestoreParts {
  readonly validate: Validate
  /** a party as a sender, with what is agreed with it now */
  readonly senderOf: (party: string) => Sender
}

/** Undefined where it cannot be read any more. */
export async function restored(
  { request, party, bodyHash, contentType, exchangeId, traceparent }: Leg,
  { validate, senderOf }: RestoreParts,
): Promise<Pending | undefined> {
  const bytes = octetsOf(request)
  const sender = senderOf(party)
  const { tolerate, aliases } = sender
  const validated = await validate.judge(bytes, {
    json: true,
    own: true,
    ...(tolerate === undefined ? {} : { tolerate }),
    ...(aliases === undefined ? {} : { aliases }),
  })
  if (validated.json === undefined) return undefined
  const form = /json/.test(contentType) ? { unseen: true, render: keptBy } : {}
  const received = { bytes, sender, bodyHash, exchangeId, traceparent, ...form }
  return { received, validated, message: await unpacked(validated.json, validate) }
}
