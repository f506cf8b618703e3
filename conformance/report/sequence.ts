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

/** `POST /api/v1/der-groups`, `create DERGroups`, `reply DERGroups: FAILED 2.9`, or what it is where it cannot be read. */
function wordsOf(
  { status, asked, contentType }: PassedAs,
  bytes: Uint8Array | undefined,
): Pick<Arrow, 'words' | 'label'> {
  if (asked !== undefined) return { words: asked }
  if (/\bjson\b/i.test(contentType)) return { words: `HTTP ${status}` }
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

const [ROW, TOP] = [46, 34]
/** Lifelines stand so far apart where there are few; many move together as far as labels can be read. */
const [WIDEST, NARROWEST, PAGE] = [160, 128, 920]
/** about the width of a letter of a label */
const LETTER = 6.1
/** The roles stand there once more after so many arrows, so that a telephone always shows them. */
const HEADS_AFTER = 8
/** On an arrow over so many lanes a label is read at both ends: in its middle a telephone shows neither. Over fewer they would meet. */
const LONG_WAY = 4

/** How wide a diagram of so many parties is: what is narrower has to be scrolled. */
export function widthOf(parties: number): number {
  return parties * columnOf(parties)
}

function columnOf(parties: number): number {
  return Math.max(NARROWEST, Math.min(WIDEST, Math.floor(PAGE / parties)))
}

/** The parties of a diagram, and how far apart they stand. */
interface Lanes {
  readonly parties: readonly string[]
  readonly column: number
}

/** An arrow, with what stands above it, in its place. */
interface Row {
  readonly arrow: Arrow
  readonly top: number
  readonly hasHeads: boolean
}

/** Picture and list. @param id is not there a second time in the page */
export function sequence(arrows: readonly Arrow[], id: string, title: string): Markup {
  if (arrows.length === 0) return markup`<p>Nothing has passed.</p>`
  // Of a message with its answer a diagram says no more than the two lines.
  if (arrows.length <= 2 && !arrows.some((it) => isOfScript(it.step)))
    return markup`<figure class="sequence">${list(arrows, 1)}</figure>`
  const parties = inOrder(arrows.flatMap((it) => [it.from, it.to]))
  const lanes = { parties, column: columnOf(parties.length) }
  const rows = rowsOf(arrows)
  const prepared = preparing(arrows)
  const [width, height] = [widthOf(parties.length), (rows.at(-1)?.top ?? 0) + ROW + 12]
  return markup`<figure class="sequence lanes-${parties.length}">
    <p class="hint">Scroll sideways to see all ${parties.length} roles: ${parties.join(', ')}.</p>
    <div class="scroll" tabindex="0" role="region" aria-label="Sequence diagram of ${title}">
      <svg
        viewBox="0 0 ${width} ${height}"
        width="${width}"
        height="${height}"
        role="img"
        aria-labelledby="${id}-title"
      >
        <title id="${id}-title">${title}; the list below says the same</title>
        ${prepared === 0 ? undefined : preparation(width, rows[prepared]?.top ?? height)}
        ${parties.map((_it, at) => lifeline(at, height, lanes))} ${heads(4, lanes)}
        ${rows.map(({ arrow, top, hasHeads }) => [
          hasHeads ? heads(top - TOP + 4, lanes) : undefined,
          isOfScript(arrow.step) ? begun(arrow.step, width, top) : undefined,
          drawn(arrow, lanes, top + 0.75 * ROW),
        ])}
      </svg>
    </div>
    ${prepared === 0 ? list(arrows, 1) : [markup`<p class="note">Preparation, before the first step:</p>`, list(arrows.slice(0, prepared), 1), markup`<p class="note">The scenario:</p>`, list(arrows.slice(prepared), prepared + 1)]}
  </figure>`
}

function rowsOf(arrows: readonly Arrow[]): readonly Row[] {
  return arrows.map((arrow, at) => {
    const repeats = Math.floor(at / HEADS_AFTER)
    const hasHeads = at > 0 && at % HEADS_AFTER === 0
    return { arrow, hasHeads, top: TOP + at * ROW + repeats * TOP }
  })
}

/** How many arrows come before the first step of the script; none where there is no script. */
function preparing(arrows: readonly Arrow[]): number {
  return Math.max(
    0,
    arrows.findIndex((it) => isOfScript(it.step)),
  )
}

function preparation(width: number, bottom: number): Markup {
  return markup`<g class="preparation">
    <rect x="0" y="${TOP}" width="${width}" height="${bottom - TOP}" />
    <text x="2" y="${TOP + 12}" class="start">preparation</text>
  </g>`
}

function list(arrows: readonly Arrow[], start: number): Markup {
  return markup`<ol start="${start}">
    ${arrows.map(item)}
  </ol>`
}

/** Roles always in one order, so that two diagrams can be laid side by side; before them whoever has none. */
function inOrder(parties: readonly string[]): readonly string[] {
  const place = (it: string) => (ROLES as readonly string[]).indexOf(it)
  return [...new Set(parties)].sort((a, b) => place(a) - place(b))
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

function middle(at: number, { column }: Lanes): number {
  return (at + 0.5) * column
}

function lifeline(at: number, height: number, lanes: Lanes): Markup {
  const x = middle(at, lanes)
  return markup`<g class="party"><line x1="${x}" y1="28" x2="${x}" y2="${height}" /></g>`
}

function heads(y: number, lanes: Lanes): readonly Markup[] {
  return lanes.parties.map((it, at) => {
    const x = middle(at, lanes)
    return markup`<g class="party">
      <rect x="${x - 48}" y="${y}" width="96" height="24" rx="3" />
      <text x="${x}" y="${y + 17}">${it}</text>
    </g>`
  })
}

/** `S-5-1/3`, `S-5-1/3-no`: one that the script has, among all that prepares it and follows from it. */
function isOfScript(step: string): boolean {
  return /\/\d+(-(?!reply)\w+)?(~\d+)?$/.test(step)
}

/** What the source has a number for. */
function begun(step: string, width: number, y: number): Markup {
  return markup`<g class="begun">
    <line x1="0" y1="${y}" x2="${width}" y2="${y}" />
    <text x="2" y="${y + 12}" class="start">${step}</text>
  </g>`
}

function drawn(it: Arrow, lanes: Lanes, y: number): Markup {
  const { from, to, passed, weight } = it
  const [start, end] = [from, to].map((one) => middle(lanes.parties.indexOf(one), lanes)) as [
    number,
    number,
  ]
  const way = end > start ? 1 : -1
  const isLost = passed === undefined
  const tip = isLost ? (start + end) / 2 : end
  const head = isLost
    ? markup`<path d="M${tip - 5} ${y - 5}l10 10m0 -10l-10 10" />`
    : markup`<path class="head" d="M${tip} ${y}l${-8 * way} -4v8z" />`
  const kind = ['arrow', weight ?? '', isLost ? 'lost' : ''].filter((one) => one !== '').join(' ')
  // To oneself there is no way: a small loop is drawn.
  const line =
    start === end
      ? markup`<path class="loop" d="M${start} ${y - 10}h24v10h-24" />`
      : markup`<line x1="${start}" y1="${y}" x2="${tip}" y2="${y}" />`
  return markup`<g class="${kind}">
    ${line}${head}${labels(it, start, end, y - 8, lanes)}
  </g>`
}

function labels(
  { words, label = words, passed }: Arrow,
  start: number,
  end: number,
  y: number,
  { column }: Lanes,
): readonly Markup[] {
  const isLong = Math.abs(end - start) >= LONG_WAY * column && passed !== undefined
  const text = shortened(label, Math.floor((isLong ? WIDEST : column) / LETTER))
  const at = (x: number, anchored: 'start' | 'end') =>
    markup`<text x="${x}" y="${y}" class="${anchored}">${text}</text>`
  // Beside the loop, on the side where there is always room.
  if (start === end) return [start < column ? at(start + 30, 'start') : at(start - 6, 'end')]
  if (!isLong) return [markup`<text x="${(start + end) / 2}" y="${y}">${text}</text>`]
  const [left, right] = [Math.min(start, end), Math.max(start, end)]
  return [at(left + 8, 'start'), at(right - 8, 'end')]
}

function shortened(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`
}
