// Operations as the OpenAPI document describes them, for people.

import { isObject, member, writeJson } from '../../schema/json-text.ts'
import type { Json, JsonObject } from '../../schema/json-text.ts'
import { PARAMETERS } from '../operation.ts'
import type { Parameter, ParameterName } from '../operation.ts'
import { folded, markup, prose, table } from './html.ts'
import type { Html, Part } from './html.ts'

/** One operation of some path items. */
export interface ListedOperation {
  readonly path: string
  readonly method: string
  readonly operation: JsonObject
}

/** Path items as a list, in their order. */
export function operationsIn(paths: JsonObject): readonly ListedOperation[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(isObject(item) ? item : {}).flatMap(([method, operation]) =>
      isObject(operation) ? [{ path, method: method.toUpperCase(), operation }] : [],
    ),
  )
}

/** Each folded: what it takes, and what it answers. */
export function operationList(operations: readonly ListedOperation[]): Html {
  return markup`${operations.map(({ path, method, operation }) =>
    folded(
      markup`<span class="method">${method}</span><code>${path}</code> ${prose(text(operation, 'summary'))}`,
      markup`${parameterTable(operation)}${bodyLine(operation)}${responseTable(operation)}`,
    ),
  )}`
}

function text(of: Json | undefined, name: string): string {
  const it = member(of, name)
  return typeof it === 'string' ? it : ''
}

function parameterTable(operation: JsonObject): Part {
  const list = member(operation, 'parameters')
  if (!Array.isArray(list) || list.length === 0) return ''
  const rows = list.map(parameterIn).map(({ name, in: where, text: about }) => {
    return [markup`<code>${name}</code>`, where, prose(about)]
  })
  return table(['parameter', 'in', 'what'], rows)
}

/** By its name among all, or as it stands. */
function parameterIn(it: Json): Pick<Parameter, 'name' | 'text'> & { readonly in: string } {
  const shared = text(it, '$ref').split('/').at(-1) ?? ''
  if (shared !== '') return PARAMETERS[shared as ParameterName]
  return { name: text(it, 'name'), in: text(it, 'in'), text: text(it, 'description') }
}

function bodyLine(operation: JsonObject): Part {
  const content = member(member(operation, 'requestBody'), 'content')
  if (!isObject(content)) return ''
  return markup`<p>Body: ${Object.keys(content).map((it, at) => markup`${at === 0 ? '' : ', '}<code>${it}</code>`)}</p>`
}

function responseTable(operation: JsonObject): Part {
  const responses = member(operation, 'responses')
  const rows = Object.entries(isObject(responses) ? responses : {}).map(([status, it]) => {
    const content = member(it, 'content')
    const types = Object.keys(isObject(content) ? content : {}).join(', ')
    const headers = member(it, 'headers')
    return [
      status,
      prose(text(it, 'description')),
      types,
      Object.keys(isObject(headers) ? headers : {}).join(', '),
    ]
  })
  return table(['status', 'what', 'media type', 'headers'], rows)
}

/** The body that the document gives as an example, laid out; undefined where it gives none. */
export function exampleOf(operation: JsonObject, name: string): string | undefined {
  const json = member(member(member(operation, 'requestBody'), 'content'), 'application/json')
  const value = member(member(member(json, 'examples'), name), 'value')
  return value === undefined ? undefined : writeJson(value, 2)
}
