// What is shown of a noun whose schema cannot be used: why, and which file is to be mended.

import { ERRORS } from '../../envelope/errors.ts'
import type { SchemaSet } from '../../schema/schemas.ts'
import { facts, markup } from './html.ts'
import type { Page } from './page.ts'

/** @param reason without a stop */
export function unusablePage(noun: string, reason: string, { catalogue }: SchemaSet): Page {
  const rows = catalogue.nouns.filter((it) => it.noun === noun)
  const { text, remedy } = ERRORS['unusable-schema']
  const body = markup`<h1>${noun} <span class="tag">unusable schema</span></h1>
    <p class="lead">${text}</p>
    <p>${reason}.</p>
    <p>${remedy} Until then messages about ${noun} are neither judged nor kept.</p>
    ${rows.map((it) =>
      facts([
        ['Schema file', markup`<code>${it.path}</code>`],
        ['Namespace', markup`<code>${it.payloadNs}</code>`],
        ['Edition', it.key],
      ]),
    )}<p><a href="/docs">All nouns</a></p>`
  return { title: noun, about: text, at: '/docs', body }
}
