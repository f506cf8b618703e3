// What is shown where a page is asked for by parameters that it does not have.

import type { FacadeAnswer } from '../facade/request.ts'
import type { NoQuery } from '../parameters.ts'
import { markup } from './html.ts'
import { pageText, POLICY } from './page.ts'

/** The page, for people; it says what a problem document would. */
export function refusedPage({ reason, mend }: NoQuery): FacadeAnswer {
  const body = markup`<h1>Not understood</h1>
    <p class="lead">${reason} ${mend}</p>
    <p><a href="/docs">All nouns</a> · <a href="/docs/guide/http">HTTP interface</a></p>`
  const headers = { 'Content-Security-Policy': POLICY, 'Referrer-Policy': 'no-referrer' }
  const contentType = 'text/html; charset=utf-8'
  const text = pageText({ title: 'Not understood', at: '/docs', body })
  return { rendered: { status: 400, contentType, text }, headers }
}
