// What passed in a branch of a script, made wrong in one thing: for everything that the script asks of order, presence and
// content a contrary, made from the script itself, so that an invariant without a mutant cannot be.

import { find } from '../find.ts'
import type { Acted } from '../engine/acting.ts'
import { askedOf, those, viewOf } from '../engine/scene.ts'
import type { Match, View } from '../engine/scene.ts'
import type { Passage } from '../peers/stage.ts'
import type { Invariant, Which } from '../script-shape.ts'
import type { ScriptStep } from '../shapes.ts'
import type { Node } from '../xml.ts'
import { edited, without } from './tree.ts'

/** One of them. */
export interface SceneMutant {
  readonly id: string
  /** the requirement that has to say so; others may with it */
  readonly kills: string
  /** the check that has to find it */
  readonly check: string
  readonly passages: readonly Passage[]
}

/** A message of each step, from wherever it passed, and the texts of its branch in those of this one. */
export type Donor = (step: string) => Passage | undefined

/** Of everything that is asked of a branch. */
export function sceneMutants(acted: Acted, donor: Donor): readonly SceneMutant[] {
  const { played, passages, fill } = acted
  const { script, branch } = played
  const view = viewOf({ script, branch, passages, fill, isHidden: () => false })
  const invariants = [...script.invariants, ...(branch.invariants ?? [])]
  return [
    ...branch.passes.flatMap((it) => dropped(it, view)),
    ...branch.never.flatMap((it) => added(it, view, donor)),
    ...script.steps.flatMap((it) => disordered(it, view)),
    ...invariants.flatMap((it) => broken(it, view)),
  ]
}

type Made = readonly SceneMutant[]

function dropped(step: string, view: View): Made {
  const gone = those(view, { step })
  if (gone.length === 0) return []
  const isMessage = gone.every((it) => it.part === 'message')
  const passages = isMessage
    ? withoutThem(gone, view)
    : view.passages.map((it, at) =>
        gone.some((one) => one.at === at) ? { ...it, reply: undefined } : it,
      )
  return [{ id: `without ${step}`, kills: 'SCN-01', check: 'due', passages: inTurn(passages) }]
}

/** Without these messages, and what follows from them alone. */
function withoutThem(gone: readonly Match[], view: View): readonly Passage[] {
  const all = following(gone, view)
  const texts = new Set(all.map((it) => textOf(it.passage)))
  return view.passages.filter((it) => !texts.has(textOf(it)))
}

function following(gone: readonly Match[], view: View): readonly Match[] {
  const steps = gone.map((it) => it.step.id)
  const more = view.matches.filter(
    (it) =>
      it.part === 'message' &&
      !gone.includes(it) &&
      it.step.after?.some((one) => steps.includes(one)) === true &&
      gone.some((one) => one.about.some((about) => it.about.includes(about))),
  )
  return more.length === 0 ? gone : following([...gone, ...more], view)
}

function textOf({ from, to, message }: Passage): string {
  return `${from} ${to} ${Buffer.from(message.bytes).toString('latin1')}`
}

function added(step: string, view: View, donor: Donor): Made {
  const passage = donor(step)
  if (passage === undefined) return []
  const passages = inTurn([...view.passages, passage])
  return [{ id: `with ${step}`, kills: 'SCN-02', check: 'never', passages }]
}

/** What has to come before comes at the end. */
function disordered(step: ScriptStep, view: View): Made {
  const own = those(view, { step: step.id })
  if (own.length === 0) return []
  const late = (ids: readonly string[] = [], kills: string, check: string) =>
    ids.flatMap((id): Made => {
      // A reply goes where its message goes.
      if (askedOf(step, view.script)?.id === id && step.kind === 'reply') return []
      const moved = those(view, { step: id }).filter((it) => it.part === 'message')
      if (moved.length === 0) return []
      const places = moved.map((it) => it.at)
      const passages = [
        ...view.passages.filter((_it, at) => !places.includes(at)),
        ...places.flatMap((at) => view.passages[at] ?? []),
      ]
      return [{ id: `${id} behind ${step.id}`, kills, check, passages: inTurn(passages) }]
    })
  return [
    ...late(step.after, 'SCN-03', 'order'),
    ...late(step.preferablyAfter, 'SCN-04', 'preferred order'),
  ]
}

