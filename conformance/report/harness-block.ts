// What is wrong with the run itself, in the page: nothing that the product has to answer for, and a reason to doubt a verdict.

import type { Results } from '../results-shape.ts'
import type { Waiver } from '../shapes.ts'
import { anchor, markup } from './markup.ts'
import type { Content, Markup } from './markup.ts'

/** undefined where there is nothing */
export function harnessBlock(results: Results): Markup | undefined {
  const troubles = [...undecided(results), ...idle(results), ...opinions(results)]
  if (troubles.length === 0) return undefined
  return markup`<section id="harness">
    <h2>The suite itself</h2>
    <ul>
      ${troubles.map((it) => markup`<li>${it}</li>`)}
    </ul>
  </section>`
}

function undecided({ cases }: Results): readonly Content[] {
  return cases
    .filter((it) => it.verdict === 'harness-error')
    .map(
      (it) =>
        markup`<a href="#${anchor('case', it.id)}">${it.id}</a> could not be judged: ${it.why ?? ''}`,
    )
}

/** What is to be done about waivers that cover nothing, a sentence each. */
export function idle({ waivers, run }: Results): readonly string[] {
  return waivers.flatMap((it) =>
    it.isIdle ? [whyIdle(it.waiver, run.startedAt.slice(0, 10))] : [],
  )
}

/** What is to be done about a waiver that nothing was waived by. @param today YYYY-MM-DD */
export function whyIdle({ finding, locator, by, until }: Waiver, today: string): string {
  const which = `The waiver of ${finding} in ${locator}`
  return until < today
    ? `${which} has ended on ${until}: have the finding mended, or ask ${by} for a longer one.`
    : `${which} covers nothing: take it out of the file.`
}

function opinions({ secondOpinion: it }: Results): readonly Content[] {
  if (it === undefined) return []
  if ('missing' in it) return [`No second opinion: ${it.missing}`]
  return [
    ...it.disagreements.map(
      (one) =>
        `Two engines disagree on the ${one.part} of ${one.wire} by ${one.schema}. cimgate: ${one.ours}. ${it.engine}: ${one.theirs}.`,
    ),
    ...it.undecided.map((one) => `${it.engine} gave no answer: ${one}`),
  ]
}
