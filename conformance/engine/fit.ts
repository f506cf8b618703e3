// With schemas of the user's own in force (--xsd) a case may hold what they do not take: then it does not apply, and says why.
// All others are played as ever, and have to end as they did.

import { lintMessages } from '../lint-messages.ts'
import type { Register } from '../register.ts'
import type { Judged } from './judge.ts'
import type { Plan, Planned } from './plan.ts'

/** What messages are judged with. */
export interface Fitting {
  readonly payload: Register['payload']
  /** L1 to L5 of a message, by the schemas in force */
  readonly judge: (bytes: Uint8Array) => Promise<Judged>
  readonly seed: string
}

/** The plan as far as the schemas in force take its messages. */
export async function fitted(plan: Plan, { payload, judge, seed }: Fitting): Promise<Plan> {
  const cases: Planned[] = []
  for (const planned of plan.cases) {
    const { scenario, notApplicable } = planned
    const problems =
      notApplicable === undefined
        ? await lintMessages({ scenarios: [scenario], payload }, judge, seed, isWritten)
        : []
    const [first] = problems
    const why = `by the schemas of --xsd ${first ?? ''}`
    cases.push(first === undefined ? planned : { ...planned, notApplicable: why })
  }
  return { ...plan, cases }
}

/** Made from a payload; a message that is there whole is made from the schema itself, or wrong on purpose. */
function isWritten({ message }: { readonly message?: string | undefined }): boolean {
  return message === undefined
}