function broken(it: Invariant, view: View): Made {
  const made = (what: string, passages: readonly Passage[]): SceneMutant => ({
    ...{ id: `${it.requirement}, ${it.kind}: ${what}`, kills: it.requirement, check: it.kind },
    passages: inTurn(passages),
  })
  switch (it.kind) {
    case 'not-before':
      return it.steps.some((one) => those(view, one).length > 0)
        ? [made(`without ${it.before.step}`, withoutAll([it.before], view))]
        : []
    case 'never-after': {
      const [late] = it.steps.flatMap((one) => those(view, one))
      const first = those(view, it.after)
      if (late === undefined || first.length === 0) return []
      const copy = renumbered(late.passage)
      return [made(`${late.step.id} once more`, [...view.passages, copy])]
    }
    case 'same':
      return lastOf(it.places, view, true).map(({ match, path }) =>
        made(`another ${path} in ${match.step.id}`, changedIn(view, match, otherText(path))),
      )
    case 'known':
      return lastOf(it.places, view).map(({ match, path }) =>
        made(`another ${path} in ${match.step.id}`, changedIn(view, match, otherText(path))),
      )
    case 'times': {
      const all = those(view, it.of)
      const [first] = all
      if (first === undefined) return []
      if (it.most === undefined || all.length < it.most)
        return [made(`without ${it.of.step}`, withoutAll([it.of], view))]
      return [made(`${it.of.step} once more`, [...view.passages, renumbered(first.passage)])]
    }
    case 'one-of':
      return [made('none of them', withoutAll(it.ways, view))]
    case 'present':
      return lastOf(it.places, view).map(({ match, path }) =>
        made(
          `no ${path} in ${match.step.id}`,
          changedIn(view, match, (one) => without(one, path)),
        ),
      )
    case 'rises':
      return lastOf(it.places, view).flatMap(({ match, path }) =>
        those(view, { step: match.step.id }).length < 2
          ? []
          : [made(`the same ${path}`, changedIn(view, match, lowest(path)))],
      )
  }
}

/** The last message in which something stands in one of the places: one before it says otherwise. */
function lastOf(
  places: readonly (Which & { readonly path: string })[],
  view: View,
  isOneOfSeveral = false,
): readonly { readonly match: Match; readonly path: string }[] {
  const all = places.flatMap((it) =>
    those(view, it)
      .filter((match) => find(match.root, it.path).length > 0)
      .map((match) => ({ match, path: it.path })),
  )
  const last = all
    .filter(
      ({ match }) =>
        !isOneOfSeveral || all.some((one) => one.match.at < match.at && isAbout(one.match, match)),
    )
    .sort((a, b) => a.match.time - b.match.time)
    .at(-1)
  return last === undefined ? [] : [last]
}

function isAbout(one: Match, other: Match): boolean {
  return other.about.some((it) => one.about.includes(it))
}

function otherText(path: string): (root: Node) => Node {
  return (root) => edited(root, path, (it) => ({ ...it, text: `${it.text}-other` }))
}

function lowest(path: string): (root: Node) => Node {
  const zero = (it: Node): Node =>
    it.children.length === 0 ? { ...it, text: '0' } : { ...it, children: it.children.map(zero) }
  return (root) => edited(root, path, zero)
}

/** The message, or the reply, of a match made into another one. */
function changedIn(
  view: View,
  { at, part }: Match,
  change: (root: Node) => Node,
): readonly Passage[] {
  return view.passages.map((it, place) => {
    if (place !== at) return it
    const half = it[part]
    return half?.root === undefined ? it : { ...it, [part]: { ...half, root: change(half.root) } }
  })
}

/** Messages that are one of these do not pass; replies that are say something else. */
function withoutAll(ways: readonly Which[], view: View): readonly Passage[] {
  const gone = ways.flatMap((it) => those(view, it).map((match) => ({ match, where: it.where })))
  const messages = gone.flatMap(({ match }) => (match.part === 'message' ? [match] : []))
  const left = withoutThem(messages, view)
  return left.map((it) =>
    gone
      .filter(({ match }) => match.part === 'reply' && match.passage === it)
      .reduce((one, { where = [] }) => saysOtherwise(one, where), it),
  )
}

function saysOtherwise(passage: Passage, where: NonNullable<Which['where']>): Passage {
  const { reply } = passage
  if (reply?.root === undefined) return passage
  const root = where.reduce((it, { path }) => otherText(path)(it), reply.root)
  return { ...passage, reply: { ...reply, root } }
}

/** The same once more, as a message of its own. */
function renumbered(passage: Passage): Passage {
  const { message } = passage
  const bytes = new TextEncoder().encode(`${new TextDecoder().decode(message.bytes)}<!-- again -->`)
  const root = message.root === undefined ? undefined : otherText('Header/MessageID')(message.root)
  return { ...passage, message: { ...message, bytes, root } }
}

/** Each is answered before the next is sent, as in memory. */
function inTurn(passages: readonly Passage[]): readonly Passage[] {
  return passages.map((it, at) => ({ ...it, repliedAfter: at + 1 }))
}

/** Harmless: everything is delivered twice, and somebody asks for a status in between. */
export function interleaved(passages: readonly Passage[], status: Passage): readonly Passage[] {
  return inTurn(passages.flatMap((it) => [status, it, it]))
}
