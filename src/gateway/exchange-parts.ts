// Everything that the exchange is made of.

import type { Flow } from '../flows/flow.ts'
import type { MixedBatch } from './answer.ts'
import type { Patience } from './patience.ts'
import type { Store } from './ports.ts'
import type { Courier } from './relay/courier.ts'
import type { ResponderParts } from './responder.ts'

/** Everything that the exchange is made of. */
export interface ExchangeParts extends ResponderParts {
  readonly store: Store
  /** the flow of a noun and verb; undefined when the noun's flows have no such verb */
  readonly flow: (noun: string, verb: string) => Flow | undefined
  readonly mixedBatch: MixedBatch
  /** holds what comes before its time; absent = it is refused at once */
  readonly patience?: Patience
  /** the way to other parties; absent = everything is local */
  readonly courier?: Courier
}
