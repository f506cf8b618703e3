// A message in the page: its lines with their numbers, and what is meant in it marked. Long ones only around the marks.

import { anchor, markup } from './markup.ts'
import type { Markup } from './markup.ts'
import { shown } from './octets.ts'
import { markedOn } from './place.ts'
import type { Place } from './place.ts'
import type { PassedAs } from '../results-shape.ts'

/** lines before and behind a mark */
const AROUND = 4
/** messages of so many lines are shown whole */
const SHORT = 16

/** of a message that one looks through, rather than at a place of it */
const MOST_OCTETS = 16 * 1024

/** The whole message, up to the length that one reads. */
export function wholeMessage(passed: PassedAs, bytes: Uint8Array): Markup {
  const { lines, note } = shown(bytes, MOST_OCTETS)
  return markup`<section class="message" id="${messageAnchor(passed)}">
    <h4>${headline(passed)}</h4>
    ${noted(note)}${listed(lines.map((text) => markup`<i>${text}\n</i>`))}
  </section>`
}

/** As much of it as one needs to see a place. */
export function excerpt(passed: PassedAs, bytes: Uint8Array, place: Place | undefined): Markup {
  const { lines, note } = shown(bytes)
  const [from, to] = windowOf(lines.length, place)
  const cut = (count: number) =>
    count > 0 ? markup`<span class="cut">… ${count} lines</span>` : undefined
  const inside = lines
    .slice(from, to)
    .map((text, at) =>
      numbered(text, from + at + 1, place?.line === from + at + 1 ? place.name : undefined),
    )
  return markup`<section class="message">
    <h5><a href="#${messageAnchor(passed)}">${headline(passed)}</a></h5>
    ${noted(note)}${listed([cut(from), ...inside, cut(lines.length - to)])}
  </section>`
}

function windowOf(length: number, place: Place | undefined): readonly [from: number, to: number] {
  if (length <= SHORT) return [0, length]
  const line = place?.line ?? 1
  const from = Math.max(0, Math.min(line - 1 - AROUND, length - 1))
  return [from, Math.min(length, line + AROUND + (place === undefined ? SHORT - 2 * AROUND : 0))]
}

/** Where the whole of it stands. */
export function messageAnchor({ file }: PassedAs): string {
  return anchor(file)
}

function headline({ from, to, direction, status, file, asked }: PassedAs): string {
  const line = asked === undefined ? '' : `, ${asked}`
  const http = status === null ? line : `, HTTP ${status}`
  return `${direction} ${from} → ${to}${http} (${file})`
}

function noted(note: string): Markup | undefined {
  return note === '' ? undefined : markup`<p class="note">${note}</p>`
}

function listed(lines: readonly (Markup | undefined)[]): Markup {
  return markup`<pre class="octets"><code>${lines}</code></pre>`
}

/**
 * A line whose number does not follow from those above it. A page has tens of thousands of lines: each is an element of one
 * letter, and of a whole message the style sheet counts them.
 * @param name of the element that is marked; undefined: none
 */
function numbered(text: string, line: number, name: string | undefined): Markup {
  if (name === undefined) return markup`<i data-n="${line}">${text}\n</i>`
  const [from, to] = markedOn(text, name)
  return markup`<i class="hit" data-n="${line}">${text.slice(0, from)}<mark>${text.slice(from, to)}</mark>${text.slice(to)}\n</i>`
}
