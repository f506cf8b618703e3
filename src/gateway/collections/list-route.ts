// POST of a long list below the object that it is about: `program-events/{mRID}/reservations`. It becomes a message whose
// payload is the list as a CSV, and goes the way of all messages.

import { CimError } from '../../envelope/errors.ts'
import { LISTS } from '../../flows/lists.ts'
import type { Common, LongList } from '../../flows/long-list.ts'
import { member, readJson } from '../../schema/json-text.ts'
import type { Json, JsonObject } from '../../schema/json-text.ts'
import { messageFromJson } from '../../schema/message-xml.ts'
import { contentsOf, readShown } from '../content.ts'
import { errorJson } from '../problem.ts'
import { answered, deferred } from '../facade/headers.ts'
import { jsonBody } from '../facade/answer.ts'
import { repeatKey } from '../facade/request.ts'
import type { FacadeAnswer, FacadeRequest } from '../facade/request.ts'
import { isUuid } from '../identity.ts'
import { resourceOf } from '../nouns.ts'
import { BODY_ERRORS, JSON_ERRORS, UNPROCESSABLE } from '../operation.ts'
import type { Operation } from '../operation.ts'
import { gzipped } from '../pack.ts'
import { problemOf } from '../problem.ts'
import { badRequest, facadeRequest } from '../resource-request.ts'
import type { Rendered, Unrendered } from '../received.ts'
import type { Route, RouteParts, RouteRequest } from '../route.ts'
import { listBody } from './list-body.ts'
import { listOperation } from './list-operation.ts'
import type { ListBody } from './list-body.ts'

/** One for each long list whose nouns the catalogue has. */
export function listRoutes(parts: RouteParts): readonly Route[] {
  const { isNoun } = parts.schemas.catalogue
  return LISTS.filter((it) => isNoun(it.noun) && isNoun(it.below.noun)).map((list) => {
    const path = `/api/v1/${resourceOf(list.below.noun)}/:mRID/${list.below.name}`
    return {
      method: 'POST',
      path,
      body: ['json', 'csv', 'form'],
      about: list.about,
      operation: operationOf(list),
      nounIn: () => list.noun,
      answer: (request) => taken(list, path, request, parts),
    }
  })
}

function operationOf(list: LongList): Operation {
  return {
    id: listOperation(list),
    tag: 'Lists',
    parameters: ['idempotencyKey', 'listStage', 'listMessage', 'listReplyAddress'],
    answers: ['listTaken'],
    errors: [
      ...BODY_ERRORS,
      'invalid-parameter',
      'schema-invalid',
      'not-found',
      'peer-unreachable',
      'forbidden-address',
      'wrong-source',
      ...UNPROCESSABLE,
      ...JSON_ERRORS,
    ],
  }
}

async function taken(
  list: LongList,
  path: string,
  request: RouteRequest,
  parts: RouteParts,
): Promise<FacadeAnswer> {
  const to = facadeRequest(list.below.noun, path, request)
  if ('rendered' in to) return to
  const body = await listBody(request, list)
  if ('reason' in body) return badRequest(body.reason, to.path, body.mend)
  const common = await commonOf(to, request.params['mRID'] ?? '', body, list, parts)
  if ('rendered' in common) return common
  const message = await messageOf(list, common, body, request, parts)
  const { xml, issues } = messageFromJson(message, parts.schemas)
  if (issues.length > 0) throw new CimError('internal')
  const key = repeatKey(to)
  const { sender, bodyHash, traceparent } = request
  const answer = await parts.exchange.receive({
    bytes: new TextEncoder().encode(xml),
    ...{ sender, bodyHash, traceparent, unseen: 'object', list: body.csv },
    render: (it) => rendered(it, to),
    ...(key === undefined ? {} : { repeatKey: key }),
  })
  const it = answered(answer)
  return it.rendered.status === 202 ? deferred(it, to.prefer, answer) : it
}

