// What a request may ask by: the parameters that its operation names, and none besides. One that is passed over in silence
// would look as if it had been heeded: a filter that is misspelt gives everything.

import { nearest } from '../schema/nearest.ts'
import { PARAMETERS } from './operation.ts'
import type { Operation, Parameter, Tag } from './operation.ts'
import type { FacadeAnswer } from './facade/request.ts'
import { badRequest, pathIn } from './resource-request.ts'
import type { Route, RouteRequest } from './route.ts'

/** Why the query of a request is none, and how to mend it. */
export interface NoQuery {
  readonly reason: string
  readonly mend: string
}

/** Messages and probes are sent to addresses that others have configured: what stands in their query asks for nothing. */
const LENIENT: readonly Tag[] = ['Messages', 'SOAP', 'Probes']

/** True for operations that refuse parameters which they do not have. */
export function isStrict({ tag }: Pick<Operation, 'tag'>): boolean {
  return !LENIENT.includes(tag)
}

/** The names by which an operation can be asked, as a query has them. */
function queryNames({ parameters = [] }: Operation): readonly string[] {
  return parameters.map((it) => PARAMETERS[it]).flatMap((it) => (it.in === 'query' ? it.name : []))
}

/** Names of parameters that may be there without a value. */
const EMPTY: readonly string[] = Object.values<Parameter>(PARAMETERS).flatMap((it) =>
  it.mayBeEmpty === true ? it.name : [],
)

/** Whatever is unknown, or empty where that would mean nothing; undefined where nothing is. */
export function wrongQuery(
  query: Readonly<Record<string, string>>,
  known: readonly string[],
): NoQuery | undefined {
  const unknown = Object.keys(query).find((it) => !known.includes(it))
  if (unknown !== undefined) return noParameter(unknown, known)
  const empty = Object.keys(query).find((it) => query[it] === '' && !EMPTY.includes(it))
  if (empty === undefined) return undefined
  return { reason: `${empty} is empty.`, mend: `Write a value behind ${empty}=, or leave it out.` }
}

/** Of a parameter that there is not: the name that was meant, or all that there are. */
export function noParameter(name: string, known: readonly string[]): NoQuery {
  const near = nearest(name, known)
  const all =
    known.length === 0 ? 'This path has none: leave it out.' : `There are ${known.join(', ')}.`
  return {
    reason: `There is no parameter ${name}.`,
    mend: near === undefined ? all : `Did you mean ${near}? ${all}`,
  }
}

/**
 * The route, asked by its own parameters only.
 * @param more names that the request has besides, such as those of the noun in its path
 * @param refused how it says no; by default with a problem document
 */
export function askedWell<R extends Pick<Route, 'operation' | 'path' | 'answer'>>(
  route: R,
  more: (request: RouteRequest) => readonly string[] = () => [],
  refused: (it: NoQuery, instance: string) => Promise<FacadeAnswer> | FacadeAnswer = asProblem,
): R {
  if (!isStrict(route.operation)) return route
  const names = queryNames(route.operation)
  return {
    ...route,
    answer: (request: RouteRequest) => {
      const wrong = wrongQuery(request.query, [...names, ...more(request)])
      if (wrong === undefined) return route.answer(request)
      return refused(wrong, pathIn(route.path, request.params))
    },
  }
}

function asProblem({ reason, mend }: NoQuery, instance: string): FacadeAnswer {
  return badRequest(reason, instance, mend)
}
