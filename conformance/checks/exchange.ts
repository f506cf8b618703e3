// What shows only in a request and its reply together. Each check is a function of the two, with the requirement it is for.

import { observed } from '../finding.ts'
import type { Check, Observation } from '../finding.ts'
import { find, textAt, textsAt } from '../find.ts'
import type { Node } from '../xml.ts'

/** A request with what came back. */
export interface Exchange {
  readonly request: Node | undefined
  readonly messageID: string
  readonly correlationID: string
  readonly reply: Node | undefined
  /** MessageIDs that have been seen before */
  readonly seen: ReadonlySet<string>
}

/** One of them. */
export type ExchangeCheck = Check<Exchange>

/** All, in the order in which they are printed. */
export const EXCHANGE_CHECKS: readonly ExchangeCheck[] = [
  { requirement: 'RPL-06', judge: noReply },
  { requirement: 'ENV-04', judge: faultForReadable },
  { requirement: 'COR-01', judge: otherCorrelation },
  { requirement: 'NOU-03', judge: otherNoun },
  { requirement: 'HDR-02', judge: usedMessageID },
  { requirement: 'HDR-03', judge: noTimestamp },
  { requirement: 'OPS-07', judge: unknownOperation },
  { requirement: 'OPS-09', judge: unnamedOperation },
]

/** A reply repeats the Noun of its request, also one that nobody knows: that is the fault of whoever has asked. */
export function isRepeatedNoun(
  { requirement }: Observation,
  { request, reply }: Pick<Exchange, 'request' | 'reply'>,
): boolean {
  const [own, askedFor] = [reply, request].map((it) => textAt(it, 'Header/Noun'))
  return requirement === 'NOU-02' && own !== undefined && own === askedFor
}

function isReply(root: Node | undefined): root is Node {
  return root !== undefined && /ResponseMessage$/.test(root.name)
}

function noReply({ reply }: Exchange): readonly Observation[] {
  if (reply === undefined || /(ResponseMessage|FaultMessage|Fault)$/.test(reply.name)) return []
  const it = {
    expected: 'a ResponseMessage',
    got: reply.name,
    message: `A request is answered by a ${reply.name}.`,
  }
  return [observed('RPL-06', 'L6', { ...it, path: `/${reply.name}`, line: reply.line })]
}

function faultForReadable({ request, reply }: Exchange): readonly Observation[] {
  if (request === undefined || reply === undefined || !/Fault(Message)?$/.test(reply.name))
    return []
  const it = {
    expected: 'a ResponseMessage with the Header of the reply',
    got: reply.name,
    message:
      'The request could be read, and is answered by a FaultMessage, which nobody can correlate.',
  }
  return [observed('ENV-04', 'L6', { ...it, path: `/${reply.name}`, line: reply.line })]
}

function otherCorrelation({ reply, messageID, correlationID }: Exchange): readonly Observation[] {
  if (!isReply(reply)) return []
  const got = textAt(reply, 'Header/CorrelationID')
  if (got === correlationID) return []
  const expected =
    correlationID === messageID
      ? correlationID
      : `${correlationID}, the CorrelationID of the request`
  const message =
    got === undefined
      ? 'The reply has no CorrelationID: whoever has several requests open cannot tell which it answers.'
      : 'The reply has the CorrelationID of another message.'
  return [
    observed('COR-01', 'L6', {
      expected,
      got: got ?? 'none',
      message,
      ...placeOf(reply, 'Header/CorrelationID'),
    }),
  ]
}

function otherNoun({ request, reply }: Exchange): readonly Observation[] {
  if (!isReply(reply)) return []
  const [expected, got] = [textAt(request, 'Header/Noun'), textAt(reply, 'Header/Noun')]
  if (expected === undefined || got === undefined || expected === got) return []
  const message = 'The reply has another Noun than its request.'
  return [observed('NOU-03', 'L6', { expected, got, message, ...placeOf(reply, 'Header/Noun') })]
}

function usedMessageID({ reply, messageID, seen }: Exchange): readonly Observation[] {
  const got = textAt(reply, 'Header/MessageID')
  if (reply === undefined || got === undefined || (got !== messageID && !seen.has(got))) return []
  const message =
    got === messageID
      ? 'The reply has the MessageID of its request.'
      : 'The reply has a MessageID that was used before.'
  return [
    observed('HDR-02', 'L6', {
      expected: 'a MessageID of its own',
      got,
      message,
      ...placeOf(reply, 'Header/MessageID'),
    }),
  ]
}

function noTimestamp({ reply }: Exchange): readonly Observation[] {
  if (!isReply(reply) || textAt(reply, 'Header/Timestamp') !== undefined) return []
  const message = 'The reply does not say when it was made.'
  const it = { expected: 'a Timestamp', got: 'none', message, ...placeOf(reply, 'Header') }
  return [observed('HDR-03', 'L6', it)]
}

function unknownOperation({ request, reply }: Exchange): readonly Observation[] {
  const known = textsAt(request, '**/Operation/operationId')
  return find(reply, 'Reply/operationId')
    .filter((it) => !known.includes(it.text))
    .map((it) =>
      observed('OPS-07', 'L6', {
        expected: known.length === 0 ? 'no operationId' : `one of ${known.join(', ')}`,
        got: it.text,
        message: 'The reply names an operation that the request does not have.',
        path: `/${reply?.name ?? ''}/Reply/operationId`,
        line: it.line,
      }),
    )
}

/** Of several Operations a reply that names none is about the whole set; of one, whoever tracks by Operation waits for it. */
function unnamedOperation({ request, reply }: Exchange): readonly Observation[] {
  const [only, ...others] = textsAt(request, '**/Operation/operationId')
  if (only === undefined || others.length > 0 || !isReply(reply)) return []
  if (textAt(request, 'Header/Verb') !== 'execute') return []
  if (textAt(reply, 'Reply/Result') !== 'OK') return []
  if (find(reply, 'Reply/operationId').length + find(reply, 'Reply/Error/operationId').length > 0)
    return []
  const message = 'The reply to one Operation does not say that it is about that Operation.'
  const it = { expected: `operationId ${only}`, got: 'none', message, ...placeOf(reply, 'Reply') }
  return [observed('OPS-09', 'L6', it)]
}

function placeOf(root: Node, path: string): { readonly path: string; readonly line: number } {
  const place = find(root, path)[0]
  return place === undefined
    ? { path: `/${root.name}`, line: root.line }
    : { path: `/${root.name}/${path}`, line: place.line }
}
