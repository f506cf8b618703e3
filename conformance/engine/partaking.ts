// Which roles really take part in a branch that was played: a product that is left alone, or whose answer has to say nothing
// that silence would not, has shown nothing. Pure.

import { textAt } from '../find.ts'
import type { CaseResult } from '../results-shape.ts'
import type { Expectation, Role } from '../shapes.ts'
import type { Acted } from './acting.ts'
import { viewOf } from './scene.ts'
import type { Match } from './scene.ts'

/** Roles that have sent a step of the script, or had to answer with more than an OK. What only prepares it does not count. */
export function partakersIn({ played, passages, said, fill }: Acted): ReadonlySet<Role> {
  const { script, branch } = played
  const view = viewOf({ script, branch, passages, fill, isHidden: () => false })
  return new Set([
    ...view.matches.filter((it) => !isMereOk(it)).map((it) => it.sender),
    ...said.filter(({ say }) => say.expect?.some(asksForMore) === true).map(({ say }) => say.to),
  ])
}

/** It shows nothing of what was done. */
function isMereOk({ part, root }: Match): boolean {
  return part === 'reply' && textAt(root, 'Reply/Result') === 'OK'
}

/** True where an empty OK does not meet it. */
function asksForMore({ result, path, count, absent, ...it }: Expectation): boolean {
  if (result !== undefined) return !result.includes('OK')
  if (path === undefined) return it.code !== undefined || it.refused === true || it.fault === true
  return absent === undefined && count !== 0
}

/** A branch in which no product has anything to do is not applicable; what was found in it stays. */
export function shownBy(
  result: CaseResult,
  products: ReadonlySet<string>,
  partakers: ReadonlySet<string>,
): CaseResult {
  const isLeftAlone = [...products].every((it) => !partakers.has(it))
  if (!isLeftAlone || result.verdict !== 'pass') return result
  const names = result.roles.filter((it) => products.has(it)).join(', ')
  return {
    ...result,
    ...{ verdict: 'not-applicable', layers: {} },
    why: `${names} had nothing to do in it: no step came from there, and no answer had to say more than OK`,
  }
}
