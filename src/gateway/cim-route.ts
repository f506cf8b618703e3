// The route of whole messages: one in, its reply out, in the notation in which it came. CIM-JSON becomes XML at the door and
// goes the way of all messages; only what no XML can be written of is answered by a problem document.

import { isObject } from '../schema/json-text.ts'
import { messageFromJson } from '../schema/message-xml.ts'
import type { FacadeAnswer } from './facade/request.ts'
import { answered } from './facade/headers.ts'
import { jsonReceived } from './facade/message.ts'
import { inJson, isJson, renderingJson } from './in-json.ts'
import { toldOf } from './json-findings.ts'
import type { JsonBody } from './json-findings.ts'
import { BODY_ERRORS, OUR_ERRORS } from './operation.ts'
import type { Operation } from './operation.ts'
import { problemOf } from './problem.ts'
import { errorsOf } from './refusals.ts'
import { withJson } from './resource-request.ts'
import type { Route, RouteParts, RouteRequest } from './route.ts'
import { judgeJson } from './translate.ts'

const PATH = '/cim'

const CIM: Operation = {
  id: 'exchangeMessage',
  tag: 'Messages',
  answers: ['reply'],
  errors: [...BODY_ERRORS, 'hostile-xml', 'unsupported-kind', 'schema-invalid', ...OUR_ERRORS],
  refusal: 'either',
}

/** POST /cim */
export function cimRoute(parts: RouteParts): Route {
  const { exchange, soapProof } = parts
  return {
    method: 'POST',
    path: PATH,
    body: ['xml', 'json'],
    about: 'one CIM message in, its reply out, both in XML or both in CIM-JSON',
    operation: CIM,
    answer: (request) => {
      if (request.kind === 'json')
        return withJson(request, PATH, (body) => received(body, request, parts))
      const { bytes, bodyHash, sender, traceparent } = request
      return exchange.receive({ bytes, sender, bodyHash, traceparent }).then((it) => answered(it))
    },
    refuse: (error, status, headers) =>
      isJson(headers?.['content-type'] ?? '')
        ? problemOf([error], status, { instance: PATH })
        : exchange.refusal(error, status),
    // A message in SOAP may say itself who sends it; who has proved nothing by then is not read.
    ...(soapProof === undefined ? {} : { proof: soapProof, headersFirst: true }),
  }
}

async function received(
  body: JsonBody,
  request: RouteRequest,
  parts: RouteParts,
): Promise<FacadeAnswer> {
  const { xml, issues } = messageFromJson(body.json, parts.schemas)
  if (issues.length > 0) return unwritable(body, request, parts)
  const { bodyHash, sender, traceparent } = request
  const bytes = new TextEncoder().encode(xml)
  const answer = await parts.exchange.receive({
    ...{ bytes, sender, bodyHash, traceparent },
    unseen: 'message',
    // Also what is told later.
    render: renderingJson(parts.validate),
  })
  return answered({ ...answer, rendered: await inJson(answer.rendered, parts.validate) })
}

/** What has no XML, and what the schema says of the rest: on record, as whatever else is refused. */
async function unwritable(
  body: JsonBody,
  request: RouteRequest,
  parts: RouteParts,
): Promise<FacadeAnswer> {
  const { validated } = await judgeJson(body.json, parts)
  const findings = toldOf(validated.findings, body)
  const facts = { findings, instance: PATH, row: 'schema-invalid' } as const
  const rendered = problemOf(errorsOf({ ...validated, findings }), undefined, facts)
  const { MessageID: messageID = '', CorrelationID: correlationID = '' } = parts.facade.ids()
  const answer = { rendered, messageID, correlationID, repeated: false }
  const message = isObject(body.json) ? body.json : {}
  await parts.exchange.keepRefused(
    jsonReceived(request, message),
    { ...validated, findings },
    answer,
  )
  return answered(answer)
}
