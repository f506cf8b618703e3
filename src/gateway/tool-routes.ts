// The routes that judge and convert a message without keeping anything of it.

import { errorRow } from '../envelope/errors.ts'
import type { ErrorCode } from '../envelope/errors.ts'
import { MESSAGE_FORMS, PAYLOAD_FORMS } from '../envelope/message-forms.ts'
import { DIALECTS } from '../dialects/index.ts'
import { errorOfFinding } from '../envelope/reply-errors.ts'
import { statusAt } from '../envelope/reply-codes.ts'
import { JSON_TYPE } from './facade/answer.ts'
import type { FacadeAnswer } from './facade/request.ts'
import { toldOf } from './json-findings.ts'
import { BODY_ERRORS } from './operation.ts'
import type { Operation } from './operation.ts'
import { problemOf } from './problem.ts'
import { discreet, refusalOf, undecided } from './refusals.ts'
import { badRequest } from './resource-request.ts'
import type { Route, RouteParts, RouteRequest } from './route.ts'
import { convert, UNMAPPABLE } from './convert.ts'
import type { Converted, ConvertOptions } from './convert.ts'
import { formOf, judgeForm, readText } from './translate.ts'
import { convertDialect } from './vendor.ts'

const CONVERT = '/api/v1/convert'

const VALIDATE: Operation = {
  id: 'validate',
  tag: 'Tools',
  answers: ['report'],
  errors: [...BODY_ERRORS, 'internal'],
}

const CONVERTING: Operation = {
  id: 'convert',
  tag: 'Tools',
  parameters: ['to', 'form', 'payload', 'typedNoun', 'dialect'],
  answers: ['converted'],
  errors: [
    ...BODY_ERRORS,
    'hostile-xml',
    'schema-invalid',
    'unmappable',
    'internal',
    'unusable-schema',
  ],
}

/** validate and convert. */
export function toolRoutes(parts: RouteParts): readonly Route[] {
  return [
    {
      method: 'POST',
      access: 'party',
      path: '/api/v1/validate',
      body: ['xml', 'json'],
      about: 'judge a message; answers 200 with the findings whatever the verdict',
      operation: VALIDATE,
      answer: async ({ bytes, kind }) => {
        const { validated } = await judgeForm(bytes, kind === 'json' ? 'json' : 'xml', parts)
        const rendered = {
          status: 200,
          contentType: JSON_TYPE,
          text: parts.report(discreet(validated)),
        }
        return { rendered, headers: {} }
      },
    },
    {
      method: 'POST',
      access: 'party',
      path: CONVERT,
      body: ['xml', 'json'],
      about: 'a message in another form, by ?to=, ?form=, ?payload=, ?noun= or ?dialect=',
      operation: CONVERTING,
      answer: (request) => convertRoute(request, parts),
    },
  ]
}

async function convertRoute(
  { bytes, kind, query }: RouteRequest,
  parts: RouteParts,
): Promise<FacadeAnswer> {
  const wrong = wrongIn(query)
  if (wrong !== undefined) return badRequest(wrong.reason, CONVERT, wrong.mend)
  const { dialect, ...rest } = query
  const options: ConvertOptions = rest
  const converted =
    dialect === undefined
      ? await convert(bytes, parts, options)
      : await convertDialect(bytes, dialect, options.to, parts)
  if (converted === undefined) return noDialect(dialect ?? '')
  return kind === 'json' && dialect === undefined
    ? convertedAnswer(toldIn(converted, bytes))
    : convertedAnswer(converted)
}

/** Findings of a problem document are told of the body, as everywhere in the JSON interface. */
function toldIn({ validated, ...converted }: Converted, bytes: Uint8Array): Converted {
  const read = readText(bytes)
  if (!('json' in read)) return { validated, ...converted }
  return { ...converted, validated: { ...validated, findings: toldOf(validated.findings, read) } }
}

const VALUES: Readonly<Record<string, readonly string[]>> = {
  to: ['json', 'xml'],
  form: MESSAGE_FORMS,
  payload: PAYLOAD_FORMS,
}

function noDialect(name: string): FacadeAnswer {
  const known = Object.keys(DIALECTS)
    .map((it) => `dialect=${it}`)
    .join(' or ')
  return badRequest(`There is no dialect ${name}.`, CONVERT, `Write ${known}, or leave it out.`)
}

/** Why a query asks for what there is not, and what can be asked for. */
function wrongIn(
  query: RouteRequest['query'],
): { readonly reason: string; readonly mend: string } | undefined {
  if (query['dialect'] !== undefined && (query['form'] ?? query['payload']) !== undefined)
    return {
      reason: 'dialect is about JSON of a vendor; form and payload are about CIM messages.',
      mend: 'Leave out dialect, or form and payload.',
    }
  for (const [name, values] of Object.entries(VALUES)) {
    const given = query[name]
    if (given !== undefined && !values.includes(given))
      return {
        reason: `${name}=${given} is not possible.`,
        mend: `Write ${values.map((it) => `${name}=${it}`).join(' or ')}, or leave it out.`,
      }
  }
  return undefined
}

function convertedAnswer({ text, validated }: Converted): FacadeAnswer {
  if (text === undefined) return notConverted(validated)
  const isJson = formOf(new TextEncoder().encode(text.slice(0, 64))) === 'json'
  const contentType = isJson ? JSON_TYPE : 'application/xml; charset=utf-8'
  return { rendered: { status: 200, contentType, text }, headers: {} }
}

function notConverted(validated: Converted['validated']): FacadeAnswer {
  const { findings, verdict } = discreet(validated)
  const row = rowOf(validated)
  const { replyCode, remedy } = errorRow(row)
  const reason = `The message is ${verdict}.`
  const found = findings.filter((it) => it.severity === 'error')
  const errors =
    found.length > 0
      ? found.map((it) => errorOfFinding(it, replyCode))
      : [{ code: replyCode, reason, details: remedy }]
  const facts = { findings, instance: CONVERT, row }
  const { http } = errorRow(row)
  return { rendered: problemOf(errors, statusAt(http, 'body'), facts), headers: {} }
}

function rowOf(validated: Converted['validated']): ErrorCode {
  if (validated.verdict === 'engine-error') return undecided(validated).code
  if (validated.verdict === 'not-well-formed') return 'malformed'
  const isUnmappable = validated.findings.some((it) => it.rule === UNMAPPABLE)
  return refusalOf(validated) ?? (isUnmappable ? 'unmappable' : 'schema-invalid')
}
