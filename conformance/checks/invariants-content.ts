// Invariants of scripts about what messages say: the same, something known, something at all, more than before.

import { find, textsAt } from '../find.ts'
import { those } from '../engine/scene.ts'
import type { Match, View } from '../engine/scene.ts'
import type { InvariantOf, Place } from '../script-shape.ts'
import { placeOf, wrong } from './blamed.ts'
import type { Blamed } from './blamed.ts'

interface Found {
  readonly match: Match
  readonly texts: readonly string[]
  readonly path: string
}

/** What stands in places, in the order of time; a message that has nothing there is left out where nothing is asked of it. */
function standing(
  places: readonly Place[],
  view: View,
  subject: string | undefined,
): readonly Found[] {
  return places
    .flatMap((it) =>
      those(view, it, subject).map((match) => ({
        ...{ match, path: it.path, isLax: it.isLax === true },
        texts: [...textsAt(match.root, it.path)].sort(),
      })),
    )
    .filter((it) => it.texts.length > 0 || !it.isLax)
    .sort((a, b) => a.match.time - b.match.time)
}

/** The same in all places, in the order of time. */
export function same(
  { requirement, places }: InvariantOf<'same'>,
  view: View,
  subject: string | undefined,
): readonly Blamed[] {
  const all = standing(places, view, subject)
  const [first] = all
  if (first === undefined) return []
  return all
    .filter((it) => it.texts.join('\n') !== first.texts.join('\n'))
    .map((it) =>
      wrong(requirement, it.match, {
        expected: `${inFew(first.texts)}, as in ${first.match.step.id}`,
        got: difference(it.texts, first.texts),
        message: `${it.match.step.id} and ${first.match.step.id} do not say the same in ${it.path}.`,
        ...placeOf(it.match.root, it.path),
      }),
    )
}

function inFew(texts: readonly string[]): string {
  if (texts.length === 0) return 'none'
  const few = texts.slice(0, 3).join(', ')
  return texts.length <= 3 ? few : `${few} and ${texts.length - 3} more`
}

/** Of many that are nearly the same only what is not. */
function difference(got: readonly string[], wanted: readonly string[]): string {
  const lacking = wanted.filter((it) => !got.includes(it))
  const more = got.filter((it) => !wanted.includes(it))
  if (got.length <= 3 || (lacking.length === 0 && more.length === 0)) return inFew(got)
  return [
    `${got.length}`,
    ...(lacking.length === 0 ? [] : [`without ${inFew(lacking)}`]),
    ...(more.length === 0 ? [] : [`with ${inFew(more)}`]),
  ].join(' ')
}

/** Over everything that the scenario is about together: what is about nothing that is known is what is looked for. */
export function known(
  { requirement, places, from }: InvariantOf<'known'>,
  view: View,
): readonly Blamed[] {
  const before = standing(from, view, undefined)
  return standing(places, view, undefined).flatMap(({ match, texts, path }) => {
    const said = before.filter((it) => it.match.time < match.time).flatMap((it) => it.texts)
    const strange = texts.filter((it) => !said.includes(it))
    if (strange.length === 0) return []
    const where = [...new Set(from.map(({ step }) => step))].join(' or ')
    return [
      wrong(requirement, match, {
        expected: said.length === 0 ? `something in ${where} before` : inFew([...new Set(said)]),
        got: inFew(strange),
        message: `${match.step.id} says in ${path} what ${where} has not said before.`,
        ...placeOf(match.root, path),
      }),
    ]
  })
}

/** What has to be there is. */
export function present(
  { requirement, places, equals }: InvariantOf<'present'>,
  view: View,
  subject: string | undefined,
): readonly Blamed[] {
  const wanted = equals === undefined ? undefined : view.fill(equals)
  return standing(places, view, subject)
    .filter(({ texts }) => (wanted === undefined ? texts.length === 0 : !texts.includes(wanted)))
    .map(({ match, texts, path }) =>
      wrong(requirement, match, {
        expected: `${wanted ?? 'something'} in ${path}`,
        got: inFew(texts),
        message: `${match.step.id} does not say what it has to in ${path}.`,
        ...placeOf(match.root, path),
      }),
    )
}

/** Each message of a step says more than the one before. */
export function rises(
  { requirement, places }: InvariantOf<'rises'>,
  view: View,
  subject: string | undefined,
): readonly Blamed[] {
  const steps = [...new Set(places.map(({ step }) => step))]
  return steps.flatMap((step) => {
    const all = standing(
      places.filter((it) => it.step === step),
      view,
      subject,
    )
    return all.slice(1).flatMap((it, at) => {
      const before = all[at]
      if (before === undefined || isGreater(numbersAt(it), numbersAt(before))) return []
      return [
        wrong(requirement, it.match, {
          expected: `more than ${numbersAt(before).join('.')}`,
          got: numbersAt(it).join('.') || 'none',
          message: `${step} does not raise what stands in ${it.path}.`,
          ...placeOf(it.match.root, it.path),
        }),
      ]
    })
  })
}

/** `2`, or major, minor and revision of a version. */
function numbersAt({ match, path }: Found): readonly number[] {
  const node = find(match.root, path)[0]
  if (node === undefined) return []
  const texts = node.children.length === 0 ? [node.text] : node.children.map((it) => it.text)
  return texts.filter((it) => /^\d+$/.test(it)).map(Number)
}

function isGreater(one: readonly number[], other: readonly number[]): boolean {
  const at = one.findIndex((it, place) => it !== other[place])
  return at >= 0 && (one[at] ?? 0) > (other[at] ?? -1)
}
