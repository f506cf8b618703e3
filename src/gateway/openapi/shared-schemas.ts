// Schemas that all operations share: problem documents, findings, reports, the Header of a message.

import { LAYERS, VERDICTS } from '../../envelope/finding.ts'
import { definedContent } from '../../schema/json-schema/json-schema.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import type { SchemaSet } from '../../schema/schemas.ts'
import { PARTS } from '../../schema/message-json.ts'
import { shapeOf } from '../../schema/shape.ts'
import { trackingSchemas } from './tracking-schemas.ts'
import { asComponents, baseOf, reference, shared } from './references.ts'

const TEXT = { type: 'string' } as const

/** An object of which nothing else is known; `?` behind a name = may be absent. */
function object(properties: Readonly<Record<string, JsonObject>>, description: string): JsonObject {
  const names = Object.entries(properties)
  return {
    type: 'object',
    description,
    properties: Object.fromEntries(names.map(([name, it]) => [name.replace(/\?$/, ''), it])),
    required: names.flatMap(([name]) => (name.endsWith('?') ? [] : [name])),
  }
}

function said(description: string, more: JsonObject = TEXT): JsonObject {
  return { ...more, description }
}

const RESULT = { type: 'string', enum: ['OK', 'PARTIAL', 'FAILED'] } as const

const ID = object(
  {
    $: TEXT,
    '@idType?': TEXT,
    '@idAuthority?': TEXT,
    '@kind?': { type: 'string', enum: ['name', 'uuid', 'transaction', 'other'] },
    '@objectType?': TEXT,
  },
  'An ID of IEC 61968-100.',
)

const ERROR = object(
  {
    code: said('One of the reply codes.'),
    level: { type: 'string', enum: ['INFORM', 'WARNING', 'FATAL', 'CATASTROPHIC'] },
    'reason?': said('What is wrong.'),
    'details?': said('`rule=<id>` of the rule that decided, then more about it.'),
    'ID?': said('The item that is meant.', reference(shared('ID'))),
    'relatedID?': said('Another item that it has to do with.', reference(shared('ID'))),
    'operationId?': { type: ['string', 'number'] },
  },
  'An Error of a reply (IEC 61968-100:2013 6.3.4).',
)

const FINDING = object(
  {
    layer: { type: 'string', enum: LAYERS },
    rule: said('Stable id.'),
    severity: { type: 'string', enum: ['error', 'warning', 'info'] },
    clause: said('Where the requirement stands; empty for a rule of our own.'),
    path: said(
      'Of the element or attribute, the same in XML and JSON; in a problem document about a JSON body the JSON Pointer (RFC 6901) to the value or key.',
    ),
    line: said('From 1; 0 where the place is unknown.', { type: 'integer', minimum: 0 }),
    column: said('From 1, in characters; 0 where the place is unknown.', {
      type: 'integer',
      minimum: 0,
    }),
    expected: said('What would be right.'),
    found: said('What is there.'),
    message: said('What is wrong.'),
    mend: said('How to mend it.'),
  },
  'One thing that is wrong, with its place and its remedy.',
)

const findings: JsonObject = { type: 'array', items: reference(shared('Finding')) }
const errors: JsonObject = { type: 'array', items: reference(shared('Error')) }
const count: JsonObject = { type: 'integer', minimum: 0 }

const PROBLEM = object(
  {
    type: { type: 'string', format: 'uri-reference' },
    title: said('What happened, the same for every case of it.'),
    status: said('Status of HTTP.', { type: 'integer' }),
    detail: said('What is wrong in this case.'),
    'instance?': said('Path of the request.', { type: 'string', format: 'uri-reference' }),
    whose: said('Who has to act.', { type: 'string', enum: ['sender', 'peer', 'ours'] }),
    Result: { const: 'FAILED' },
    code: said('Reply code of the first error.'),
    'rule?': said('Id of the rule that decided.'),
    Error: errors,
    findings,
  },
  'A problem document (RFC 9457) with the reply codes of the CIM side in it.',
)

const BATCHED = object(
  {
    reply: reference(shared('Reply')),
    results: {
      type: 'array',
      items: object(
        {
          index: said('Place of the object in the request, from 0.', count),
          'ID?': said(
            'By which it is known: its mRID, given here or by its party, or a name.',
            reference(shared('ID')),
          ),
          Result: { type: 'string', enum: ['OK', 'FAILED'] },
          code: said('Reply code; 0.0 where all is well, 0.3 where it is on its way.'),
          'reason?': said('What is wrong, or what else there is to say.'),
          'details?': said('`rule=<id>` of the rule that decided, then how to mend it.'),
        },
        'What became of one object; the member that its flow knows it by (transactionId) is repeated.',
      ),
    },
  },
  'What became of a collection, object by object.',
)

const FILE_PUT = object(
  {
    reply: reference(shared('Reply')),
    fileName: TEXT,
    sizeBytes: said('Octets, unpacked.', count),
    sha256: said('Of its octets, in hex.'),
    'transfer?': said('mRID of the record of what becomes of it; a manifest has none.'),
    'state?': said('What has become of it by then, in the states of its record.'),
  },
  'A file that was put.',
)

const NULLABLE = { type: ['string', 'null'] } as const

const REPORT = object(
  {
    files: {
      type: 'array',
      items: object(
        {
          file: TEXT,
          schema: said('File that judged the payload, else the envelope.', NULLABLE),
          verdict: { type: 'string', enum: VERDICTS },
          noun: NULLABLE,
          verb: NULLABLE,
          findings,
        },
        'One message.',
      ),
    },
    summary: object(
      Object.fromEntries(['files', ...VERDICTS, 'errors', 'warnings'].map((it) => [it, count])),
      'How many of each.',
    ),
  },
  'The document of `cimgate validate --format json`.',
)

/** Every shared schema by the name of its component. */
export function sharedSchemas(schemas: SchemaSet): JsonObject {
  const own: Readonly<Record<string, JsonObject>> = {
    ...trackingSchemas(object),
    Problem: PROBLEM,
    Error: ERROR,
    ID,
    Finding: FINDING,
    Report: REPORT,
    Acknowledgement: object(
      { reply: object({ Result: RESULT }, 'Reply of IEC 61968-100.') },
      'It is done, and nothing is left that could be shown.',
    ),
    Batched: BATCHED,
    FilePut: FILE_PUT,
    Reply: object({ Result: RESULT, Error: errors }, 'What was refused, item by item.'),
  }
  const named = Object.entries(own).map(([name, it]) => [shared(name), it])
  return { ...Object.fromEntries(named), ...headerSchemas(schemas) }
}

/** The Header of a request as the façade takes it: whatever it leaves out is filled in. */
function headerSchemas(schemas: SchemaSet): JsonObject {
  const message = schemas.message(undefined, 'RequestMessage', 'create')
  const type = message?.decl.type
  const field =
    message !== undefined && type?.kind === 'complex'
      ? shapeOf(type, message.model).byKey.get(PARTS.header)
      : undefined
  if (message === undefined || field === undefined)
    return { [shared('Header')]: { type: 'object' } }
  const prefix = shared('Message')
  const { schema, definitions } = definedContent(
    { decl: field.decl, model: message.model },
    baseOf(prefix),
  )
  const name = String(schema['$ref'] ?? '').slice(baseOf(prefix).length)
  const { required: _filledIn, ...header } = (definitions[name] ?? schema) as JsonObject
  const others = Object.entries(definitions).filter(([it]) => it !== name)
  return { [shared('Header')]: header, ...asComponents(prefix, Object.fromEntries(others)) }
}
