// Which answers of a peer are messages that say what has become of ours.

import { member, readJson } from '../../schema/json-text.ts'
import type { Party } from '../parties/party.ts'
import type { Answered } from '../peer.ts'
import { CIM_JSON } from '../relay/carriage.ts'

/**
 * XML of anybody, and CIM-JSON of whoever is sent CIM-JSON. What a vendor answers in a JSON of its own says no more than
 * its status.
 */
export function isMessage({ bytes, contentType }: Answered, party: Party | undefined): boolean {
  if (bytes.length === 0) return false
  if (/\bxml\b/i.test(contentType)) return true
  const { binding } = party ?? {}
  if (binding?.type !== 'json' || binding.dialect !== CIM_JSON) return false
  const read = readJson(new TextDecoder().decode(bytes))
  return 'value' in read && ENVELOPE.some((it) => member(read.value, it) !== undefined)
}

/** keys of which a message has one, and an acknowledgement of another kind none */
const ENVELOPE: readonly string[] = ['header', 'reply']
