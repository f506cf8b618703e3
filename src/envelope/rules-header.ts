// HDR: the fields of the Header that concern every message.

import type { EnvelopeView } from './envelope.ts'
import { isBlank, partOf } from './parts.ts'
import { rule } from './rule.ts'
import type { Breach } from './rule.ts'

/** The rules of the Header. */
export const HEADER_RULES = [
  rule({
    id: 'HDR-01',
    level: 'MUST',
    clause: 'IEC 61968-100:2013 6.3.2, 6.9',
    text: 'Every message but a fault has a MessageID, which its sender never uses twice.',
    replyCode: '1.5',
    check: noMessageID,
  }),
  rule({
    id: 'HDR-04',
    level: 'MUST',
    clause: 'IEC 61968-100:2013 6.11',
    text: 'A Timestamp carries Z or an offset.',
    replyCode: '1.8',
    check: noZone,
  }),
  rule({
    id: 'HDR-05',
    level: 'SHOULD',
    clause: 'IEC 61968-100:2013 6.3.2',
    text: 'The same MessageID or Nonce, sent twice, has one effect.',
    replyCode: '6.1',
    untested: 'It shows only in what the receiver does with the second message.',
  }),
]

function noMessageID({ header, messageID, role }: EnvelopeView): readonly Breach[] {
  // That a fault has a Header at all is the XSD's to say.
  if (header === undefined || role === 'fault' || !isBlank(messageID)) return []
  return [
    {
      at: (partOf(header, 'MessageID') ?? header).index,
      expected: 'a MessageID',
      found: messageID === undefined ? 'none' : 'an empty one',
      message: 'The message has no MessageID, so it cannot be told from another one or answered.',
      mend: 'Write a MessageID that is never used again, best a UUID.',
    },
  ]
}

/** A dateTime as the XSD takes it, but without a zone; what is no dateTime at all is left to the XSD. */
const ZONELESS = /^\s*-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?\s*$/

function noZone({ header, timestamp }: EnvelopeView): readonly Breach[] {
  const place = partOf(header, 'Timestamp')
  if (place === undefined || timestamp === undefined || !ZONELESS.test(timestamp)) return []
  return [
    {
      at: place.index,
      expected: 'a dateTime with Z or an offset',
      found: timestamp,
      message: 'The Timestamp has no zone, so nobody can say which instant it is.',
      mend: `Write ${timestamp.trim()}Z when it is UTC, or add the offset, such as ${timestamp.trim()}+01:00.`,
    },
  ]
}
