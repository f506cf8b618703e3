// One problem document for each row of the error table, as the gateway gives it: where a request of any kind can be
// made up that brings it about, the answer to that request.

import { element } from '../../envelope/element.ts'
import { place } from '../../envelope/finding.ts'
import { errorOfFinding } from '../../envelope/reply-errors.ts'
import { diagnose } from '../../schema/diagnose/diagnose.ts'
import { ERRORS, errorRow } from '../../envelope/errors.ts'
import type { ErrorCode } from '../../envelope/errors.ts'
import type { ReplyError } from '../../envelope/reply.ts'
import { LIMITS } from '../../envelope/limits.ts'
import { statusAt } from '../../envelope/reply-codes.ts'
import { member, readJson } from '../../schema/json-text.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import type { SchemaSet } from '../../schema/schemas.ts'
import { notAcceptable } from '../accept.ts'
import { keyConflict, noObject } from '../facade/answer.ts'
import { flowIn } from '../flow-in.ts'
import { toldOf } from '../json-findings.ts'
import { resourceNouns } from '../nouns.ts'
import { duplicate } from '../outcome.ts'
import { problemOf, problemOfRow } from '../problem.ts'
import type { Rendered } from '../received.ts'
import { errorOf } from '../refusals.ts'
import { badLimit, noJson } from '../resource-request.ts'
import { mended } from '../mended.ts'
import { noNoun } from '../unknown-name.ts'
import { readText } from '../translate.ts'
import { usable } from '../usable.ts'

/** Name of the component for a row that is answered with a status. */
export function exampleName(row: ErrorCode, status: number): string {
  return status === statusAt(errorRow(row).http, 'body') ? row : `${row}-${status}`
}

/** Every example by its name, as OpenAPI has them. */
export function problemExamples(schemas: SchemaSet): JsonObject {
  const rows = Object.keys(ERRORS) as readonly ErrorCode[]
  const examples = [
    ...rows.map((it): Named => [it, bodyOf(MADE[it]?.(schemas) ?? asInTable(it))]),
    ...OTHERS.map(([row, status, make]): Named => [
      exampleName(row, status),
      bodyOf(make(schemas)),
    ]),
  ]
  const about = (it: JsonObject) => ({ summary: member(it, 'title') ?? '', value: it })
  return Object.fromEntries(examples.map(([name, it]) => [name, about(it)]))
}

type Named = readonly [name: string, body: JsonObject]

/** The instance differs from path to path. */
function bodyOf({ text }: Rendered): JsonObject {
  const read = readJson(text)
  const { instance: _path, ...rest } = ('value' in read ? read.value : {}) as JsonObject
  return rest
}

function asInTable(row: ErrorCode, status?: number): Rendered {
  const { replyCode: code, text: reason, remedy: details } = errorRow(row)
  return problemOf([{ code, reason, details }], status, { row })
}

type Make = (schemas: SchemaSet) => Rendered

const MADE: Readonly<Partial<Record<ErrorCode, Make>>> = {
  malformed: () => {
    const read = readText(new TextEncoder().encode('{'))
    return 'finding' in read ? noJson(read.finding) : asInTable('malformed')
  },
  'too-large': () =>
    problemOfRow('too-large', `The body is longer than ${LIMITS.bodyBytes} octets.`),
  'unsupported-media-type': () =>
    problemOfRow(
      'unsupported-media-type',
      'Content-Type text/plain is not taken here; send application/json.',
    ),
  'not-acceptable': () => notAcceptable('text/csv'),
  'invalid-parameter': () => badLimit('abc').rendered,
  'schema-invalid': invalid,
  'stale-revision': () =>
    problemOf([errorOf('stale-revision', 'STALE')], undefined, { row: 'stale-revision' }),
  'unknown-resource': (schemas) => noNoun(schemas, 'Nope', ''),
  'wrong-state': (schemas) => problemOf([existing(schemas)]),
}

/** The noun whose resource stands for all: one that is shipped where there is one, as an imported schema may be unusable. */
function typical(schemas: SchemaSet): string {
  const { nouns } = schemas.catalogue
  const imported = new Set(nouns.filter((it) => it.status === 'imported').map((it) => it.noun))
  const all = resourceNouns(schemas)
  const isUsable = (noun: string) =>
    'made' in usable(() => schemas.payload(undefined, noun, 'create'))
  return all.find((it) => !imported.has(it) && isUsable(it)) ?? all.find(isUsable) ?? ''
}

function existing(schemas: SchemaSet): ReplyError {
  const noun = typical(schemas)
  const known = { object: { mRID: EXAMPLE_ID } }
  const objectType = flowIn(schemas)(noun, 'create')?.objectType ?? noun
  return mended({ level: 'FATAL', ...duplicate({ ...known, noun }, objectType, known) })
}

/** mRID of the objects that the examples tell of */
export const EXAMPLE_ID = 'b8e5b8a2-6b7c-4b0e-9d0a-5d1f0c7a9e11'

/** Rows that are answered with another status where the body or a header is about it. */
const OTHERS: readonly (readonly [ErrorCode, number, Make])[] = [
  [
    'not-found',
    404,
    (schemas) => problemOf([noObject(typical(schemas), EXAMPLE_ID, flowIn(schemas))], 404),
  ],
  ['duplicate-message', 422, () => keyConflict('')],
  ['unmappable', 422, () => asInTable('unmappable', 422)],
]

/** The answer to a create without anything in it, where its noun asks for something. */
function invalid(schemas: SchemaSet): Rendered {
  const noun = typical(schemas)
  const found = schemas.payload(undefined, noun, 'create')
  if (found === undefined) return asInTable('schema-invalid')
  const root = element(found.decl.ns, noun)
  const drafts = diagnose(root, found.decl, found.model, 'payload-xsd')
  const placed = place(drafts, root, () => ({ line: 0, column: 0 }))
  const findings = toldOf(placed, { text: '{}' }, { below: [noun], around: '' })
  const errors = findings.map((it) => errorOfFinding(it))
  if (errors.length === 0) return asInTable('schema-invalid')
  return problemOf(errors, undefined, { findings, row: 'schema-invalid' })
}
