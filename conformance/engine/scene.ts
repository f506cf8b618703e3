// Which messages of what passed are which steps of a script. Pure: the same for peers in memory and for a product far away.

import { textAt, textsAt } from '../find.ts'
import type { Passage } from '../peers/stage.ts'
import type { Condition, Which } from '../script-shape.ts'
import type { Branch, Role, Script, ScriptStep } from '../shapes.ts'
import type { Node } from '../xml.ts'

/** What passed in one branch of a script. */
export interface Scene {
  readonly script: Script
  readonly branch: Branch
  /** in the order in which they were sent */
  readonly passages: readonly Passage[]
  /** fills the places of a text of the script */
  readonly fill: (text: string) => string
  /** of a step that nobody but the product itself sees, between two of its own roles */
  readonly isHidden: (step: ScriptStep) => boolean
}

/** A message, or a reply, that is a step of the script. */
export interface Match {
  readonly step: ScriptStep
  /** of its passage */
  readonly at: number
  readonly part: 'message' | 'reply'
  readonly root: Node | undefined
  readonly passage: Passage
  /** who has sent it */
  readonly sender: Role
  /** Of two the smaller was first. A reply stands between the messages around it. */
  readonly time: number
  /** what it is about; empty = it does not say */
  readonly about: readonly string[]
}

/** A scene with what is what in it. */
export interface View extends Scene {
  /** in the order of time; what was sent once more, octet by octet, is there once */
  readonly matches: readonly Match[]
  /** everything that messages are about; one without a name where they say nothing of it */
  readonly subjects: readonly (string | undefined)[]
}

/** Finds each step of the script in what passed. */
export function viewOf(scene: Scene): View {
  const repeated = repeatsIn(scene.passages)
  const found = scene.passages.flatMap((passage, at) =>
    repeated.has(at)
      ? []
      : scene.script.steps.flatMap((step) => matchesOf(step, passage, at, scene)),
  )
  const matches = [...found].sort((a, b) => a.time - b.time)
  const subjects = [...new Set(matches.flatMap((it) => it.about))]
  return { ...scene, matches, subjects: subjects.length === 0 ? [undefined] : subjects }
}

/** Messages that were there before, octet by octet, on the same way: delivered twice, they are one. */
function repeatsIn(passages: readonly Passage[]): ReadonlySet<number> {
  const known = new Set<string>()
  return new Set(
    passages.flatMap(({ from, to, message }, at) => {
      const key = `${from} ${to} ${Buffer.from(message.bytes).toString('latin1')}`
      const isKnown = known.has(key)
      known.add(key)
      return isKnown ? [at] : []
    }),
  )
}

function matchesOf(step: ScriptStep, passage: Passage, at: number, scene: Scene): readonly Match[] {
  const asked = step.kind === 'reply' ? askedOf(step, scene.script) : step
  if (asked === undefined || !isOn(asked, passage)) return []
  const { message, reply } = passage
  const about = asked.about === undefined ? [] : textsAt(message.root, asked.about)
  const match = { step, at, passage, about }
  if (step.kind !== 'reply')
    return isSo(step.where, message.root, scene.fill)
      ? [{ ...match, part: 'message', root: message.root, sender: passage.from, time: at }]
      : []
  if (reply === undefined || !isSo(asked.where, message.root, scene.fill)) return []
  if (!isSo(step.where, reply.root, scene.fill)) return []
  const time = passage.repliedAfter - 0.5
  return [{ ...match, part: 'reply', root: reply.root, sender: passage.to, time }]
}

/** The step that a reply answers. */
export function askedOf(
  step: ScriptStep,
  { steps }: Pick<Script, 'steps'>,
): ScriptStep | undefined {
  const before = [...(step.after ?? []), ...(step.preferablyAfter ?? [])]
  return steps.find(
    (it) =>
      before.includes(it.id) && it.kind !== 'reply' && it.from === step.to && it.to === step.from,
  )
}

/** True where a message is this step of the script. */
export function isStep(
  step: ScriptStep,
  passage: Passage,
  fill: (text: string) => string,
): boolean {
  return (
    step.kind !== 'reply' && isOn(step, passage) && isSo(step.where, passage.message.root, fill)
  )
}

function isOn(step: ScriptStep, { from, to, message: { root } }: Passage): boolean {
  const is = (words: string, path: string) => words.split('|').includes(textAt(root, path) ?? '')
  return (
    step.from === from &&
    step.to === to &&
    is(step.verb, 'Header/Verb') &&
    is(step.noun, 'Header/Noun')
  )
}

/** True where all of this is so in a message. */
function isSo(
  where: readonly Condition[] | undefined,
  root: Node | undefined,
  fill: (text: string) => string,
): boolean {
  return (where ?? []).every(({ path, equals, absent }) => {
    const texts = textsAt(root, path)
    return (
      (equals === undefined || texts.includes(fill(equals))) &&
      (absent === undefined || !texts.includes(fill(absent)))
    )
  })
}

/** Those that are meant. With a subject those that are about it, or do not say. */
export function those(
  { matches, fill, script }: View,
  { step: id, part, where }: Which,
  subject?: string,
): readonly Match[] {
  const step = script.steps.find((it) => it.id === id)
  return matches
    .filter((it) => it.step.id === id && isAbout(it, subject))
    .flatMap((it) => {
      const meant = part === 'reply' && step?.kind !== 'reply' ? replyOf(it) : it
      return meant !== undefined && isSo(where, meant.root, fill) ? [meant] : []
    })
}

/** What came back to a message; undefined where nothing did. */
function replyOf(it: Match): Match | undefined {
  const { reply, to, repliedAfter } = it.passage
  if (reply === undefined) return undefined
  return { ...it, part: 'reply', root: reply.root, sender: to, time: repliedAfter - 0.5 }
}

function isAbout({ about }: Match, subject: string | undefined): boolean {
  return subject === undefined || about.length === 0 || about.includes(subject)
}

/** Steps that have to come before a step: those that it names, and in the place of what nobody sees what comes before that. */
export function forerunners(step: ScriptStep, view: View): readonly ScriptStep[] {
  const named = view.script.steps.filter((it) => step.after?.includes(it.id) === true)
  return [...new Set(named.flatMap((it) => (view.isHidden(it) ? forerunners(it, view) : [it])))]
}

/** Those that should; what nobody sees is asked of nobody. */
export function preferred(step: ScriptStep, view: View): readonly ScriptStep[] {
  return view.script.steps.filter(
    (it) => step.preferablyAfter?.includes(it.id) === true && !view.isHidden(it),
  )
}
