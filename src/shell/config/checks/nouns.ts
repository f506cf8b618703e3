// Checks of nouns and of the paths in them, against the schemas that are there. An unknown noun is a warning only: its
// schema may be still to be imported.

import type { Standing } from '../../../schema/standing.ts'
import { BY_CORRELATION } from '../../../gateway/parties/awaiting.ts'
import { meant } from '../meant.ts'
import type { Written } from '../schema.ts'
import type { Path } from '../tree.ts'
import { each } from './check.ts'
import type { Across } from './check.ts'

/** What is asked of the schemas. */
export interface Nouns {
  readonly isNoun: (noun: string) => boolean
  readonly suggestNoun: (noun: string) => string | undefined
  /** what stands at a path of a noun; undefined when the noun has no schema */
  readonly standing: (
    noun: string,
    path: readonly string[],
    start: 'below' | 'anywhere',
  ) => Standing | undefined
}

/** Everything that the schemas have against a configuration. */
export function nounProblems(written: Written, nouns: Nouns): readonly Across[] {
  return [
    ...unknownNouns(written, nouns),
    ...strangeKeys(written, nouns),
    ...strangeDenials(written, nouns),
  ].map((it) => ({ severity: 'warning', ...it }))
}

function unknownNouns(written: Written, { isNoun, suggestNoun }: Nouns): readonly Across[] {
  return nounsIn(written)
    .filter(({ text }) => !isNoun(text))
    .map(({ path, text }) => {
      const near = suggestNoun(text)
      const mend = near === undefined ? 'import one, or leave it out' : `did you mean ${near}`
      return { path, message: `no schema has the noun ${text}; ${mend}` }
    })
}

type Named = ReturnType<typeof each>

/** Every noun with the key that names it. */
function nounsIn({ parties, routes, visibility, awaiting, reconciliations }: Written): Named {
  return [
    ...Object.entries(parties).flatMap(([id, { profile, topics }]) => [
      ...each(['parties', id, 'profile', 'nouns'], profile.nouns),
      ...first(each(['parties', id, 'topics'], topics), '/').filter(
        (it) => !EVENTS.includes(it.text),
      ),
    ]),
    ...routes.flatMap((it, at) => each(['routes', at, 'when', 'noun'], it.when.noun)),
    ...visibility.flatMap((it, at) => first(each(['visibility', at, 'deny'], it.deny), '.')),
    ...awaiting.flatMap((it, at) => [
      ...each(['awaiting', at, 'after', 'noun'], it.after.noun),
      ...each(['awaiting', at, 'expect', 'noun'], it.expect.noun),
    ]),
    ...reconciliations.flatMap(({ noun }, at) => each(['reconciliations', at, 'noun'], [noun])),
  ]
}

/** Topics that are no noun: all of them, and the delivery of messages. */
const EVENTS = ['*', 'messages']

function first(all: Named, mark: string): Named {
  return all.map(({ path, text }) => ({ path, text: text.split(mark)[0] ?? text }))
}

/** Paths of orders and of what is awaited that lead to no value. */
function strangeKeys({ routes, awaiting }: Written, nouns: Nouns): readonly Across[] {
  const keys = [
    ...routes.flatMap(({ order, when }, at) =>
      order.startsWith('key:')
        ? [{ path: ['routes', at, 'order'], key: order.slice('key:'.length), all: when.noun }]
        : [],
    ),
    ...awaiting.flatMap(({ key, after, expect }, at) =>
      key === BY_CORRELATION
        ? []
        : [
            {
              path: ['awaiting', at, 'key'],
              key,
              all: [...(after.noun ?? []), ...(expect.noun ?? [])],
            },
          ],
    ),
  ]
  return keys.flatMap(({ path, key, all = [] }) =>
    [...new Set(all)].flatMap((noun) => strangeKey(path, key, { noun, nouns })),
  )
}

function strangeKey(
  path: Path,
  key: string,
  { noun, nouns }: { readonly noun: string; readonly nouns: Nouns },
): readonly Across[] {
  const found = nouns.standing(noun, key.split('.'), 'below')
  if (found?.kind === 'absent')
    return [
      { path, message: `${noun} has no ${found.name} there${meant(found.name, found.names)}` },
    ]
  return found?.kind === 'there' && !found.simple
    ? [
        {
          path,
          message: `${key} of ${noun} holds elements and no value; go on to one that has a value`,
        },
      ]
    : []
}

/** Elements that are not there, or that cannot be left out. */
function strangeDenials({ visibility }: Written, nouns: Nouns): readonly Across[] {
  return visibility.flatMap(({ deny }, at) =>
    each(['visibility', at, 'deny'], deny).flatMap(({ path, text }): readonly Across[] => {
      const [noun = '', ...steps] = text.split('.')
      if (steps.length === 0) return []
      const found = nouns.standing(noun, steps, 'anywhere')
      if (found?.kind === 'absent')
        return [
          { path, message: `${noun} has no ${found.name} there${meant(found.name, found.names)}` },
        ]
      const message = `the schema of ${noun} requires ${steps.join('.')}, so what is left is invalid and will be parked; deny what it stands in`
      return found?.kind === 'there' && found.required ? [{ path, message }] : []
    }),
  )
}
