// Which of several sets of schemas speaks for a namespace, and which edition is used where no namespace is given.

import type { CatalogueEntry } from './entry.ts'
import { yearOf } from './edition.ts'
import { nearest } from './nearest.ts'

/** Edition by noun: the key of an edition, its year, or `shipped`. */
export type EditionChoice = Readonly<Record<string, string>>

/** The order in which entries are asked. */
export interface Precedence {
  /** those that judge: of each namespace the entries of one set */
  readonly entries: readonly CatalogueEntry[]
  /** namespace by noun, where one is chosen */
  readonly preferred: ReadonlyMap<string, string>
  /** what is wrong with the choice, one sentence each */
  readonly problems: readonly string[]
}

/** @param all entries in their order: the first set that defines a namespace speaks for it, unless another is chosen */
export function precedenceOf(all: readonly CatalogueEntry[], choice: EditionChoice): Precedence {
  const speaker = new Map<string, string>()
  for (const { targetNamespace: ns, set } of all) if (!speaker.has(ns)) speaker.set(ns, set)
  const preferred = new Map<string, string>()
  const askedBy = new Map<string, string>()
  const problems: string[] = []
  for (const [noun, edition] of Object.entries(choice)) {
    const found = chosenOf(all, noun, edition)
    if ('problem' in found) {
      problems.push(found.problem)
      continue
    }
    const { targetNamespace: ns, set } = found.entry
    const other = askedBy.get(ns)
    if (other !== undefined && speaker.get(ns) !== set)
      problems.push(
        `schemas.${noun}: ${noun} and ${other} share the namespace ${ns}, which only one edition can judge; choose the same for both.`,
      )
    else speaker.set(ns, set)
    askedBy.set(ns, noun)
    preferred.set(noun, ns)
  }
  const entries = all.filter((it) => speaker.get(it.targetNamespace) === it.set)
  return { entries, preferred, problems }
}

function chosenOf(
  all: readonly CatalogueEntry[],
  noun: string,
  edition: string,
): { readonly entry: CatalogueEntry } | { readonly problem: string } {
  const candidates = all.filter((it) => it.nouns.includes(noun))
  const entry = candidates.find((it) => isMeant(it, edition))
  if (entry !== undefined) return { entry }
  if (candidates.length > 0) {
    const keys = new Set(
      candidates.flatMap((it) => [it.key, ...(it.file.shipped ? ['shipped'] : [])]),
    )
    return {
      problem: `schemas.${noun}: there is no edition ${edition} of ${noun}; there are ${[...keys].join(', ')}.`,
    }
  }
  const names = new Set(all.flatMap((it) => it.nouns))
  const near = nearest(noun, names)
  const advice = near === undefined ? '"cimgate schemas list" shows all' : `did you mean ${near}?`
  return {
    problem: `schemas.${noun}: there is no noun ${noun}; ${advice}${near === undefined ? '.' : ''}`,
  }
}

function isMeant({ key, file, targetNamespace }: CatalogueEntry, edition: string): boolean {
  if (edition === 'shipped') return file.shipped
  return key === edition || yearOf(targetNamespace) === edition || key.endsWith(`@${edition}`)
}
