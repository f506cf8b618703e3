// What has to hold of a programme event, whoever tells of it: each stage is known by an id of its own, and lasts.

import type { JsonObject } from '../schema/json-text.ts'
import type { Around, Breach, Placed } from './flow.ts'
import { backwardBreaches } from './interval.ts'
import { keysOf } from './reference.ts'
import { stagesOf } from './stages.ts'

/** STG-ID, STG-INTERVAL. */
export function eventBreaches(
  event: JsonObject,
  _around: Around,
  before: Placed | undefined,
): readonly Breach[] {
  return [
    ...nameless(event),
    ...backwardBreaches('STG-INTERVAL', ['stages.interval'], event, before?.object),
  ]
}

/** Where the other side has an event for each stage, a stage without an id could not be told apart there. */
function nameless(event: JsonObject): readonly Breach[] {
  const stages = stagesOf(event)
  const keys = stages.map(keysOf)
  const isTwice = keys.some((own, at) =>
    keys.slice(at + 1).some((it) => own.some((one) => it.includes(one))),
  )
  return [
    ...keys.flatMap((it, at): readonly Breach[] =>
      it.length > 0
        ? []
        : [{ rule: 'STG-ID', code: '5.8', reason: `Stage ${at + 1} has neither mRID nor Names.` }],
    ),
    ...(isTwice
      ? [{ rule: 'STG-ID', code: '5.8', reason: 'Two stages have the same mRID or name.' } as const]
      : []),
  ]
}
