// What is shown where there is no such page: the nearest name, and the way back.

import type { SchemaSet } from '../../schema/schemas.ts'
import { markup } from './html.ts'
import { nounLink } from './noun-page.ts'
import type { Page } from './page.ts'

/** @param name as it was asked for */
export function missingPage(name: string, { catalogue }: SchemaSet): Page {
  const near = catalogue.suggestNoun(name)
  const body = markup`<h1>Not found</h1>
    <p class="lead">There is no noun ${name}.${near === undefined ? '' : markup` Did you mean ${nounLink(near)}?`}</p>
    <p><a href="/docs">All nouns</a></p>`
  return { title: 'Not found', at: '/docs', body }
}
