// Times in which a customer's devices are not to be called: planned ahead, over by the clock, and half open, so that a stage
// that starts at the end is not touched.

import { UNAVAILABILITY } from '../lifecycles/unavailability.ts'
import type { JsonObject } from '../schema/json-text.ts'
import { STATUS, asking, statusOf } from './document-status.ts'
import { defineFlow } from './flow.ts'
import { boundsOf } from './interval.ts'
import { member } from '../schema/json-text.ts'
import { backwardBreaches } from './interval.ts'
import { REPORT_VERBS } from './record.ts'
import { only } from './role.ts'

export default defineFlow({
  id: 'device-unavailability',
  noun: 'DeviceUnavailabilities',
  objectType: 'DeviceUnavailability',
  verbs: [...REPORT_VERBS, 'get', 'cancel', 'canceled', 'close', 'closed'],
  pattern: 'RR',
  about: 'say when devices are not to be called',
  source: 'UN-01, G-AC30',
  lifecycle: UNAVAILABILITY,
  by: only('cpm', 'dso-cs', 'customer'),
  trigger,
  status: STATUS,
  invariants: (after, _around, before) =>
    backwardBreaches('UNAV-PERIOD', ['period'], after, before?.object),
  asks: { cancel: asking('cancelled'), close: asking('ended') },
  endsAt: ({ state, object }) =>
    state === 'planned' || state === 'active' ? boundsOf(member(object, 'period'))[1] : undefined,
})

function trigger(before: JsonObject | undefined, after: JsonObject | undefined): string {
  if (after === undefined) return 'delete'
  const [was, is] = [statusOf(before), statusOf(after)]
  if (before === undefined) return TRIGGERS[is ?? 'planned'] ?? 'create'
  return was === is || is === undefined ? 'change' : (TRIGGERS[is] ?? 'change')
}

const TRIGGERS: Readonly<Record<string, string>> = {
  planned: 'create',
  active: 'begin',
  ended: 'close',
  cancelled: 'cancel',
}
