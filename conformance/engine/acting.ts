// One branch of a script, played: the tester says what the script has it say, in turn, and everybody else reacts. Who that is,
// and how messages travel, is the business of the ground that it is played on.

import { textAt } from '../find.ts'
import type { Ground, Passage, Passing } from '../peers/stage.ts'
import type { Played } from '../script.ts'
import type { Role, Say } from '../shapes.ts'
import { compose, fillOf } from './compose.ts'
import type { Composed, Writing } from './compose.ts'
import { NOTHING_KNOWN, knownTo, refusedAsUnknown, unmade } from './known.ts'
import type { Known } from './known.ts'
import { isStep } from './scene.ts'

/** What a branch is played with. */
export interface Acting {
  readonly seed: string
  readonly payload: (name: string) => string
  /** what the products know before; by default nothing */
  readonly known?: Known
  /** the product plays them, so that nobody speaks for them */
  readonly products: ReadonlySet<Role>
  /** Opens the ground on which it is played. @param meanwhile says what is said between a message and its answer */
  readonly open: (meanwhile: (passage: Passage) => readonly Passing[]) => Promise<Opened>
}

/** A ground, until nobody needs it any more. */
export interface Opened {
  readonly ground: Ground
  readonly close: () => Promise<void>
}

/** Something that was said. */
export interface Uttered {
  readonly say: Say
  readonly composed: Composed
  /** of its passage */
  readonly at: number
  /** fills the places of a text of its script */
  readonly fill: (text: string) => string
}

/** A branch as it was played. */
export interface Acted {
  readonly played: Played
  readonly passages: readonly Passage[]
  readonly said: readonly Uttered[]
  /** what was not said, and why */
  readonly left: readonly { readonly say: Say; readonly why: string }[]
  /** why it could not begin; undefined = it could */
  readonly unprepared: string | undefined
  /** fills the places of a text of the script */
  readonly fill: (text: string) => string
}

/** What a person enters at a party: nobody else sends it, so the tester does, also to a product. */
function isEntered({ from, to }: Say): boolean {
  return from === to
}

/** Plays it to its end: nothing is on its way any more. */
export async function act(played: Played, acting: Acting): Promise<Acted> {
  const { script, branch, says } = played
  const captured: Record<string, string> = {}
  const nouns = [...script.steps, ...script.prepares, ...says].map((it) => it.noun)
  const known = knownTo(nouns, acting.known ?? NOTHING_KNOWN)
  const texts = new Map<string, Composed>()
  const between = says.filter((it) => it.meanwhile !== undefined)
  const { ground, close } = await acting.open(meanwhile)
  const marked: { readonly say: Say; readonly passage: () => Passage | undefined }[] = []
  const left: { readonly say: Say; readonly why: string }[] = []
  let unprepared: string | undefined
  try {
    for (const say of says.filter((it) => it.meanwhile === undefined)) {
      const lacks = missing(say)
      if (acting.products.has(say.from) && !isEntered(say)) await ground.wait?.()
      else if (lacks !== undefined) left.push({ say, why: `nothing has come as ${lacks}` })
      else {
        const isHasty = script.prepares.slice(0, -1).some((it) => it.id === say.id)
        const [own] = await ground.say(say.from, say.to, bytesOf(say), isHasty)
        const at = own === undefined ? -1 : ground.passed.indexOf(own)
        marked.push({ say, passage: () => ground.passed[at] })
        if (own !== undefined) learn(say, own)
        unprepared ??= notTaken(say, own)
      }
      if (unprepared !== undefined) break
    }
  } finally {
    await close()
  }
  const passages = ground.passed
  const said = marked.flatMap(({ say, passage }) => uttered(say, passage()))
  return { played, passages, said, left: [...left, ...unsaid()], unprepared, fill: fill(says[0]) }

  function writing(): Writing {
    const source = 'cimgate-conformance'
    const { seed, payload } = acting
    return { seed, scenario: branch.id, source, now: ground.now(), captured, payload, known }
  }

  /** A party is known by its Source, so the tester speaks under the name of the role. */
  function bytesOf(say: Say): Uint8Array {
    const own = { ...say, header: { Source: say.from, ...say.header } }
    const composed = texts.get(say.resend ?? '') ?? compose(own, writing())
    texts.set(say.id, composed)
    return new TextEncoder().encode(composed.xml)
  }

  function fill(say: Say | undefined): (text: string) => string {
    return say === undefined ? (text) => text : fillOf(say, writing())
  }

  function uttered(say: Say, passage: Passage | undefined): readonly Uttered[] {
    const composed = texts.get(say.id)
    if (passage === undefined || composed === undefined) return []
    return [{ say, composed, at: passages.indexOf(passage), fill: fill(say) }]
  }

  /** Each is said once, when its step has been heard for the first time. */
  function meanwhile(passage: Passage): readonly Passing[] {
    return between.flatMap((say) => {
      const step = script.steps.find((it) => it.id === say.meanwhile)
      if (step === undefined || texts.has(say.id) || !isStep(step, passage, fill(say))) return []
      if (acting.products.has(say.from) && !isEntered(say)) return []
      const bytes = bytesOf(say)
      marked.push({
        say,
        passage: () => ground.passed.find((it) => Buffer.compare(it.message.bytes, bytes) === 0),
      })
      return [{ from: say.from, to: say.to, bytes }]
    })
  }

  function unsaid(): Acted['left'] {
    return between
      .filter((it) => !texts.has(it.id))
      .map((say) => ({ say, why: `${say.meanwhile ?? ''} did not pass` }))
  }

  function learn(say: Say, { reply }: Passage): void {
    for (const [name, path] of Object.entries(say.capture ?? {})) {
      const text = textAt(reply?.root, path)
      if (text !== undefined) captured[name] = text
    }
  }

  /** A name that the script gives to something that has not come. */
  function missing(say: Say): string | undefined {
    const text = JSON.stringify({ ...say, capture: undefined })
    const names = says.flatMap((it) => Object.keys(it.capture ?? {}))
    return names.find((it) => text.includes(`{{${it}}}`) && captured[it] === undefined)
  }

  function notTaken(say: Say, passage: Passage | undefined): string | undefined {
    const reply = passage?.reply?.root
    const madeUp = unmade(texts.get(say.id)?.madeUp ?? [], nouns)
    const open = refusedAsUnknown(say, reply, madeUp)
    // Whatever would have come of it cannot come.
    if (open !== undefined) return `${say.verb} ${say.noun} to ${say.to} was ${open}`
    if (!script.prepares.some((it) => it.id === say.id)) return undefined
    if (textAt(reply, 'Reply/Result') === 'OK') return undefined
    const errors = [textAt(reply, '**/Error/code'), textAt(reply, '**/Error/reason')]
    const got = reply === undefined ? 'no answer' : errors.filter(Boolean).join(' ')
    return `what it begins with was not taken: ${say.verb} ${say.noun} to ${say.to}: ${got}`
  }
}