/** What the list is about: as it is known here, or by the names alone where others keep it. */
async function commonOf(
  to: FacadeRequest,
  mRID: string,
  { header }: ListBody,
  list: LongList,
  parts: RouteParts,
): Promise<Common | FacadeAnswer> {
  const named = valueAs(header, list, 'part')
  const times = { start: valueAs(header, list, 'start'), end: valueAs(header, list, 'end') }
  const wrong = Object.values(times).find((it) => it !== undefined && !isInstant(it))
  if (wrong !== undefined)
    return badRequest(
      `${wrong} is no xs:dateTime.`,
      to.path,
      'Write 2026-07-14T17:00:00Z or the like.',
    )
  const given = Object.fromEntries(Object.entries(times).filter(([, it]) => it !== undefined))
  const found = await parts.facade.read(to, mRID)
  if (found.rendered.status !== 200) {
    const [own, part] = list.common
    // Others may know it.
    if (named === undefined || own === undefined || part === undefined) return found
    const references = { [own.member]: { mRID }, [part.member]: { mRID: named } }
    return { references, ...given }
  }
  const content = contentsOf(parts.schemas)(list.below.noun)
  const read = readJson(found.rendered.text)
  const [object] = content === undefined || !('value' in read) ? [] : readShown(read.value, content)
  const it = list.part(object ?? {}, named)
  if ('wrong' in it) return badRequest(it.wrong, to.path, it.mend)
  return { ...it.common, ...given }
}

function isInstant(text: string): boolean {
  return /^\d{4}-\d\d-\d\dT/.test(text) && !Number.isNaN(Date.parse(text))
}

function valueAs(
  header: ListBody['header'],
  list: LongList,
  role: LongList['header'][string],
): string | undefined {
  const name = Object.keys(list.header).find((it) => list.header[it] === role && header[it])
  return name === undefined ? undefined : header[name]
}

async function messageOf(
  list: LongList,
  { references, start, end }: Common,
  { header, csv }: ListBody,
  { sender }: RouteRequest,
  parts: RouteParts,
): Promise<JsonObject> {
  const { MessageID: own } = parts.facade.ids()
  const id = valueAs(header, list, 'messageID') ?? own ?? ''
  const address = valueAs(header, list, 'replyAddress')
  const said = Object.entries(header).filter(([name]) => list.header[name] === 'property')
  const ID = list.common.flatMap(({ member: name, objectType }) =>
    idOf(references[name], objectType),
  )
  return {
    message: 'RequestMessage',
    header: {
      Verb: 'create',
      Noun: list.noun,
      Source: sender.party,
      ...(address === undefined ? {} : { AsyncReplyFlag: true, ReplyAddress: address }),
      MessageID: id,
      CorrelationID: id,
      ...(said.length === 0 ? {} : { Property: said.map(([Name, Value]) => ({ Name, Value })) }),
    },
    request: {
      ...(start === undefined ? {} : { StartTime: start }),
      ...(end === undefined ? {} : { EndTime: end }),
      ID,
    },
    payload: { Compressed: await gzipped(csv), Format: 'CSV' },
  }
}

/** A reference as an ID: the mRID, or the first of its names. */
function idOf(reference: JsonObject | undefined, objectType: string): readonly JsonObject[] {
  const mRID = member(reference, 'mRID')
  const about = { '@objectType': objectType }
  if (typeof mRID === 'string')
    return [{ $: mRID, '@kind': isUuid(mRID) ? 'uuid' : 'other', ...about }]
  const names = member(reference, 'Names')
  const [name] = Array.isArray(names) ? (names as readonly Json[]) : []
  const text = member(name, 'name')
  if (typeof text !== 'string') return []
  const type = member(name, 'NameType')
  const [idType, idAuthority] = [
    member(type, 'name'),
    member(member(type, 'NameTypeAuthority'), 'name'),
  ]
  return [
    {
      $: text,
      '@kind': 'name',
      ...(typeof idType === 'string' ? { '@idType': idType } : {}),
      ...(typeof idAuthority === 'string' ? { '@idAuthority': idAuthority } : {}),
      ...about,
    },
  ]
}

/** 202 once it is on disk, or the problem. */
function rendered({ result, errors, failure }: Unrendered, { path }: FacadeRequest): Rendered {
  if (result === 'OK')
    return jsonBody({ reply: { Result: result, Error: errors.map(errorJson) } }, 202)
  const facts = { instance: path, ...(failure === undefined ? {} : { row: failure }) }
  return problemOf(errors, undefined, facts)
}
