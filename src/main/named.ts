// What a configuration names that stands in the schemas: editions, nouns, and paths in them.

import type { Catalogue } from '../schema/catalogue.ts'
import type { SchemaSet } from '../schema/schemas.ts'
import { standingOf } from '../schema/standing.ts'
import type { Loaded, Nouns } from '../shell/config/index.ts'

/** Editions that are nowhere, one line each. @param place where the configuration stands */
export function editionFaults({ problems }: Catalogue, place = 'environment'): readonly string[] {
  return problems.map((it) => `${place}: ${it}`)
}

/** The same with what the schemas have against it, as warnings. */
export function judgedBy(schemas: SchemaSet, loaded: Loaded): Loaded {
  const more = loaded.beside?.(nounsOf(schemas)) ?? []
  return { ...loaded, problems: [...loaded.problems, ...more] }
}

function nounsOf({ catalogue, payload }: SchemaSet): Nouns {
  return {
    isNoun: catalogue.isNoun,
    suggestNoun: catalogue.suggestNoun,
    standing: (noun, path, start) => {
      const declared = usable(() => payload(undefined, noun, CREATED))
      return declared === undefined ? undefined : standingOf(declared, path, start)
    },
  }
}

/** what a party is told of, and asked for, holds whole objects */
const CREATED = 'created'

/** A schema that cannot be used is told of when it is opened. */
function usable<T>(made: () => T): T | undefined {
  try {
    return made()
  } catch {
    return undefined
  }
}
