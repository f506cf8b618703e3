// What is shown where there is no such page: the nearest name, and the way back.

import type { SchemaSet } from '../../schema/schemas.ts'
import { markup } from './html.ts'
import { nounLink } from './noun-page.ts'
import type { Page } from './page.ts'

/** @param name of it, as it was asked for */
export function missingPage(
  what: 'noun' | 'flow' | 'page',
  name: string,
  { catalogue }: SchemaSet,
): Page {
  const near = what === 'noun' ? catalogue.suggestNoun(name) : undefined
  const body = markup`<h1>Not found</h1>
    <p class="lead">There is no ${what} ${name}.${near === undefined ? '' : markup` Did you mean ${nounLink(near)}?`}</p>
    <p><a href="/docs">All nouns</a> · <a href="/docs/guide/flows">All flows</a></p>`
  return { title: 'Not found', at: '/docs', body }
}
