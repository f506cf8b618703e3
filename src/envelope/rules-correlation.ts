// COR: how replies are tied to requests, and where they go.

import { correlationOf } from './correlation.ts'
import type { EnvelopeView } from './envelope.ts'
import { isBlank, isTrue, partOf, partText } from './parts.ts'
import { rule } from './rule.ts'
import type { Breach } from './rule.ts'

/** The rules of correlation. */
export const CORRELATION_RULES = [
  rule({
    id: 'COR-01',
    level: 'MUST',
    clause: 'IEC 61968-100:2013 6.9',
    text: 'A reply carries the CorrelationID of its request, or the MessageID of a request without one.',
    replyCode: '1.5',
    check: (view) => (view.role === 'reply' ? noCorrelation(view) : []),
    pair: otherCorrelation,
  }),
  rule({
    id: 'COR-02',
    level: 'MUST',
    clause: 'IEC 61968-100:2013 5.2.5, 6.3.2',
    text: 'A request that sets AsyncReplyFlag has a ReplyAddress, and its reply goes there.',
    replyCode: '1.5',
    check: noReplyAddress,
  }),
]

function noCorrelation({ header, correlationID }: EnvelopeView): readonly Breach[] {
  if (header === undefined || !isBlank(correlationID)) return []
  return [
    {
      at: (partOf(header, 'CorrelationID') ?? header).index,
      expected: 'a CorrelationID',
      found: correlationID === undefined ? 'none' : 'an empty one',
      message: 'The reply does not say which request it answers.',
      mend: "Write the request's CorrelationID, or its MessageID when it has none, as CorrelationID.",
    },
  ]
}

function otherCorrelation(request: EnvelopeView, reply: EnvelopeView): readonly Breach[] {
  const expected = correlationOf(request)
  const { header, correlationID, role } = reply
  if (role !== 'reply' || expected === undefined || header === undefined) return []
  if (correlationID === undefined || isBlank(correlationID)) return noCorrelation(reply)
  if (correlationID === expected) return []
  return [
    {
      at: (partOf(header, 'CorrelationID') ?? header).index,
      expected,
      found: correlationID,
      message: `The CorrelationID is ${origin(request, correlationID)}, not that of the request.`,
      mend: `Write ${expected} as CorrelationID.`,
    },
  ]
}

/** The two mistakes seen most, by name. */
function origin(request: EnvelopeView, correlationID: string): string {
  return correlationID === request.messageID ? "the request's MessageID" : 'another one'
}

function noReplyAddress({ header, role }: EnvelopeView): readonly Breach[] {
  const flag = partOf(header, 'AsyncReplyFlag')
  if (role === 'reply' || flag === undefined || !isTrue(flag.text)) return []
  if (!isBlank(partText(header, 'ReplyAddress'))) return []
  return [
    {
      at: flag.index,
      expected: 'a ReplyAddress',
      found: 'none',
      message: 'An asynchronous reply is asked for, but there is no address to send it to.',
      mend: 'Write a ReplyAddress, or leave out AsyncReplyFlag.',
    },
  ]
}
