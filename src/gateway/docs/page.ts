// The frame of every page: head, navigation, foot. No script, no style of its own, nothing from elsewhere.

import { markup, textOf } from './html.ts'
import type { Html, Part } from './html.ts'

/** One page. */
export interface Page {
  readonly title: string
  /** one sentence, for lists of results */
  readonly about?: string
  /** the entry of the navigation that it belongs to */
  readonly at?: string
  readonly body: Html
  /** beside the body on wide screens: what is on the page, as anchors and names */
  readonly contents?: readonly (readonly [string, string])[]
}

/** The pages that every page leads to. */
const NAVIGATION: readonly (readonly [path: string, name: string])[] = [
  ['/docs', 'Nouns'],
  ['/docs/guide/flows', 'Flows'],
  ['/docs/guide/http', 'HTTP'],
  ['/docs/guide/cim-json', 'CIM-JSON'],
  ['/docs/guide/envelope', 'Envelope'],
  ['/docs/guide/dialects', 'Dialects'],
  ['/docs/guide/errors', 'Errors'],
  ['/openapi.json', 'OpenAPI'],
]

/** Where the style sheet is. */
const STYLE_PATH = '/docs/guide/style.css'

/** Nothing but our own style sheet is loaded, nothing is run, nothing is framed. */
export const POLICY =
  "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** The whole document. */
export function pageText({ title, about = '', at, body, contents = [] }: Page): string {
  const document = markup`<!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="description" content="${about}">
    <title>${title} · cimgate</title>
    <link rel="stylesheet" href="${STYLE_PATH}"></head>
    <body>
    <a class="skip" href="#main">To the content</a>
    <header><nav aria-label="Pages"><a class="home" href="/">cimgate</a>${NAVIGATION.map((it) => entry(it, at))}</nav>
    </header>
    <div class="frame${contents.length > 0 ? ' with-contents' : ''}">${contents.length > 0 ? contentsOf(contents) : undefined}<main id="main">${body}</main>
    </div>
    </body></html>
`
  return textOf(document)
}

function entry([path, name]: readonly [string, string], at: string | undefined): Html {
  return path === at
    ? markup`<a href="${path}" aria-current="page">${name}</a>`
    : markup`<a href="${path}">${name}</a>`
}

function contentsOf(contents: readonly (readonly [string, string])[]): Part {
  const items = contents.map(([id, name]) => markup`<li><a href="#${id}">${name}</a></li>`)
  return markup`<aside><nav aria-label="On this page"><p>On this page</p><ol>${items}</ol></nav></aside>`
}
