// The index of interoperability cases: which cases of the register each stands for, or why it has none. Cases get the ids of
// their rows as aliases, and the profiles of their rows; nothing else says where they belong.

import type { ClientCase, Interop, Scenario } from './shapes.ts'

/** Every id that there is: they are stable, so the list is as long as it is. */
const IDS = [
  ...Array.from({ length: 42 }, (_it, at) => `IT-${String(at + 1).padStart(2, '0')}`),
  ...['a', 'b', 'c', 'd', 'e', 'f'].map((it) => `AC-0${it}`),
]

/** What the shape of the index cannot say: every id is there once, and what it names is in the register. */
export function lintInterop(
  index: readonly Interop[],
  cases: ReadonlySet<string>,
): readonly string[] {
  const ids = index.map((it) => it.id)
  return [
    ...IDS.filter((it) => !ids.includes(it)).map((it) => `interop.json: ${it} is missing`),
    ...ids.filter((it) => !IDS.includes(it)).map((it) => `interop.json: ${it} is no id`),
    ...ids
      .filter((it, at) => ids.indexOf(it) !== at)
      .map((it) => `interop.json: ${it} is there twice`),
    ...index
      .filter((it) => it.cases.length === 0 && it.untested === undefined)
      .map((it) => `interop.json: ${it.id} has neither cases nor a reason in "untested"`),
    ...index.flatMap((it) =>
      it.cases
        .filter((one) => !cases.has(one))
        .map((one) => `interop.json: ${it.id}: case ${one} is not in the register`),
    ),
  ]
}

/** The case under all names that it is known by, in all profiles that it belongs to. */
export function indexed<T extends Scenario | ClientCase>(one: T, index: readonly Interop[]): T {
  const rows = index.filter((it) => it.cases.includes(one.id))
  const aliases = unique([...(one.aliases ?? []), ...rows.map((it) => it.id)])
  const profiles = unique([...(one.profiles ?? []), ...rows.flatMap((it) => it.profile ?? [])])
  return { ...one, aliases: aliases.filter((it) => it !== one.id), profiles }
}

function unique<T>(all: readonly T[]): readonly T[] {
  return [...new Set(all)]
}
