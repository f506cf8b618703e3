// The bodies in which a long list comes, as OpenAPI describes them.

import { LISTS } from '../../flows/lists.ts'
import type { LongList } from '../../flows/long-list.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import { listOperation } from '../collections/list-operation.ts'
import type { Operation } from '../operation.ts'

/** By media type; nothing for an operation that takes no list. */
export function listContent({ id }: Operation): JsonObject {
  const list = LISTS.find((it) => listOperation(it) === id)
  if (list === undefined) return {}
  const header = headerOf(list)
  const records = { type: 'array', minItems: 1, items: recordOf(list) }
  const csv = { type: 'string', description: csvText(list), contentMediaType: 'text/csv' }
  return {
    'application/json': {
      schema: {
        type: 'object',
        required: ['records'],
        additionalProperties: false,
        properties: { ...header, records },
      },
      example: { ...exampleHeader(list), records: [exampleRecord(list)] },
    },
    'text/csv': { schema: csv, example: exampleCsv(list) },
    'multipart/form-data': {
      schema: {
        type: 'object',
        required: ['records'],
        additionalProperties: false,
        properties: {
          header: { type: 'object', additionalProperties: false, properties: header },
          records: csv,
        },
      },
    },
  }
}

const ROLES: Readonly<Record<LongList['header'][string], string>> = {
  part: 'The part of the object in the path that the list is about, by mRID or name; needed where there are several.',
  messageID: 'MessageID of its sender, under which a repeat is known.',
  start:
    'Time of records that name none; by default that of what the list is about. What has not been sent by then is not sent any more.',
  end: 'The end of it.',
  replyAddress: 'Where the end of the list is told, as a message.',
  property: 'Goes along with the message, as a property of its Header.',
}

function headerOf({ header }: LongList): JsonObject {
  return Object.fromEntries(
    Object.entries(header).map(([name, role]) => [
      name,
      { type: 'string', description: ROLES[role] },
    ]),
  )
}

function recordOf({ columns }: LongList): JsonObject {
  const named = columns.flatMap(({ name, also = [], about }) =>
    [name, ...also].map((it) => [it, { type: 'string', description: about }] as const),
  )
  return {
    type: 'object',
    required: columns.filter((it) => it.isDue && it.also === undefined).map((it) => it.name),
    additionalProperties: false,
    properties: Object.fromEntries(named),
  }
}

function csvText({ columns }: LongList): string {
  const all = columns.map(({ name, isDue, about }) => `${name}${isDue ? '' : '?'} (${about})`)
  return `UTF-8; the first line names the columns, in any order, separated by commas, semicolons or tabs: ${all.join('; ')}.`
}

function exampleRecord({ columns }: LongList): JsonObject {
  return Object.fromEntries(
    columns.filter((it) => it.isDue).map(({ name, example = '1' }) => [name, example]),
  )
}

function exampleHeader({ header }: LongList): JsonObject {
  const [name] = Object.entries(header).find(([, role]) => role === 'messageID') ?? []
  return name === undefined ? {} : { [name]: '6b1d4e20-7c52-4f0a-9a31-5e0000000001' }
}

function exampleCsv({ columns }: LongList): string {
  const due = columns.filter((it) => it.isDue)
  const cells = due.map(({ example = '1' }) => example)
  return `${due.map((it) => it.name).join(',')}\n${cells.join(',')}\n`
}
