// The invariants of scripts, a function for each kind: what has to hold between messages about the same thing.

import { find, textsAt } from '../find.ts'
import { those } from '../engine/scene.ts'
import type { Match, View } from '../engine/scene.ts'
import type { Invariant, Place } from '../script-shape.ts'
import { missing, placeOf, shown, wordsOf, wrong } from './blamed.ts'
import type { Blamed, ScenarioCheck } from './blamed.ts'

/** One for each kind. */
export const INVARIANT_CHECKS: readonly ScenarioCheck[] = [
  { name: 'not-before', judge: of('not-before', notBefore) },
  { name: 'never-after', judge: of('never-after', neverAfter) },
  { name: 'same', judge: of('same', same) },
  { name: 'known', judge: (view) => wholeOf('known', known, view) },
  { name: 'times', judge: of('times', times) },
  { name: 'one-of', judge: (view) => wholeOf('one-of', oneOf, view) },
  { name: 'present', judge: of('present', present) },
  { name: 'rises', judge: of('rises', rises) },
]

type Kind = Invariant['kind']
type Of<K extends Kind> = Extract<Invariant, { readonly kind: K }>

/** Each invariant of a kind, for each thing that the scenario is about. */
function of<K extends Kind>(
  kind: K,
  judge: (it: Of<K>, view: View, subject: string | undefined) => readonly Blamed[],
) {
  return (view: View): readonly Blamed[] =>
    [...view.script.invariants, ...(view.branch.invariants ?? [])]
      .filter((it): it is Of<K> => it.kind === kind)
      .flatMap((it) => view.subjects.flatMap((subject) => judge(it, view, subject)))
}

/** Each invariant of a kind, over everything at once. */
function wholeOf<K extends Kind>(
  kind: K,
  judge: (it: Of<K>, view: View) => readonly Blamed[],
  view: View,
): readonly Blamed[] {
  return [...view.script.invariants, ...(view.branch.invariants ?? [])]
    .filter((it): it is Of<K> => it.kind === kind)
    .flatMap((it) => judge(it, view))
}

function notBefore(
  { requirement, steps, before }: Of<'not-before'>,
  view: View,
  subject: string | undefined,
): readonly Blamed[] {
  const [first] = those(view, before, subject)
  return steps
    .flatMap((it) => those(view, it, subject))
    .filter((it) => first === undefined || it.time < first.time)
    .map((it) =>
      wrong(requirement, it, {
        expected: `${shown(before)} before ${it.step.id}`,
        got: first === undefined ? `no such ${before.step}` : 'the other way round',
        message: `${it.sender} was too early to ${it.step.title}.`,
      }),
    )
}

function neverAfter(
  { requirement, steps, after }: Of<'never-after'>,
  view: View,
  subject: string | undefined,
): readonly Blamed[] {
  const [first] = those(view, after, subject)
  if (first === undefined) return []
  return steps
    .flatMap((it) => those(view, it, subject))
    .filter((it) => it.time > first.time)
    .map((it) =>
      wrong(requirement, it, {
        expected: `no ${it.step.id} after ${shown(after)}`,
        got: wordsOf(it.step),
        message: `After ${shown(after)}, ${it.sender} was not to ${it.step.title}.`,
      }),
    )
}

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

function same(
  { requirement, places }: Of<'same'>,
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
function known({ requirement, places, from }: Of<'known'>, view: View): readonly Blamed[] {
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

function times(
  { requirement, of: which, least = 0, most }: Of<'times'>,
  view: View,
  subject: string | undefined,
): readonly Blamed[] {
  const all = those(view, which, subject)
  const step = view.script.steps.find((it) => it.id === which.step)
  if (step === undefined || view.isHidden(step)) return []
  const expected = `${most === undefined ? `at least ${least}` : least === most ? String(most) : `at most ${most}`} of ${shown(which)}`
  if (all.length < least)
    return [
      missing(requirement, step, {
        expected,
        message: `${step.from} had to ${step.title}: ${all.length} came.`,
      }),
    ]
  return all.slice(most ?? all.length).map((it) =>
    wrong(requirement, it, {
      expected,
      got: String(all.length),
      message: `${it.sender} was not to ${it.step.title} once more.`,
    }),
  )
}

/** Of messages that nobody sees nothing can be said. */
function oneOf({ requirement, ways }: Of<'one-of'>, view: View): readonly Blamed[] {
  const steps = ways.flatMap((it) => view.script.steps.filter((one) => one.id === it.step))
  if (steps.some(view.isHidden) || ways.some((it) => those(view, it).length > 0)) return []
  const [first] = ways
  const [step] = steps
  if (step === undefined || first === undefined) return []
  const blamed = first.part === 'reply' ? { ...step, from: step.to } : step
  return [
    missing(requirement, blamed, {
      expected: ways.map(shown).join(', or '),
      message: `None of what had to show it came: ${ways.map(shown).join(', or ')}.`,
    }),
  ]
}

function present(
  { requirement, places, equals }: Of<'present'>,
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

function rises(
  { requirement, places }: Of<'rises'>,
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
