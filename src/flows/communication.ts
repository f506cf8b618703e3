// Whether a tariff asks for communication with the DER that has it: to monitor it, or to control it (SR-09).

import { isTrue, member } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import type { Reference } from './flow.ts'

/** What nobody knows asks for nothing. */
export function needsCommunication(tariff: Json | undefined): boolean {
  const rules = member(tariff, 'eligibility')
  return ['monitoringRequired', 'controlRequired'].some((it) => isTrue(member(rules, it)))
}

/** The tariff that a request has chosen. */
export function tariffOf(request: JsonObject): Reference {
  return { noun: 'Tariffs', object: member(request, 'PricingStructure') }
}
