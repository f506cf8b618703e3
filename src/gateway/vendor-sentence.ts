// What is said of a refusal in one line of a vendor's acknowledgement: which rule, why, and how it is mended in its own words.

import type { VendorRoute } from '../dialects/dialect.ts'
import type { ReplyError } from '../envelope/reply.ts'
import { businessRule } from '../flows/rules/index.ts'

/** What is said of a rule in general, in the words of the vendor; what is said of the case stays as it is. */
export function mendedHere(
  error: ReplyError,
  { mends = {} }: Pick<VendorRoute, 'mends'>,
): ReplyError {
  const { code, rule, details } = error
  const own = mends[rule ?? code]
  const isUsual = rule === undefined || details === businessRule(rule)?.mend
  return own === undefined || !isUsual ? error : { ...error, details: own }
}

/** In one line; empty for none. */
export function sentence(error: ReplyError | undefined): string {
  if (error === undefined) return ''
  const { rule, reason = '', details } = error
  const by = rule === undefined ? '' : `rule=${rule}:`
  return worded(by, reason, details ?? '')
}

/** What there is of several texts. */
export function worded(...texts: readonly string[]): string {
  return texts.filter((it) => it !== '').join(' ')
}
