// Cases that nobody has written: messages that break the schema of a noun in one place, whatever the noun, official schemas
// that were imported too. Each has to be refused, and the next message answered as ever.

import { writeJson } from '../src/index.ts'
import type { Cimgate } from '../src/index.ts'
import { ROLES } from './shapes.ts'
import type { Scenario } from './shapes.ts'

/** Which of them. */
export interface NegativeOptions {
  readonly nouns: readonly string[]
  /** so many of each noun, chosen by the seed */
  readonly count: number
  readonly seed: string
}

/** What they are called together, in a plan and behind `--only`. */
export const NEGATIVE = 'negative'

/**
 * The cases of these nouns: a create that is wrong, then one that is right. The same seed gives the same.
 * @throws a noun that no schema is known for, or that is not created
 */
export async function negativeCases(
  { invalid, convert, sample, validate }: Cimgate,
  { nouns, count, seed }: NegativeOptions,
): Promise<readonly Scenario[]> {
  const cases: Scenario[] = []
  for (const noun of nouns) {
    const right = sample(noun, { verb: 'create', seed: numberOf(seed) })
    if (right === undefined) throw new Error(`there is no message that creates ${noun}`)
    const { text } = await convert(new TextEncoder().encode(writeJson(right)), 'xml')
    for (const it of invalid(noun, { verb: 'create', count, seed: numberOf(seed) })) {
      if (it.xml === undefined || text === undefined) continue
      // What is only discouraged need not be refused.
      const { findings } = await validate(new TextEncoder().encode(it.xml))
      const wrong = findings.find(({ severity }) => severity === 'error')
      if (wrong !== undefined)
        cases.push(caseOf(noun, it.name, wrong, { wrong: it.xml, right: text }))
    }
  }
  return cases
}

function caseOf(
  noun: string,
  name: string,
  { rule, message }: { readonly rule: string; readonly message: string },
  { wrong, right }: { readonly wrong: string; readonly right: string },
): Scenario {
  const to = { from: 'CIS', to: 'GW', verb: 'create', noun } as const
  const refused = { requirement: rule.startsWith('LIM') ? 'XML-03' : 'PAY-07', refused: true }
  const alive = { requirement: 'ALV-01', path: 'Reply/Result', count: 1 }
  return {
    id: `${NEGATIVE}/${noun}/${name}`,
    pack: NEGATIVE,
    title: `is refused: ${message}`,
    target: [...ROLES],
    profiles: ['C-ENV'],
    source: `the schema of ${noun}, ${rule}`,
    needs: [`create ${noun}`],
    steps: [
      { ...to, id: '1', kind: 'request', message: wrong, expect: [refused] },
      { ...to, id: '2', kind: 'probe', message: right, after: [], expect: [alive] },
    ],
  }
}

/** A whole number of 32 bits from any text. */
function numberOf(seed: string): number {
  return [...seed].reduce((sum, it) => (Math.imul(sum, 31) + it.charCodeAt(0)) >>> 0, 7)
}
