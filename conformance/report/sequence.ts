// The sequence diagram of a case, drawn from what passed: who said what to whom, in order, and what nobody answered. The same
// stands beside it as a list, for those who cannot see it.

import { textAt } from '../find.ts'
import { markup } from './markup.ts'
import type { Content, Markup } from './markup.ts'
import { messageAnchor } from './message.ts'
import { ROLES } from '../shapes.ts'
import { readXml } from '../xml.ts'
import type { CaseResult, PassedAs } from '../results-shape.ts'

/** An arrow. */
export interface Arrow {
  readonly from: string
  readonly to: string
  readonly step: string
  readonly words: string
  /** the same in few letters, where words are too many */
  readonly label?: string
  /** the message; undefined: none came */
  readonly passed: PassedAs | undefined
  /** a finding of this weight is about it */
  readonly weight: 'fail' | 'warning' | undefined
}

/** Of a case, in the order in which they passed. */
export function arrowsOf(
  { id, findings }: Pick<CaseResult, 'id' | 'findings'>,
  wire: readonly PassedAs[],
  bytes: (file: string) => Uint8Array | undefined,
): readonly Arrow[] {
  const own = wire.filter((it) => it.scenario === id)
  return own.flatMap((passed, at) => {
    const { from, to, step, direction, file } = passed
    const weights = findings.filter((it) => it.wire === file && it.waived === undefined)
    const weight = weights.some((it) => it.severity === 'fail') ? 'fail' : weights[0]?.severity
    const arrow = { from, to, step, passed, weight, ...wordsOf(passed, bytes(file)) }
    const isLost = direction === 'request' && !isAnswered(passed, own.slice(at + 1), findings)
    return isLost
      ? [arrow, { from: to, to: from, step, words: 'no answer', passed: undefined, weight: 'fail' }]
      : [arrow]
  })
}

/** A step without any reply has none only where a finding without a message says so: an event may have none. */
function isAnswered(
  { step }: PassedAs,
  later: readonly PassedAs[],
  findings: CaseResult['findings'],
): boolean {
  return (
    later.some((it) => it.step === step && it.direction === 'reply') ||
    !findings.some((it) => it.step === step && it.wire === '')
  )
}

/** `create DERGroups`, `reply DERGroups: FAILED 2.9`, or what it is where it cannot be read. */
function wordsOf(
  { status }: PassedAs,
  bytes: Uint8Array | undefined,
): Pick<Arrow, 'words' | 'label'> {
  const root = bytes === undefined ? undefined : readXml(bytes)
  const http = status !== null && status >= 400 ? ` (HTTP ${status})` : ''
  if (root === undefined)
    return { words: `${bytes?.length === 0 ? 'nothing' : 'not to be read'}${http}` }
  const verb = textAt(root, '**/Header/Verb')
  const noun = textAt(root, '**/Header/Noun') ?? ''
  const what = verb === undefined ? root.name : `${verb} ${noun}`.trim()
  const outcome = ['Result', 'Error/code'].map((it) => textAt(root, `**/Reply/${it}`) ?? '')
  const said = outcome.join(' ').trim()
  if (said === '') return { words: what + http }
  // What has come of it is what a reader looks for: of a long Noun the end is lost, and not the outcome.
  return { words: `${what}: ${said}${http}`, label: `${said}${http} ${noun}`.trim() }
}

const [COLUMN, ROW, TOP] = [160, 46, 34]
/** of a label, about the width of a column */
const MOST_LETTERS = 26

/** Picture and list. @param id is not there a second time in the page */
export function sequence(arrows: readonly Arrow[], id: string, title: string): Markup {
  if (arrows.length === 0) return markup`<p>Nothing has passed.</p>`
  const parties = inOrder(arrows.flatMap((it) => [it.from, it.to]))
  const [width, height] = [parties.length * COLUMN, TOP + arrows.length * ROW + 12]
  return markup`<figure class="sequence">
    <div class="scroll" tabindex="0" role="region" aria-label="Sequence diagram of ${title}">
      <svg
        viewBox="0 0 ${width} ${height}"
        width="${width}"
        height="${height}"
        role="img"
        aria-labelledby="${id}-title ${id}-desc"
      >
        <title id="${id}-title">${title}</title>
        <desc id="${id}-desc">${arrows.map(said).join('. ')}</desc>
        ${parties.map((it, at) => lifeline(it, at, height))}
        ${arrows.map((it, at) => [
          isOfScript(it.step) ? begun(it.step, width, TOP + at * ROW) : undefined,
          drawn(it, parties, TOP + (at + 0.75) * ROW),
        ])}
      </svg>
    </div>
    <ol>
      ${arrows.map(item)}
    </ol>
  </figure>`
}

/** Roles always in one order, so that two diagrams can be laid side by side; before them whoever has none. */
function inOrder(parties: readonly string[]): readonly string[] {
  const place = (it: string) => (ROLES as readonly string[]).indexOf(it)
  return [...new Set(parties)].sort((a, b) => place(a) - place(b))
}

function said({ from, to, words, step }: Arrow): string {
  return `Step ${step}: ${from} to ${to}: ${words}`
}

function item({ from, to, words, step, passed, weight }: Arrow): Markup {
  const text: Content =
    passed === undefined ? words : markup`<a href="#${messageAnchor(passed)}">${words}</a>`
  const mark =
    weight === undefined ? undefined : markup` <span class="v ${weight}">${weight}</span>`
  return markup`<li>
    <span class="step">step ${step}</span> ${from} → ${to}: ${text}${mark}
  </li>`
}

function middle(column: number): number {
  return (column + 0.5) * COLUMN
}

function lifeline(party: string, column: number, height: number): Markup {
  return markup`<g class="party">
    <rect x="${middle(column) - 48}" y="4" width="96" height="24" rx="3" />
    <text x="${middle(column)}" y="21" text-anchor="middle">${party}</text>
    <line x1="${middle(column)}" y1="28" x2="${middle(column)}" y2="${height}" />
  </g>`
}

/** `S-5-1/3`: one that the script has, among all that prepares it and follows from it. */
function isOfScript(step: string): boolean {
  return /\/\d+$/.test(step)
}

/** What the source has a number for. */
function begun(step: string, width: number, y: number): Markup {
  return markup`<g class="begun">
    <line x1="0" y1="${y}" x2="${width}" y2="${y}" />
    <text x="2" y="${y + 12}">${step}</text>
  </g>`
}

function drawn(
  { from, to, words, label = words, passed, weight }: Arrow,
  parties: readonly string[],
  y: number,
): Markup {
  const [start, end] = [middle(parties.indexOf(from)), middle(parties.indexOf(to))]
  const way = end > start ? 1 : -1
  const isLost = passed === undefined
  const tip = isLost ? (start + end) / 2 : end
  const head = isLost
    ? markup`<path d="M${tip - 5} ${y - 5}l10 10m0 -10l-10 10" />`
    : markup`<path class="head" d="M${tip} ${y}l${-8 * way} -4v8z" />`
  const kind = `arrow ${weight ?? ''} ${isLost ? 'lost' : ''}`
  // To oneself there is no way: a small loop is drawn.
  const line =
    start === end
      ? markup`<path class="loop" d="M${start} ${y - 10}h24v10h-24" />`
      : markup`<line x1="${start}" y1="${y}" x2="${tip}" y2="${y}" />`
  return markup`<g class="${kind}">
    ${line}${head}
    <text x="${(start + end) / 2}" y="${y - 6}" text-anchor="middle">${shortened(label, MOST_LETTERS)}</text>
  </g>`
}

function shortened(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`
}
