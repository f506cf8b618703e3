// Every figure that is played, in the order of the report.

import type { Scenario } from '../scenario.ts'
import { AGREEMENT_SCENARIO } from './agreement.ts'
import { GROUP_DISSOLVE_SCENARIO } from './group-dissolve.ts'
import { GROUP_FORMATION_SCENARIO } from './group-formation.ts'
import { SERVICE_REQUEST_SCENARIO } from './service-request.ts'
import { WORK_REQUEST_SCENARIO } from './work-request.ts'

export const SCENARIOS: readonly Scenario[] = [
  SERVICE_REQUEST_SCENARIO,
  WORK_REQUEST_SCENARIO,
  AGREEMENT_SCENARIO,
  GROUP_FORMATION_SCENARIO,
  GROUP_DISSOLVE_SCENARIO,
]
