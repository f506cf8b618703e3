// The answers to names that lead nowhere: of a resource in the path, of a noun in the query. Each with the nearest one.

import { BARE_USE, bareNouns, NO_NAMESPACE } from '../schema/bare.ts'
import type { SchemaSet } from '../schema/schemas.ts'
import { nearestNoun, nearestResource, resourceOf } from './nouns.ts'
import { problemOfRow } from './problem.ts'
import type { Rendered } from './received.ts'

/** `/api/v1/<resource>` without such a resource. */
export function noResource(schemas: SchemaSet, resource: string, instance: string): Rendered {
  const bare = bareNouns(schemas.catalogue).find((it) => resourceOf(it) === resource)
  if (bare !== undefined) return noNamespace(`There is no resource ${resource}`, instance)
  const near = nearestResource(schemas, resource)
  const mend = near === undefined ? {} : { mend: `Did you mean /api/v1/${near}?` }
  const reason = `There is no resource ${resource}.`
  return problemOfRow('unknown-resource', reason, { instance, ...mend })
}

/** `?noun=` without such a noun. */
export function noNoun(schemas: SchemaSet, noun: string, instance: string): Rendered {
  if (bareNouns(schemas.catalogue).includes(noun))
    return noNamespace(`There is no resource of the noun ${noun}`, instance)
  const near = nearestNoun(schemas, noun)
  const mend = near === undefined ? {} : { mend: `Did you mean ?noun=${near}?` }
  const reason = `There is no resource of a noun ${noun}.`
  return problemOfRow('unknown-resource', reason, { instance, ...mend })
}

function noNamespace(none: string, instance: string): Rendered {
  return problemOfRow('unknown-resource', `${none}: ${NO_NAMESPACE}.`, { instance, mend: BARE_USE })
}
