// HTML as text in which nothing from outside can become markup: whatever is put into a template is escaped, unless it
// is HTML made here.

const MARKUP = Symbol('markup')

/** Markup that this file has made; nothing else can have its key. */
export interface Html {
  readonly [MARKUP]: string
}

/** What may stand in a template. */
export type Part = string | number | Html | undefined | readonly Part[]

/** A template: its own text is markup, what is put into it is text. */
export function markup(texts: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return { [MARKUP]: texts.reduce((all, text, at) => `${all}${render(parts[at - 1])}${text}`) }
}

function render(part: Part): string {
  if (part === undefined) return ''
  if (typeof part !== 'object') return escaped(String(part))
  return MARKUP in part ? part[MARKUP] : part.map(render).join('')
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Safe as content and as a quoted attribute. Control characters, which no HTML may have, become a sign for them. */
function escaped(text: string): string {
  return text
    .replace(/[&<>"']/g, (it) => ENTITIES[it] ?? it)
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '\ufffd')
}

/** The text of a document. */
export function textOf(it: Html): string {
  return it[MARKUP]
}

/** Text of our tables: what stands in backticks is code. */
export function prose(text: string): Html {
  const parts = text.split(/`([^`]*)`/)
  return markup`${parts.map((it, at) => (at % 2 === 0 ? it : markup`<code>${it}</code>`))}`
}

/** A table with a head; `class` is one of style.ts. */
export function table(
  head: readonly string[],
  rows: readonly (readonly Part[])[],
  kind = 'plain',
): Html {
  const cells = (row: readonly Part[]) =>
    row.map((it, at) => markup`<td data-head="${head[at] ?? ''}">${it}</td>`)
  return markup`<table class="${kind}"><thead><tr>${head.map((it) => markup`<th scope="col">${it}</th>`)}</tr></thead><tbody>${rows.map(
    (it) => markup`<tr>${cells(it)}</tr>\n`,
  )}</tbody></table>`
}

/** Names and what they are. */
export function facts(rows: readonly (readonly [string, Part])[]): Html {
  const known = rows.filter(([, it]) => it !== undefined && it !== '')
  return markup`<dl class="facts">${known.map(
    ([name, it]) => markup`<div><dt>${name}</dt><dd>${it}</dd></div>`,
  )}</dl>`
}

/** Something long, closed at first. */
export function folded(summary: Part, content: Part, isOpen = false): Html {
  return isOpen
    ? markup`<details open><summary>${summary}</summary>${content}</details>`
    : markup`<details><summary>${summary}</summary>${content}</details>`
}

/** Text that is read letter by letter. */
export function code(text: string): Html {
  return markup`<pre><code>${text}</code></pre>`
}

/** The fragment of an address that leads to an element with this id. */
export function anchor(id: string): string {
  return `#${encodeURIComponent(id)}`
}
