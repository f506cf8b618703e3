// Business rules as the documentation lists them: what each asks, with which code it refuses, how a refusal is mended.

import type { BusinessRule } from '../../flows/rules/business-rule.ts'
import { BUSINESS_RULES } from '../../flows/rules/index.ts'
import { markup, table } from './html.ts'
import type { Html, Part } from './html.ts'

/** The columns that every table of rules has. */
export const RULE_HEAD = ['rule', 'code', 'what it asks', 'how to mend it', 'source'] as const

type Row = readonly [id: string, rule: BusinessRule]

/** One row for each rule. @param more what stands in a column behind */
export function ruleRows(
  all: readonly Row[],
  more?: (id: string) => Part,
): readonly (readonly Part[])[] {
  return all.map(([id, { codes, asks, mend, source }]) => [
    markup`<code class="whole">${id}</code>`,
    codes.join(', '),
    asks,
    mend,
    source,
    ...(more === undefined ? [] : [more(id)]),
  ])
}

/** Every rule there is. */
export function ruleTable(): Html {
  return table(RULE_HEAD, ruleRows(Object.entries<BusinessRule>(BUSINESS_RULES)))
}

/** Where all of them are listed. */
export function ruleLink(text: string): Html {
  return markup`<a href="/docs/guide/errors#rules">${text}</a>`
}
