// Accept of a request: whether an answer in JSON may come back (RFC 9110 12.5.1).

import { problemOfRow } from './problem.ts'
import type { Rendered } from './received.ts'

/** Media types that are JSON; whoever takes a type of his own that is JSON takes JSON. */
const JSON_TYPES = /^(?:\*\/\*|application\/(?:\*|json|[\w.-]+\+json))$/

/**
 * True where some range of the header takes JSON; what is no range takes nothing.
 * @param accept absent or empty = anything
 */
export function acceptsJson(accept = ''): boolean {
  const ranges = accept.split(',').filter((it) => it.trim() !== '')
  return ranges.length === 0 || ranges.some(takesJson)
}

/** The answer to a request that takes no JSON. */
export function notAcceptable(accept: string, instance?: string): Rendered {
  const reason = `Accept is ${accept}, and this path answers in application/json.`
  return problemOfRow('not-acceptable', reason, instance === undefined ? {} : { instance })
}

function takesJson(range: string): boolean {
  const [type = '', ...parameters] = range.toLowerCase().split(';')
  const isExcluded = parameters.some((it) => /^\s*q\s*=\s*0(?:\.0{0,3})?\s*$/.test(it))
  return JSON_TYPES.test(type.trim()) && !isExcluded
}
