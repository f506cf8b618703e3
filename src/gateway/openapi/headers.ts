// Headers of answers, as components of OpenAPI.

import type { JsonObject } from '../../schema/json-text.ts'

/** Headers of answers. */
export const HEADERS: JsonObject = {
  MessageID: header('MessageID of the message that answers, or would.'),
  CorrelationID: header('CorrelationID under which both sides can speak of it.'),
  ETag: header('Entity tag of the one revision that the body holds.'),
  Location: header('Where the first of the new objects is.'),
  ContentSecurityPolicy: header('No browser runs what is in the body.'),
  ContentDisposition: header('The body is to be kept, not shown.'),
  IdempotencyReplayed: {
    ...header('`true` for the stored reply to a repeated message: nothing was done this time.'),
    schema: { type: 'string', enum: ['true'] },
  },
  RetryAfter: { ...header('Seconds to wait before a repeat.'), schema: { type: 'integer' } },
}

function header(description: string): JsonObject {
  return { description, schema: { type: 'string' } }
}
