// What a configuration names that stands in the schemas: editions and nouns.

import type { Topology, When } from '../gateway/parties/party.ts'
import type { Catalogue } from '../schema/catalogue.ts'
import type { Config } from '../shell/config/index.ts'

/** What is wrong with the names: lines for people. An unknown noun may be one whose schema is still to be imported. */
export interface Named {
  readonly errors: readonly string[]
  readonly warnings: readonly string[]
}

export const NOTHING: Named = { errors: [], warnings: [] }

/** @param place where the configuration stands @param catalogue made with its choice of editions */
export function namedIn(
  { topology }: Pick<Config, 'topology'>,
  { catalogue, place }: { readonly catalogue: Catalogue; readonly place: string },
): Named {
  const unknown = nounsIn(topology).filter(([, noun]) => !catalogue.isNoun(noun))
  return {
    errors: catalogue.problems.map((it) => `${place}: ${it}`),
    warnings: unknown.map(([path, noun]) => {
      const near = catalogue.suggestNoun(noun)
      const mend = near === undefined ? 'import one, or take it out' : `did you mean ${near}?`
      return `${place}: ${path}: no schema has the noun ${noun}; ${mend}`
    }),
  }
}

/** Every noun with the key that names it. */
function nounsIn({ parties, ways, visibility, awaiting }: Topology) {
  const of = (path: string, nouns: readonly string[] = []) => nouns.map((it) => [path, it] as const)
  const when = (path: string, { noun }: When) => of(`${path}.noun`, noun)
  const denied = (deny: readonly string[]) => deny.map((it) => it.slice(0, it.indexOf('.')))
  return [
    ...parties.flatMap(({ id, profile }) => of(`parties.${id}.profile.nouns`, profile.nouns)),
    ...ways.flatMap((it, at) => when(`routes[${at}].when`, it.when)),
    ...visibility.flatMap(({ deny }, at) => of(`visibility[${at}].deny`, denied(deny))),
    ...awaiting.flatMap((it, at) => [
      ...when(`awaiting[${at}].after`, it.after),
      ...when(`awaiting[${at}].expect`, it.expect),
    ]),
  ]
}
